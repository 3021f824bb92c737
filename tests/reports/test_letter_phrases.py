"""Every code that the rules can give has words that a client understands."""

from pathlib import Path

import pytest
import yaml

from reports.letters import Bevinding, Oordeel, Pgb, phrases, render_letter
from tests.reports.builders import A_MONDAY, a_decided_letter, a_letter

OUTCOMES = yaml.safe_load((Path(__file__).parents[2] / "rules" / "sets" / "feiten.yaml").read_text(encoding="utf-8"))[
    "uitkomsten"
]
BECAUSE = (Bevinding("Dit past bij u."),)


def test_every_product_of_the_rules_has_words_for_the_client():
    assert set(phrases.PRODUCTS) == set(OUTCOMES["voorzieningen"]["waarden"])


def test_every_bridge_of_the_rules_tells_where_to_sleep():
    assert set(phrases.NIGHT) == set(OUTCOMES["overbrugging"]["waarden"])


def test_every_bridge_has_a_name_and_says_what_holds_until_the_help_begins():
    assert set(phrases.UNTIL_THEN) == set(phrases.BRIDGES) == set(OUTCOMES["overbrugging"]["waarden"])


@pytest.mark.parametrize(
    ("voorzieningen", "overbrugging", "said"),
    [
        (["beschermd_wonen", "nachtopvang"], "geen", "beschermd wonen, een plek in de nachtopvang"),
        (["geen_maatwerk"], "geen", "geen extra hulp van de gemeente"),
        ([], "tijdelijke_opvang_vandaag", "een plek om vannacht te slapen"),
    ],
)
def test_what_was_decided_is_listed_by_name(voorzieningen, overbrugging, said):
    assert phrases.decided(voorzieningen, overbrugging) == said


def test_another_law_that_goes_first_is_one_of_the_rules():
    assert set(phrases.BY_OTHER_LAW) <= set(OUTCOMES["voorliggend"]["waarden"])


def test_every_task_of_the_rules_has_words_for_the_client():
    assert set(OUTCOMES["taken"]["waarden"]) <= set(phrases.TASKS)


@pytest.mark.parametrize("code", phrases.PRODUCTS)
def test_a_product_can_be_advised_given_and_denied(code):
    advised = phrases.product(code, Oordeel.ADVIES, BECAUSE)
    assert render_letter(a_letter(producten=(advised,))).pages == 2
    denied = phrases.product(code, Oordeel.NEE, BECAUSE)
    assert not denied.naam.startswith(("een ", "het ", "de "))
    assert render_letter(a_decided_letter(producten=(denied,))).pages <= 3


@pytest.mark.parametrize("code", phrases.NIGHT)
def test_who_has_no_bed_after_all_knows_whom_to_call(code):
    assert "Bel dan meteen: 010 555 01 00" in phrases.night(code, "010 555 01 00")


def test_a_task_without_an_owner_is_the_workers():
    assert phrases.task("tolk", "Samira de Wit", A_MONDAY).wie == "Samira de Wit"
    assert phrases.task("veilig_thuis", "Samira de Wit").wie == "Veilig Thuis"


@pytest.mark.parametrize(
    ("codes", "told"),
    [
        ({"beschermd_wonen"}, "het CAK"),
        ({"nachtopvang"}, "De opvang vertelt u"),
        ({"preventie"}, "vooraf"),
        ((), "vooraf"),
    ],
)
def test_the_cost_is_told_without_an_amount(codes, told):
    text = phrases.contribution(codes)
    assert told in text
    assert not any(char.isdigit() for char in text)


def test_a_budget_is_explained_where_it_can_be():
    assert phrases.budget({"beschermd_wonen"}) is Pgb.MOGELIJK
    assert phrases.budget({"nachtopvang"}) is None


def test_a_code_without_words_is_refused_not_printed():
    with pytest.raises(phrases.NoWords, match="nieuw_product"):
        phrases.product("nieuw_product", Oordeel.ADVIES, BECAUSE)
