"""A hundred thousand random cases on random tables: the masks, the columns of numpy and the naive reader agree."""

from datetime import date
from random import Random

import pytest

from rules.engine.batch import evaluate_frame, frame_of
from rules.engine.evaluate import evaluate
from rules.tables.table import places_in
from rules.values.states import now_of
from tests.rules.oracle import naive, random_facts, random_ruleset

ON = date(2026, 3, 2)
SETS, CASES = 40, 2_500


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(SETS))
def test_masks_columns_and_the_naive_reader_agree(seed):
    """The seed is in the name of the test; each set has its own share of known answers, from few to all."""
    random = Random(seed)
    ruleset = random_ruleset(random, rows=random.choice([4, 8, 16, 80]), tables=random.randint(1, 4))
    share = (seed % 10 + 1) / 10
    cases = [random_facts(random, share) for _ in range(CASES)]
    columns = {
        name: column.values()
        for name, column in evaluate_frame(ruleset, frame_of(ruleset, cases, ON)).items()
        if name in ruleset.outcomes
    }
    for place, facts in enumerate(cases):
        outcomes, rows = naive(ruleset, facts)
        evaluation = evaluate(ruleset, facts, ON)
        assert {hit.table.name: _decided(hit) for hit in evaluation.hits} == rows, facts
        assert {name: now_of(evaluation.states[name]) for name in outcomes} == outcomes, facts
        assert {name: values[place] for name, values in columns.items()} == outcomes, facts


def _decided(hit):
    return [hit.table.rows[place].id for place in places_in(hit.masks.now)]
