from datetime import date

import pytest

from rules import RuleSetErrors, WaarborgBroken, advise, load_ruleset
from rules.engine.evaluate import evaluate
from rules.engine.guard import Weighed, broken_guards
from rules.shelf.load import read_ruleset
from tests.rules.files import T3, T6, write_set

ON = date(2026, 3, 2)
COLD = T3.replace("nachtopvang;tijdelijke_opvang_vandaag", "nachtopvang;-")


def test_an_advice_without_an_answer_for_tonight_is_refused_with_a_safe_one(tmp_path):
    ruleset = read_ruleset(write_set(tmp_path, national={}, T3=COLD))
    with pytest.raises(WaarborgBroken) as caught:
        advise(ruleset, {"slaapplek_vannacht": "geen", "kinderen_mee": 0, "melding_gemeente": "GM0597"}, ON)
    safe = caught.value.safe
    assert caught.value.waarborg == "W2"
    assert caught.value.facts == ("slaapplek_vannacht", "kinderen_mee", "melding_gemeente")
    assert safe.overbrugging == "tijdelijke_opvang_vandaag"
    assert safe.voorzieningen == ("nachtopvang",)
    assert safe.urgentie == "U1"
    assert safe.expertise
    assert safe.expertise_redenen[0] == "W2"
    assert safe.bestemming.soort == "regionale_toegang"
    assert safe.termijnen["eerste_contact"] == "2026-03-02"
    assert safe.stappen[-1].grondslag


def test_a_safe_answer_keeps_children_with_their_parent(tmp_path):
    with_children = T3.replace("gezinsopvang;tijdelijke_opvang_vandaag", "nachtopvang;tijdelijke_opvang_vandaag")
    ruleset = read_ruleset(write_set(tmp_path, national={}, T3=with_children))
    with pytest.raises(WaarborgBroken) as caught:
        advise(ruleset, {"slaapplek_vannacht": "geen", "kinderen_mee": 2}, ON)
    assert caught.value.waarborg == "W8"
    assert caught.value.safe.voorzieningen == ("gezinsopvang",)


def test_crisis_stays_urgent_in_the_safe_answer(tmp_path):
    ruleset = read_ruleset(write_set(tmp_path, national={}, T3=COLD))
    with pytest.raises(WaarborgBroken) as caught:
        advise(ruleset, {"slaapplek_vannacht": "geen", "acuut_gevaar": "ja"}, ON)
    assert caught.value.safe.urgentie == "U0"
    assert "crisisdienst" in caught.value.safe.veiligheid


def test_a_gap_in_the_rules_still_gives_a_safe_answer(tmp_path):
    gap = "\n".join(line for line in T6.splitlines() if not line.startswith("T6.3")) + "\n"
    ruleset = read_ruleset(write_set(tmp_path, national={}, T6=gap))
    with pytest.raises(WaarborgBroken) as caught:
        advise(ruleset, {"netwerk": ["GM0014"], "slaapplek_vannacht": "geen", "melding_gemeente": "GM0597"}, ON)
    safe = caught.value.safe
    assert caught.value.waarborg == "volledig"
    assert "regiokeuze" in caught.value.because
    assert safe.verantwoordelijke_gemeente == "GM0597"
    assert safe.niveau == "regionaal"


def test_a_safe_answer_exists_without_any_national_set(tmp_path):
    gap = "\n".join(line for line in T6.splitlines() if not line.startswith("T6.3")) + "\n"
    ruleset = load_ruleset(write_set(tmp_path, T6=gap))
    with pytest.raises(WaarborgBroken) as caught:
        advise(ruleset, {"netwerk": ["GM0014"]}, ON)
    assert caught.value.safe.overbrugging == "tijdelijke_opvang_vandaag"
    assert caught.value.safe.bestemming.naam == "Het loket"


def test_the_error_names_no_answer(tmp_path):
    ruleset = read_ruleset(write_set(tmp_path, national={}, T3=COLD))
    with pytest.raises(WaarborgBroken) as caught:
        advise(ruleset, {"slaapplek_vannacht": "geen", "geboortedatum": "1981-06-15"}, ON)
    assert "1981" not in str(caught.value)


def test_good_rules_break_nothing(tmp_path):
    ruleset = load_ruleset(write_set(tmp_path, national={}))
    for facts in ({}, {"slaapplek_vannacht": "geen"}, {"slaapplek_vannacht": "geen", "kinderen_mee": 1}):
        assert broken_guards(Weighed(ruleset, evaluate(ruleset, facts, ON), facts, ON)) == ()


def test_a_set_that_breaks_a_guard_rail_does_not_load_and_says_for_whom(tmp_path):
    with pytest.raises(RuleSetErrors) as caught:
        load_ruleset(write_set(tmp_path, national={}, T3=COLD))
    (finding,) = caught.value.findings
    assert finding.row == "W2"
    assert "slaapplek_vannacht = geen" in finding.message


def test_a_set_that_lets_ties_take_the_bed_away_does_not_load(tmp_path):
    ties = T3.replace("slaapplek_vannacht;kinderen_mee", "slaapplek_vannacht;netwerk_hier;kinderen_mee")
    ties = ties.replace("geen;> 0", "geen;-;> 0").replace("-;-;-;begel", "-;-;-;-;begel")
    ties = ties.replace("jeugd;geen;-", "jeugd;geen;-;-")
    ties = ties.replace("niet jeugd;geen;-;-;nachtopvang", "niet jeugd;geen;niet nee of onbekend;-;nachtopvang")
    with pytest.raises(RuleSetErrors) as caught:
        load_ruleset(write_set(tmp_path, national={}, T3=ties))
    assert "W1" in [finding.row for finding in caught.value.findings]
    assert "netwerk" in str(caught.value)


def test_good_rules_load_with_guard_rails(tmp_path):
    assert load_ruleset(write_set(tmp_path, national={})).guards is not None
