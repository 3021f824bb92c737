from dataclasses import FrozenInstanceError
from datetime import date

import pytest

from rules import Advice, InvalidFacts, advise, load_ruleset
from rules.engine.consider import consider
from rules.shelf.shelf import NoRuleSet, find_ruleset
from tests.rules.files import write_set

ON = date(2026, 3, 2)


@pytest.fixture
def proef(tmp_path):
    return load_ruleset(write_set(tmp_path))


def test_a_person_without_a_bed_gets_one_tonight(proef):
    facts = {"slaapplek_vannacht": "geen", "geboortedatum": "1981-06-15", "woongemeente": "GM0599", "kinderen_mee": 0}
    advice = advise(proef, {**facts, "melding_gemeente": "GM0599"}, ON)
    assert advice.voorzieningen == ("nachtopvang",)
    assert advice.overbrugging == "tijdelijke_opvang_vandaag"
    assert advice.urgentie == "U1"
    assert advice.bestemming.soort == "wijkteam"
    assert advice.bestemming.gemeente == "GM0599"
    assert advice.expertise is False


def test_terms_end_on_working_days_from_the_day_of_the_melding(proef):
    advice = advise(proef, {"slaapplek_vannacht": "kan_blijven"}, ON)
    assert advice.termijnen == {
        "persoonlijk_plan": "2026-03-09",
        "onderzoek": "2026-04-13",
        "eerste_contact": "2026-03-16",
    }


def test_violence_asks_for_expertise_and_names_the_row(proef):
    advice = advise(proef, {"geweld": "vermoeden"}, ON)
    assert advice.expertise is True
    assert advice.expertise_redenen == ("T0.2",)
    assert advice.veiligheid == ("geweldspoor",)
    assert advice.taken == ("veilig_thuis",)


def test_not_knowing_the_age_is_a_provisional_decision(proef):
    advice = advise(proef, {"slaapplek_vannacht": "geen"}, ON)
    step = next(step for step in advice.stappen if step.tabel == "T1")
    assert (step.regel, step.voorlopig, step.zeker, step.feiten["leeftijd"]) == ("T1.2", True, False, "onbekend")
    assert advice.kring == "onduidelijk"


def test_what_decides_about_tonight_is_asked_first(proef):
    advice = advise(proef, {}, ON)
    assert {question.feit for question in advice.open_vragen[:3]} == {"slaapplek_vannacht", "geweld", "acuut_gevaar"}
    assert all(question.kan_veranderen for question in advice.open_vragen)


def test_a_certain_advice_has_no_open_question(proef):
    facts = {
        "slaapplek_vannacht": "geen", "geboortedatum": "1981-06-15", "woongemeente": "GM0599", "kinderen_mee": 0,
        "acuut_gevaar": "nee", "geweld": "nee", "netwerk": ["GM0599"], "melding_gemeente": "GM0599",
    }  # fmt: skip
    advice = advise(proef, facts, ON)
    assert advice.open_vragen == ()
    assert advice.open_uitkomsten == ()
    assert all(step.zeker for step in advice.stappen)


def test_an_advice_survives_the_way_through_json(proef):
    advice = advise(proef, {"geweld": "ja", "netwerk": ["GM0014"]}, ON)
    assert Advice.from_dict(advice.to_dict()).to_dict() == advice.to_dict()
    with pytest.raises(FrozenInstanceError):
        advice.kring = "buiten"  # type: ignore[misc]


def test_absent_null_and_onbekend_are_the_same(proef):
    one = advise(proef, {}, ON)
    assert advise(proef, {"slaapplek_vannacht": None, "netwerk": ["onbekend"]}, ON) == one
    assert advise(proef, {"slaapplek_vannacht": "onbekend", "kinderen_mee": "onbekend"}, ON) == one


def test_a_value_that_is_not_allowed_is_refused_by_name(proef):
    with pytest.raises(InvalidFacts) as caught:
        advise(proef, {"slaapplek_vannacht": "gen", "kinderen_mee": "drie"}, ON)
    assert set(caught.value.errors) == {"slaapplek_vannacht", "kinderen_mee"}
    assert "eigen_woning" in caught.value.errors["slaapplek_vannacht"]


def test_each_step_asks_only_facts_that_its_row_names(proef):
    considered = consider(proef, {"slaapplek_vannacht": "geen", "kinderen_mee": 2}, ON)
    step = next(step for step in considered.advice.stappen if step.tabel == "T3")
    assert dict(step.feiten) == {"slaapplek_vannacht": "geen", "kinderen_mee": 2}


def test_a_day_past_the_end_is_an_error_that_names_the_last_day(tmp_path):
    write_set(tmp_path)
    assert find_ruleset(tmp_path, "proef", date(2026, 12, 31)).regio == "proef"
    with pytest.raises(NoRuleSet, match="2026-12-31"):
        find_ruleset(tmp_path, "proef", date(2027, 1, 1))
    with pytest.raises(NoRuleSet, match="2026-01-01"):
        find_ruleset(tmp_path, "proef", date(2025, 12, 31))
    with pytest.raises(NoRuleSet, match="elders"):
        find_ruleset(tmp_path, "elders", date(2026, 1, 1))


def test_scenarios_do_not_change_the_hash_and_rules_do(tmp_path):
    folder = write_set(tmp_path)
    first = load_ruleset(folder).hash
    (folder / "scenarios.csv").write_text("scenario;verhaal\n", encoding="utf-8")
    assert load_ruleset(folder).hash == first
    assert first.startswith("sha256:")
    table = folder / "T1.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("Wij weten", "We weten"), encoding="utf-8")
    assert load_ruleset(folder).hash != first
