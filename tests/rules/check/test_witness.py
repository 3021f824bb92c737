from datetime import date

import pytest

from rules.check.trials import Trials
from rules.check.witness import Search
from rules.engine.evaluate import evaluate
from rules.shelf.load import read_ruleset
from tests.rules.files import write_set

ON = date(2026, 3, 2)


@pytest.fixture
def proef(tmp_path):
    return read_ruleset(write_set(tmp_path))


def test_an_example_is_found_for_every_row(proef):
    trials = Trials(proef, ON)
    for table in proef.tables:
        for place, row in enumerate(table.rows):
            facts = Search(proef, trials).row(table, place)
            assert facts is not None, row.id
            hit = next(hit for hit in evaluate(proef, facts, ON).hits if hit.table is table)
            assert hit.masks.now >> place & 1, row.id


def test_a_search_stays_within_its_limit(proef):
    search = Search(proef, Trials(proef, ON), left=1)
    assert search.row(proef.table("T5"), 0) is None
    assert search.left == 0
