"""Scenarios are read strictly and judged as the field says it."""

import json
from datetime import date

import pytest

from rules.cases.scenario import Scenario, read_scenarios, run_scenarios
from rules.shelf.load import load_ruleset
from rules.values.findings import RuleSetErrors
from tests.rules.files import write_set

DAY = date(2026, 11, 23)
HEAD = "scenario;verhaal;op;feiten;verwacht\n"


def line(name="1", day="2026-11-23", facts="{}", expected='{"kring": "binnen"}'):
    cells = [name, "Een verhaal", day, facts, expected]
    return ";".join('"' + cell.replace('"', '""') + '"' for cell in cells) + "\n"


def report_of(tmp_path, facts, expected):
    ruleset = load_ruleset(write_set(tmp_path))
    return run_scenarios(ruleset, [Scenario("1", "", DAY, facts, expected)])


@pytest.mark.parametrize(
    ("expected", "holds"),
    [
        ({"urgentie": "U1"}, True),
        ({"urgentie": ["U0", "U1"]}, True),
        ({"urgentie": "U4"}, False),
        ({"voorzieningen": {"eerste": ["gezinsopvang", "nachtopvang"]}}, True),
        ({"voorzieningen": {"bevat": ["nachtopvang"]}}, True),
        ({"voorzieningen": {"bevat": ["gezinsopvang", "nachtopvang"]}}, False),
        ({"voorzieningen": {"zonder": ["geen_maatwerk"]}}, True),
        ({"voorzieningen": {"zonder": ["nachtopvang"]}}, False),
        ({"overbrugging": {"niet": "geen"}}, True),
        ({"overbrugging": {"niet": ["geen", "tijdelijke_opvang_vandaag"]}}, False),
        ({"bestemming.soort": ["wijkteam", "regionale_toegang"]}, True),
        ({"bestemming.soort": "coa"}, False),
        ({"bestaat_niet": "x"}, False),
    ],
)
def test_an_expectation_holds_only_when_the_advice_meets_it(tmp_path, expected, holds):
    report = report_of(tmp_path, {"slaapplek_vannacht": "geen", "geboortedatum": "1980-01-01"}, expected)
    assert (not report.failures) is holds


def test_a_failure_says_what_came_out_and_what_was_expected(tmp_path):
    report = report_of(tmp_path, {"slaapplek_vannacht": "geen"}, {"urgentie": "U4"})
    assert str(report.failures[0]) == "Scenario 1: urgentie is „U1”, verwacht was „U4”."


def test_a_row_that_no_scenario_reaches_is_named(tmp_path):
    report = report_of(tmp_path, {"acuut_gevaar": "ja"}, {"urgentie": "U0"})
    assert "T0.1" not in report.uncovered
    assert "T3.1" in report.uncovered
    assert not report.good


def test_facts_that_are_not_allowed_are_a_failure_and_no_crash(tmp_path):
    report = report_of(tmp_path, {"slaapplek_vannacht": "kasteel"}, {"urgentie": "U4"})
    assert report.failures[0].key == "feiten"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "kopregel"),
        ("scenario;verhaal\n", "kopregel"),
        (HEAD + line(day="gisteren"), "geen datum"),
        (HEAD + line(facts="[]"), "JSON"),
        (HEAD + line(expected="{"), "JSON"),
        (HEAD + line(expected='{"kring": {"ongeveer": "x"}}'), "geen toets"),
        (HEAD + line(expected="{}"), "verwachting"),
        (HEAD + line() + line(), "twee keer"),
        (HEAD + "1;2\n", "2 cellen"),
        (HEAD + line(facts="[" * 90_000), "JSON"),
    ],
)
def test_a_scenario_that_cannot_be_read_is_refused_with_its_place(text, message):
    with pytest.raises(RuleSetErrors, match=message):
        read_scenarios(text)


def test_every_fault_is_found_at_once():
    with pytest.raises(RuleSetErrors) as caught:
        read_scenarios(HEAD + line(name="1", day="x") + line(name="2", facts="x"))
    assert [finding.line for finding in caught.value.findings] == [2, 3]


def test_a_good_scenario_is_read_whole():
    facts = {"slaapplek_vannacht": "geen", "netwerk": ["GM0599"]}
    (found,) = read_scenarios(HEAD + line(facts=json.dumps(facts)))
    assert found == Scenario("1", "Een verhaal", DAY, facts, {"kring": "binnen"})
