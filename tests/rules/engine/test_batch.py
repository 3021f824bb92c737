import time
from datetime import date
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules import ruleset_for
from rules.cases.past_cases import Case, replay
from rules.check.trials import Trials
from rules.engine.batch import Frame, evaluate_frame, frame_of, transitions
from rules.engine.evaluate import evaluate
from rules.shelf.load import read_ruleset
from rules.values.states import now_of
from tests.rules.files import HEAD, write_set
from tests.rules.oracle import naive, random_facts, random_ruleset

ON = date(2026, 3, 2)


@settings(max_examples=60, deadline=None)
@given(st.integers(min_value=0, max_value=2**32))
def test_columns_and_the_naive_interpreter_give_the_same(seed):
    random = Random(seed)
    ruleset = random_ruleset(random, rows=random.choice([8, 90]))
    cases = [random_facts(random, random.random()) for _ in range(40)]
    columns = evaluate_frame(ruleset, frame_of(ruleset, cases, ON))
    outcomes = [naive(ruleset, facts)[0] for facts in cases]
    for name in ruleset.outcomes:
        assert columns[name].values() == [given[name] for given in outcomes], name


def some_cases(ruleset, random, count):
    """Random cases at the values where the rules of a set turn over."""
    values = Trials(ruleset, ON).values
    return [
        {name: random.choice(choices) for name, choices in values.items() if random.random() < 0.5}
        for _ in range(count)
    ]


def test_the_rules_in_force_give_the_same_by_column_as_one_by_one():
    ruleset = ruleset_for("rotterdam-rijnmond", ON)
    cases = some_cases(ruleset, Random(7), 150)
    columns = evaluate_frame(ruleset, frame_of(ruleset, cases, ON))
    for place, facts in enumerate(cases):
        states = evaluate(ruleset, facts, ON).states
        for name in [*ruleset.outcomes, *(item.fact.name for item in ruleset.derived)]:
            column = columns[name]
            assert now_of(column.states[column.codes[place]]) == now_of(states.get(name)), (name, facts)


def test_transitions_by_column_equal_a_replay(tmp_path):
    old = read_ruleset(write_set(tmp_path / "oud"))
    new = read_ruleset(write_set(tmp_path / "nieuw", head=HEAD.replace("waarde: 18", "waarde: 21")))
    cases = some_cases(old, Random(3), 400)
    counted = replay(old, new, [Case(facts, ON) for facts in cases], unchanged=True)
    for name, table in transitions(old, new, frame_of(old, cases, ON)).items():
        said = {tuple(_said(value) for value in pair): count for pair, count in table.items()}
        assert said == counted.table(name), name


def _said(value):
    return ", ".join(value) or "niets" if isinstance(value, tuple) else "niets" if value is None else str(value)


@pytest.mark.slow
def test_a_hundred_thousand_cases_are_compared_within_seconds(tmp_path):
    old = read_ruleset(write_set(tmp_path / "oud"))
    new = read_ruleset(write_set(tmp_path / "nieuw", head=HEAD.replace("waarde: 18", "waarde: 21")))
    small = frame_of(old, some_cases(old, Random(3), 2_000), ON)
    columns = {name: type(column)(np.tile(column.codes, 50), column.states) for name, column in small.columns.items()}
    started = time.monotonic()
    tables = transitions(old, new, Frame(100_000, ON, columns, small.answers))
    assert time.monotonic() - started < 10
    assert sum(tables["kring"].values()) == 100_000
