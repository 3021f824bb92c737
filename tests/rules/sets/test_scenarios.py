"""The scenarios beside each regional rule set: stories a jurist can read, and no row without one."""

from pathlib import Path

import pytest

from rules.cases.scenario import run_scenarios, scenarios_of, sleeps
from rules.shelf.load import read_ruleset

SETS = Path(__file__).parents[3] / "rules" / "sets"
REGIONAL = sorted(path.parent for path in SETS.glob("*/*/scenarios.csv"))


def named(folder: Path) -> str:
    """The folder as it reads in a test report: `rotterdam-rijnmond/2026-01-01`."""
    return f"{folder.parent.name}/{folder.name}"


def test_every_regional_set_has_scenarios() -> None:
    folders = {path.parent for path in SETS.glob("*/*/regelset.yaml")}
    assert {named(folder) for folder in folders if folder.parent.name != "landelijk"} == {
        named(folder) for folder in REGIONAL
    }


@pytest.mark.parametrize("folder", REGIONAL, ids=named)
def test_every_scenario_comes_out_as_its_story_says(folder: Path) -> None:
    report = run_scenarios(read_ruleset(folder), scenarios_of(folder))
    assert [str(failure) for failure in report.failures] == []


@pytest.mark.parametrize("folder", REGIONAL, ids=named)
def test_every_row_decides_in_some_scenario(folder: Path) -> None:
    report = run_scenarios(read_ruleset(folder), scenarios_of(folder))
    assert report.uncovered == ()


def test_every_row_is_awake_in_some_region_save_those_that_wait_for_a_choice() -> None:
    awake: set[str] = set()
    asleep: set[str] = set()
    for ruleset in map(read_ruleset, REGIONAL):
        for table in ruleset.tables:
            for row in table.rows:
                (asleep if sleeps(ruleset, table, row) else awake).add(row.id)
    assert asleep - awake == {"T3.41b", "T3.44", "T3.97", "T4.22"}


@pytest.mark.parametrize("folder", REGIONAL, ids=named)
def test_every_scenario_tells_a_story_and_expects_something(folder: Path) -> None:
    scenarios = scenarios_of(folder)
    assert len(scenarios) >= 20
    assert [scenario.name for scenario in scenarios if not scenario.story or not scenario.expected] == []


@pytest.mark.parametrize("folder", REGIONAL, ids=named)
def test_what_a_client_reads_is_whole_short_and_without_codes(folder: Path) -> None:
    unreadable = ("_", "GM0", "T1.", "U1", "SE.", "art.", "kring", "voorliggend", "ETHOS", "indicatie", "cliënt ")
    rows = [row for table in read_ruleset(folder).tables for row in table.rows]
    assert [row.id for row in rows if not row.because.endswith(".") or not row.because[0].isupper()] == []
    assert [row.id for row in rows if len(row.because) > 220] == []
    assert [row.id for row in rows for word in unreadable if word in row.because] == []


@pytest.mark.parametrize("folder", REGIONAL, ids=named)
def test_every_sentence_for_the_client_has_words_people_use(folder: Path) -> None:
    rows = [row for table in read_ruleset(folder).tables for row in table.rows]
    sentences = [(row.id, part) for row in rows for part in row.because.rstrip(".").split(". ")]
    assert [row for row, sentence in sentences if len(sentence.split()) > 24] == []
