from datetime import date

import pytest

from rules import advise
from rules.check import Kind, Use, check_ruleset
from rules.check.checking import check_table
from rules.engine.evaluate import evaluate
from rules.engine.guard import WaarborgBroken
from rules.shelf.load import read_ruleset
from rules.tables.table import places_in
from tests.rules.files import HEAD, T1, T3, T5, T6, write_set

ON = date(2026, 1, 1)


def found(root, kind, **files):
    ruleset = read_ruleset(write_set(root, **files))
    return ruleset, [finding for finding in check_ruleset(ruleset) if finding.kind is kind]


def test_a_good_set_has_no_serious_finding(tmp_path):
    ruleset = read_ruleset(write_set(tmp_path, national={}))
    assert [str(finding) for finding in check_ruleset(ruleset) if finding.serious] == []


def test_a_gap_comes_with_a_case_that_gets_no_answer(tmp_path):
    gap = "\n".join(line for line in T6.splitlines() if not line.startswith("T6.3")) + "\n"
    ruleset, findings = found(tmp_path, Kind.GAT, T6=gap)
    assert {finding.table for finding in findings} == {"T6"}
    assert findings[0].serious
    with pytest.raises(WaarborgBroken, match="volledig"):
        advise(ruleset, findings[0].example, ON)


def test_an_overlap_comes_with_a_case_in_which_both_rows_hold(tmp_path):
    overlap = T6.replace("T6.3;nee;-", "T6.3;nee of ja;-")
    ruleset, findings = found(tmp_path, Kind.OVERLAP, T6=overlap)
    assert {finding.row for finding in findings} == {"T6.1", "T6.2"}
    for finding in findings:
        evaluation = evaluate(ruleset, finding.example, ON)
        values = [evaluation.states.get(fact.name) for fact in ruleset.table("T6").columns]
        holding = [
            row.id
            for row in ruleset.table("T6").rows
            if all(
                cell.holds(value if isinstance(value, str) else None)
                for cell, value in zip(row.cells, values, strict=True)
            )
        ]
        assert finding.row in holding
        assert len(holding) > 1


def test_a_row_that_another_always_goes_before_is_dead(tmp_path):
    dead = T3.replace("T3.4;-;-;-", "T3.3a;-;-;-") + "T3.4;binnen;kan_blijven;-;geen_maatwerk;-;Nooit.;grond;\n"
    ruleset, findings = found(tmp_path, Kind.DODE_REGEL, T3=dead)
    (finding,) = findings
    assert finding.row == "T3.4"
    assert "T3.3a" in finding.message
    hit = next(hit for hit in evaluate(ruleset, finding.example, ON).hits if hit.table.name == "T3")
    assert [hit.table.rows[place].id for place in places_in(hit.masks.now)] == ["T3.3a"]


def test_rows_shadowed_only_by_several_together_are_dead_too(tmp_path):
    dead = T1.replace("T1.3;-;", "T1.2a;>= 18;binnen;Ja.;grond;\nT1.3;-;")
    _, findings = found(tmp_path, Kind.DODE_REGEL, T1=dead)
    assert [finding.row for finding in findings] == ["T1.3"]


def test_a_row_asleep_by_a_parameter_is_not_called_dead(tmp_path):
    asleep = T5.replace("regel;veiligheid;", "regel;winter;veiligheid;").replace("T5.", "T5.", 1)
    asleep = (
        asleep.replace("T5.1;", "T5.1;-;")
        .replace("T5.2;", "T5.2;ja;")
        .replace("T5.3;", "T5.3;-;")
        .replace("T5.4;", "T5.4;-;")
    )
    _, findings = found(tmp_path, Kind.SLAAPT_DOOR_PARAMETER, T5=asleep)
    assert [finding.row for finding in findings] == ["T5.2"]
    assert "winter" in findings[0].message


def test_outcomes_and_facts_without_use_are_named(tmp_path):
    ruleset, findings = found(tmp_path, Kind.ONBEREIKBARE_UITKOMST)
    assert any("geen_maatwerk" in finding.message for finding in findings)
    asked = set(ruleset.facts) - {"geboortedatum"}
    missing = [
        finding for finding in check_ruleset(ruleset, Use(asked=asked)) if finding.kind is Kind.NIET_GEVRAAGD_FEIT
    ]
    assert [finding.message for finding in missing] == ["het formulier vraagt nooit naar „geboortedatum”."]
    unused = [finding.message for finding in check_ruleset(ruleset) if finding.kind is Kind.ONGEBRUIKT_FEIT]
    assert any("zelfredzaamheid" in message for message in unused)


def test_a_parameter_that_no_cell_and_no_derived_fact_uses_is_named(tmp_path):
    head = HEAD.replace(
        "  winter: {waarde: nee}\n", "  winter: {waarde: nee}\n  zomer: {waarde: 3}\n  telt: {waarde: 21}\n"
    )
    head = head.replace(
        "afgeleid:\n", "afgeleid:\n  tot: {functie: dagen_tot_leeftijd, van: geboortedatum, leeftijd: '[telt]'}\n"
    )
    ruleset, findings = found(tmp_path, Kind.ONGEBRUIKTE_PARAMETER, head=head)
    assert [finding.message.partition(":")[0] for finding in findings] == [
        "geen enkele cel of berekening gebruikt parameter „winter”",
        "geen enkele cel of berekening gebruikt parameter „zomer”",
    ]
    assert not any(finding.serious for finding in findings)
    assert {finding.table for finding in findings} == {"regelset.yaml"}
    left = check_ruleset(ruleset, Use(read_elsewhere=("winter", "zomer")))
    assert not [finding for finding in left if finding.kind is Kind.ONGEBRUIKTE_PARAMETER]


def test_a_parameter_used_as_a_column_or_as_a_destination_is_not_named(tmp_path):
    rows = T1.replace("regel;leeftijd", "regel;winter;leeftijd").replace("T1.1;", "T1.1;-;")
    rows = rows.replace("T1.2;", "T1.2;nee;").replace("T1.3;", "T1.3;-;")
    head = HEAD.replace("gemeente: GM0599}\nnood", "gemeente: centrum}\nnood").replace(
        "  winter:", "  centrum: {waarde: GM0599}\n  winter:"
    )
    assert found(tmp_path, Kind.ONGEBRUIKTE_PARAMETER, head=head, T1=rows)[1] == []


def test_rows_that_no_scenario_fires_are_named(tmp_path):
    ruleset = read_ruleset(write_set(tmp_path))
    every = {row.id for table in ruleset.tables for row in table.rows}
    missing = [item for item in check_ruleset(ruleset, Use(covered=every - {"T5.3"})) if item.kind is Kind.NIET_GEDEKT]
    assert [item.row for item in missing] == ["T5.3"]


def test_past_the_step_limit_nothing_is_claimed(tmp_path):
    ruleset = read_ruleset(write_set(tmp_path))
    kinds = {finding.kind for finding in check_table(ruleset, ruleset.table("T3"), most_steps=2)}
    assert kinds == {Kind.NIET_VASTGESTELD}


def test_a_broken_guard_rail_is_a_serious_finding(tmp_path):
    cold = T3.replace("nachtopvang;tijdelijke_opvang_vandaag", "nachtopvang;-")
    ruleset = read_ruleset(write_set(tmp_path, national={}, T3=cold))
    (finding,) = [item for item in check_ruleset(ruleset) if item.kind is Kind.WAARBORG]
    assert finding.row == "W2"
    assert finding.serious
    with pytest.raises(WaarborgBroken) as caught:
        advise(ruleset, finding.example, ON)
    assert caught.value.waarborg == "W2"


def test_each_example_has_only_facts_that_the_advice_accepts(tmp_path):
    gap = "\n".join(line for line in T6.splitlines() if not line.startswith("T6.2")) + "\n"
    ruleset, findings = found(tmp_path, Kind.GAT, T6=gap, head=HEAD)
    assert findings
    for finding in findings:
        evaluate(ruleset, finding.example, ON)
