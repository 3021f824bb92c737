"""In which order the open questions stand: what is at stake tonight before all else."""

import pytest

from rules import advise, ruleset_for
from tests.bench.invented import DAY

REGIONS = ("rotterdam-rijnmond", "voorbeeldregio")
FIRST_PAGE = {"melding_datum": DAY.isoformat(), "melding_gemeente": "GM0599"}
TONIGHT = {"slaapplek_vannacht", "geweld_afhankelijkheidsrelatie", "kind_onveilig", "onttrekkingsrisico"}
LATER = {"nationaliteit", "wlz_status", "wens_gemeente", "toezicht_nodig", "positief_netwerk", "zorgduur", "lvb"}


def asked(regio, facts):
    return [question.feit for question in advise(ruleset_for(regio, DAY), facts, DAY).open_vragen]


@pytest.mark.parametrize("regio", REGIONS)
def test_danger_to_life_is_the_first_question_of_an_empty_form(regio):
    assert asked(regio, FIRST_PAGE)[0] == "acuut_gevaar"


@pytest.mark.parametrize("regio", REGIONS)
def test_danger_to_life_stays_first_whatever_else_is_known(regio):
    known = {"slaapplek_vannacht": "geen", "nationaliteit": "nederlands", "geboortedatum": "1990-01-01"}
    assert asked(regio, {**FIRST_PAGE, **known})[0] == "acuut_gevaar"


@pytest.mark.parametrize("regio", REGIONS)
def test_what_decides_about_tonight_comes_before_what_decides_about_later(regio):
    order = asked(regio, {**FIRST_PAGE, "acuut_gevaar": "nee"})
    assert order[:2] == ["geweld_afhankelijkheidsrelatie", "slaapplek_vannacht"]
    last = max(order.index(name) for name in TONIGHT)
    assert all(order.index(name) > last for name in LATER & set(order))


@pytest.mark.parametrize("regio", REGIONS)
def test_once_it_has_to_be_now_nothing_can_make_it_more_urgent(regio):
    advice = advise(ruleset_for(regio, DAY), {**FIRST_PAGE, "acuut_gevaar": "ja"}, DAY)
    assert advice.urgentie == "U0"
    assert not any("urgentie" in question.kan_veranderen for question in advice.open_vragen)


@pytest.mark.parametrize("regio", REGIONS)
def test_once_it_has_to_be_today_only_what_makes_it_now_can_change_the_urgency(regio):
    advice = advise(ruleset_for(regio, DAY), {**FIRST_PAGE, "kind_onveilig": "ja"}, DAY)
    assert advice.urgentie == "U1"
    changing = [question.feit for question in advice.open_vragen if "urgentie" in question.kan_veranderen]
    assert changing == ["acuut_gevaar"]


@pytest.mark.parametrize("regio", REGIONS)
def test_who_can_change_the_gemeente_of_the_destination_can_change_the_destination(regio):
    advice = advise(ruleset_for(regio, DAY), {"acuut_gevaar": "ja", "geboortedatum": "1990-01-01"}, DAY)
    can_change = {question.feit: question.kan_veranderen for question in advice.open_vragen}
    elsewhere = {name for name, outcomes in can_change.items() if "verantwoordelijke_gemeente" in outcomes}
    where = {name for name, outcomes in can_change.items() if "bestemming" in outcomes}
    assert elsewhere
    assert elsewhere <= where
    assert "bestemming" in advice.open_uitkomsten
