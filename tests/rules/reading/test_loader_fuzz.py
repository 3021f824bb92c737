"""Whatever a file holds, loading gives a rule set or a clear refusal: never another exception, never long."""
# ruff: noqa: PT017 - a refusal is one of two good outcomes here

import time
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules import RuleSet, RuleSetErrors
from rules.shelf.load import read_ruleset
from rules.tables.grammar import read_cell, read_result
from rules.values.findings import GrammarError
from tests.rules.files import FEITEN, FILES, GUARDS, write_set
from tests.rules.oracle import FACTS, OUTCOMES

ODD = [
    ";", ";;", "\n", "\r", '"', "'", "[", "]", "{", "}", "&a", "*a", "!!int x", "!x", "|", ">", "%", "\t", "- ",
    ": ", "#", "geen", "of", "of of", "niet ", "bevat", "onbekend", "[min_leeftijd]", "{woongemeente}", "dan:", "-",
    "1e9", "<", "99999999999999", ">= ", "tot", "\u202e", "\ufeff", "\u2028", "é", "😀", "x" * 1_000, "null", "~",
    "2026-13-45",
    "0x1F", "1_0", ".inf",
]  # fmt: skip
PIECES = st.lists(st.sampled_from(ODD), max_size=6).map(" ".join)
WITHIN = 5.0
"""Seconds; a second of work on a machine that has other work too."""


def mutated(random: Random, text: str) -> str:
    for _ in range(random.randint(1, 4)):
        start = random.randrange(len(text) + 1)
        end = min(len(text), start + random.choice([0, 0, 1, 3, 20]))
        text = text[:start] + random.choice(ODD) + text[end:]
    return text


def loaded(root, **files):
    started = time.monotonic()
    try:
        ruleset = read_ruleset(write_set(root, **files))
    except RuleSetErrors as error:
        assert error.findings
        assert all(str(finding).strip() for finding in error.findings)
    else:
        assert isinstance(ruleset, RuleSet)
    assert time.monotonic() - started < WITHIN


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(min_value=0, max_value=2**32))
def test_a_damaged_file_is_refused_or_loads(tmp_path, seed):
    random = Random(seed)
    texts = {("head" if name == "regelset.yaml" else name.removesuffix(".csv")): text for name, text in FILES.items()}
    chosen = random.choice([*texts, "feiten", "national"])
    if chosen == "feiten":
        loaded(tmp_path, feiten=mutated(random, FEITEN))
    elif chosen == "national":
        loaded(tmp_path, national={"waarborgen.csv": mutated(random, GUARDS)})
    else:
        loaded(tmp_path, **{chosen: mutated(random, texts[chosen])})


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(["head", "T1"]), st.text(max_size=400))
def test_any_text_at_all_is_refused_or_loads(tmp_path, name, text):
    loaded(tmp_path, **{name: text})


@settings(max_examples=1_000, deadline=None)
@given(st.sampled_from(sorted(FACTS)), st.text(max_size=60) | PIECES)
def test_any_cell_reads_or_is_refused_with_a_reason(name, text):
    try:
        cell = read_cell(text, FACTS[name], {"min_leeftijd": 18})
    except GrammarError as error:
        assert error.message
    else:
        cell.holds(None)


@settings(max_examples=500, deadline=None)
@given(st.sampled_from(sorted(OUTCOMES)), st.text(max_size=60) | PIECES)
def test_any_result_reads_or_is_refused_with_a_reason(name, text):
    try:
        read_result(text, OUTCOMES[name].fact, FACTS, {"min_leeftijd": 18})
    except GrammarError as error:
        assert error.message


def test_no_python_can_be_said_in_a_cell():
    for text in ("__import__('os')", "eval(1)", "${7*7}", "{{7*7}}", "lambda: 1", "a if b else c"):
        for name, fact in FACTS.items():
            with pytest.raises(GrammarError):
                read_cell(text, fact, {})
            assert name
