"""Another engine, given the same tables, lets the same rules decide: durable_rules on ten thousand complete cases."""

import json
import tempfile

import pytest

from rules import ruleset_for
from tests.bench import rules as bench
from tests.bench.export import case_of, tables_of
from tests.bench.invented import DAY, cases
from tests.bench.rules import HERE, REGIO, RIVALS, environment, run_rival

COUNT, AT_ONCE = 10_000, 2_000


@pytest.mark.slow
def test_durable_rules_lets_the_same_rules_decide_on_ten_thousand_cases(tmp_path):
    requirement, script = RIVALS["durable_rules"]
    built = environment(requirement)
    if isinstance(built, str):
        pytest.skip(f"NOT PROVED HERE: {requirement} cannot be built: {built}")
    ruleset = ruleset_for(REGIO, DAY)
    (tmp_path / "tables.json").write_text(json.dumps(tables_of(ruleset)))
    for part in range(COUNT // AT_ONCE):
        facts = cases(ruleset, AT_ONCE, seed=part)
        (tmp_path / "cases.json").write_text(json.dumps([case_of(ruleset, one) for one in facts]))
        found = run_rival(requirement, HERE / script, tmp_path)
        assert not isinstance(found, str), found
        assert (found["cases"], found["different"]) == (AT_ONCE, 0), found["examples"]


def an_interpreter(monkeypatch, tmp_path, script):
    """An environment whose Python is this script."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    python = tmp_path / "toegang-bench" / "motor--1" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f"#!/bin/sh\n{script}\n")
    python.chmod(0o755)
    return python


def test_an_engine_that_takes_too_long_to_build_is_left_out_with_the_reason(monkeypatch, tmp_path):
    an_interpreter(monkeypatch, tmp_path, "exec sleep 30")
    monkeypatch.setattr(bench, "BUILDING", 0.2)
    assert environment("motor==1") == "building it took more than 0.2 seconds"


def test_an_engine_that_cannot_be_built_is_left_out_with_the_last_word_of_the_builder(monkeypatch, tmp_path):
    an_interpreter(monkeypatch, tmp_path, "echo first >&2; echo 'error: no compiler' >&2; exit 1")
    assert environment("motor==1") == "error: no compiler"


def test_an_engine_that_is_built_is_used(monkeypatch, tmp_path):
    python = an_interpreter(monkeypatch, tmp_path, "exit 0")
    assert environment("motor==1") == python
