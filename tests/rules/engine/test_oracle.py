from datetime import date
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from rules.engine.evaluate import evaluate
from rules.tables.table import places_in
from rules.values.states import OpenList, OpenValue, is_open, now_of
from tests.rules.oracle import naive, random_facts, random_ruleset

ON = date(2026, 3, 2)


def decided(hit):
    return [hit.table.rows[place].id for place in places_in(hit.masks.now)]


def within(state, value):
    """Whether a value lies in what was said to be possible."""
    if isinstance(state, OpenValue):
        return state.possible is None or value in state.possible
    if isinstance(state, OpenList):
        first = value[0] if value else None
        return state.surely <= set(value) <= state.perhaps and first in state.firsts
    return (set(state), state[:1]) == (set(value), value[:1]) if isinstance(state, tuple) else state == value


@settings(max_examples=300, deadline=None)
@given(st.integers(min_value=0, max_value=2**32), st.floats(min_value=0, max_value=1))
def test_masks_and_the_naive_interpreter_give_the_same(seed, share):
    random = Random(seed)
    ruleset = random_ruleset(random)
    for _ in range(20):
        facts = random_facts(random, share)
        outcomes, rows = naive(ruleset, facts)
        evaluation = evaluate(ruleset, facts, ON)
        assert {hit.table.name: decided(hit) for hit in evaluation.hits} == rows
        assert {name: now_of(evaluation.states[name]) for name in outcomes} == outcomes


@settings(max_examples=300, deadline=None)
@given(st.integers(min_value=0, max_value=2**32), st.floats(min_value=0, max_value=1))
def test_whatever_the_unknown_turns_out_to_be_lies_in_the_possible_set(seed, share):
    random = Random(seed)
    ruleset = random_ruleset(random)
    for _ in range(4):
        facts = random_facts(random, share)
        evaluation = evaluate(ruleset, facts, ON)
        for _ in range(12):
            filled = random_facts(random, random.choice([1.0, 0.5])) | facts
            outcomes, rows = naive(ruleset, filled)
            for hit in evaluation.hits:
                could = {hit.table.rows[place].id for place in places_in(hit.masks.could)}
                surely = {hit.table.rows[place].id for place in places_in(hit.masks.surely)}
                assert surely <= set(rows[hit.table.name]) <= could
            for name, value in outcomes.items():
                assert within(evaluation.states[name], value), (name, evaluation.states[name], value)


@settings(max_examples=400, deadline=None)
@given(st.integers(min_value=0, max_value=2**32))
def test_only_the_named_open_questions_can_change_an_outcome(seed):
    random = Random(seed)
    ruleset = random_ruleset(random)
    facts = random_facts(random, 0.5)
    before, _ = naive(ruleset, facts)
    evaluation = evaluate(ruleset, facts, ON)
    for outcome in before:
        named = set(evaluation.weights.get(outcome, ()))
        filled = {name: value for name, value in random_facts(random, 1.0).items() if name not in named}
        after, _ = naive(ruleset, filled | facts)
        assert set_of(before[outcome]) == set_of(after[outcome]), (outcome, named, filled)


def set_of(value):
    return (frozenset(value), value[:1]) if isinstance(value, tuple) else value


@settings(max_examples=60, deadline=None)
@given(st.integers(min_value=0, max_value=2**32))
def test_knowing_everything_leaves_nothing_open(seed):
    random = Random(seed)
    ruleset = random_ruleset(random)
    evaluation = evaluate(ruleset, random_facts(random, 1.0), ON)
    assert all(hit.certain for hit in evaluation.hits)
    assert not any(evaluation.weights.values())
    unset = OpenValue(None, frozenset({None}))
    assert not any(is_open(state) and state != unset for name, state in evaluation.states.items() if name != "g")
