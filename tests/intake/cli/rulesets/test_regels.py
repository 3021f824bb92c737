"""`toegang regels` on the sets that came with the program, on a changed copy and on broken ones."""

import json
import shutil

import pytest

from intake.cli import main
from rules.editing.head import with_value
from rules.reading.guards import HEAD
from rules.shelf.shelf import SETS

REGIO = "rotterdam-rijnmond"


@pytest.fixture
def changed(tmp_path):
    """A copy of the rules in which somebody of 21 is no longer helped at the desk for the young."""
    root = tmp_path / "sets"
    shutil.copytree(SETS, root)
    folder = shutil.copytree(root / REGIO / "2026-01-01", root / REGIO / "2027-01-01")
    head = (folder / HEAD).read_text(encoding="utf-8")
    for path, value in (
        (("id",), f"{REGIO}/2027-01-01"),
        (("geldig_van",), "2027-01-01"),
        (("parameters", "min_leeftijd_mo", "waarde"), "21"),
        (("parameters", "jongeren_tot_en_met", "waarde"), "20"),
    ):
        head = with_value(head, path, value)
    (folder / HEAD).write_text(head, encoding="utf-8")
    return folder


def test_a_set_is_shown_in_plain_dutch(capsys):
    assert main(["regels", "toon"]) == 0
    out = capsys.readouterr().out
    assert "Geldig van 2026-01-01" in out
    assert "Waarborgen" in out
    assert "omdat" in out


def test_one_table_is_shown_alone(capsys):
    assert main(["regels", "toon", "--tabel", "T8"]) == 0
    out = capsys.readouterr().out
    assert "T8-bestemming" in out
    assert "T0-veiligheid" not in out


def test_every_scenario_of_the_rules_in_force_comes_true(capsys):
    assert main(["regels", "test"]) == 0
    assert ": 0 niet goed; 0 regels zonder scenario." in capsys.readouterr().out


def test_two_sets_are_compared_in_words_and_in_kinds_of_cases(changed, capsys):
    assert main(["regels", "vergelijk", "2026-01-01", str(changed)]) == 1
    out = capsys.readouterr().out
    assert "parameter min_leeftijd_mo: waarde van „23” naar „21”." in out
    assert "bestemming wordt centraal_onthaal in plaats van jongerenloket" in out
    assert "Niet vastgesteld: of er nog andere gevallen zijn die anders uitkomen." in out
    assert "Vastgesteld: deze uitkomsten blijven voor iedereen gelijk: " in out


def test_two_equal_sets_are_said_to_change_nothing_for_anybody(capsys):
    assert main(["regels", "vergelijk", "2026-01-01", "2026-01-01"]) == 0
    assert "Vastgesteld: geen enkel geval komt anders uit." in capsys.readouterr().out


def test_a_file_of_cases_is_played_again_under_other_rules(changed, tmp_path, capsys):
    cases = [{"geboortedatum": born, "slaapplek_vannacht": "geen"} for born in ("2005-01-01", "1980-01-01")]
    path = tmp_path / "gevallen.json"
    path.write_text(json.dumps(cases), encoding="utf-8")
    assert main(["regels", "herbereken", str(changed), str(path)]) == 1
    out = capsys.readouterr().out
    assert "2 intakes, waarvan 1 anders uitkomen." in out
    assert "jongerenloket → centraal_onthaal" in out


def test_a_broken_set_is_refused_with_every_fault(changed, capsys):
    (changed / "T1-kring.csv").write_text("regel;kasteel;dan:kring\n", encoding="utf-8")
    (changed / "T5-urgentie.csv").write_text("", encoding="utf-8")
    assert main(["regels", "toon", str(changed)]) == 2
    err = capsys.readouterr().err
    assert "T1-kring.csv" in err
    assert "T5-urgentie.csv" in err
    assert main(["regels", "test", str(changed)]) == 1


def test_a_copy_of_one_set_alone_is_read_with_the_guard_rails_of_the_program(changed, tmp_path, capsys):
    alone = tmp_path / "los" / changed.parent.name / changed.name
    shutil.copytree(changed, alone)
    assert main(["regels", "toon", str(alone)]) == 0
    nameless = alone.parent / "kopie"
    shutil.copytree(changed, nameless)
    assert main(["regels", "toon", str(nameless)]) == 2
    assert "de map kopie heet niet naar de eerste dag van de regels" in capsys.readouterr().err


def test_a_set_without_its_scenarios_does_not_pass(changed, capsys):
    (changed / "scenarios.csv").unlink()
    assert main(["regels", "test", str(changed)]) == 1
    assert "beslist in geen enkel scenario" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["toon", "bestaat-niet"], "geen map"),
        (["toon", "2001-01-01"], "2001-01-01"),
        (["toon", "--regio", "atlantis"], "atlantis"),
        (["toon", "--op", "2040-01-01"], "2027-12-31"),
        (["herbereken"], "noem een regelset"),
    ],
)
def test_what_is_not_there_is_said_in_dutch(arguments, message, capsys):
    assert main(["regels", *arguments]) == 2
    assert message in capsys.readouterr().err


@pytest.mark.slow
def test_the_rules_in_force_pass_their_own_check(capsys):
    assert main(["regels", "controleer", "--alles"]) == 0
    assert "0 gebroken waarborgen" in capsys.readouterr().out


def test_a_file_in_another_encoding_is_named_with_its_line(changed, capsys):
    path = changed / "T1-kring.csv"
    path.write_bytes(path.read_text(encoding="utf-8").replace("18 jaar", "18 jaár", 1).encode("latin-1", "replace"))
    assert main(["regels", "controleer", str(changed)]) == 2
    err = capsys.readouterr().err
    assert "T1-kring.csv, bestandsregel" in err
    assert "UTF-8" in err


def test_a_choice_that_makes_a_rule_impossible_is_told_as_it_stands_in_the_table(changed, capsys):
    head = (changed / HEAD).read_text(encoding="utf-8")
    impossible = with_value(head, ("parameters", "jongeren_tot_en_met", "waarde"), "16")
    (changed / HEAD).write_text(impossible, encoding="utf-8")
    assert main(["regels", "controleer", str(changed)]) == 1
    out = capsys.readouterr().out
    assert "[jongeren_tot_en_met]" in out
    assert "met de keuzes van de regio ingevuld" in out
    assert "eerst het laagste getal, dan het hoogste" in out


def test_a_term_that_changes_is_never_said_to_change_nothing(tmp_path, capsys):
    root = tmp_path / "sets"
    shutil.copytree(SETS, root)
    folder = root / REGIO / "2026-01-01"
    head = (folder / HEAD).read_text(encoding="utf-8")
    changed = with_value(head, ("parameters", "contact_werkdagen_u4", "waarde"), "9")
    (folder / HEAD).write_text(changed, encoding="utf-8")
    assert main(["regels", "vergelijk", "2026-01-01", str(folder)]) == 1
    assert "Wel verandert een termijn: contact_werkdagen_u4." in capsys.readouterr().out
