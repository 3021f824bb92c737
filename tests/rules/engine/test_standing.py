from datetime import date
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from rules import ruleset_for
from rules.engine.evaluate import evaluate
from rules.engine.standing import as_it_stands
from rules.values.states import now_of
from tests.bench.invented import DAY, cases
from tests.rules.oracle import naive, random_facts, random_ruleset

ON = date(2026, 3, 2)


def rows(evaluation):
    return [hit.masks.now for hit in evaluation.hits]


def assert_the_same(whole, standing):
    """That both say the same of now, and that `values` is what stands of `states`."""
    assert rows(standing) == rows(whole)
    assert dict(standing.values) == dict(whole.values)
    assert dict(whole.values) == {
        name: now_of(state) for name, state in whole.states.items() if now_of(state) is not None
    }


@settings(max_examples=300, deadline=None)
@given(st.integers(min_value=0, max_value=2**32), st.floats(min_value=0, max_value=1))
def test_what_stands_is_what_the_naive_interpreter_says(seed, share):
    random = Random(seed)
    ruleset = random_ruleset(random)
    for _ in range(10):
        facts = random_facts(random, share)
        outcomes, _ = naive(ruleset, facts)
        standing = as_it_stands(ruleset, facts, ON)
        assert {name: standing.values.get(name) for name in outcomes} == outcomes
        assert_the_same(evaluate(ruleset, facts, ON), standing)


def test_what_stands_is_what_a_whole_evaluation_says_under_the_rules_in_force():
    for regio in ("rotterdam-rijnmond", "voorbeeldregio"):
        ruleset = ruleset_for(regio, DAY)
        for unknown in (0.0, 0.2, 0.6, 0.95):
            for facts in cases(ruleset, 100, unknown=unknown):
                assert_the_same(evaluate(ruleset, facts, DAY), as_it_stands(ruleset, facts, DAY))
