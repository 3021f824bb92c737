"""Another engine, given the same tables, lets the same rules decide: durable_rules on ten thousand complete cases."""

import json

import pytest

from rules import ruleset_for
from tests.bench.export import case_of, tables_of
from tests.bench.invented import DAY, cases
from tests.bench.rules import HERE, REGIO, RIVALS, environment, run_rival

COUNT, AT_ONCE = 10_000, 2_000


@pytest.mark.slow
def test_durable_rules_lets_the_same_rules_decide_on_ten_thousand_cases(tmp_path):
    requirement, script = RIVALS["durable_rules"]
    if environment(requirement) is None:
        pytest.skip(f"NOT PROVED HERE: {requirement} cannot be built (needs a C compiler, Python.h and the package)")
    ruleset = ruleset_for(REGIO, DAY)
    (tmp_path / "tables.json").write_text(json.dumps(tables_of(ruleset)))
    for part in range(COUNT // AT_ONCE):
        facts = cases(ruleset, AT_ONCE, seed=part)
        (tmp_path / "cases.json").write_text(json.dumps([case_of(ruleset, one) for one in facts]))
        found = run_rival(requirement, HERE / script, tmp_path)
        assert not isinstance(found, str), found
        assert (found["cases"], found["different"]) == (AT_ONCE, 0), found["examples"]
