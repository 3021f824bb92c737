from datetime import date

import pytest

from rules.values.terms import terms
from rules.values.urgentie import Urgentie

MONDAY = date(2026, 3, 2)


def test_the_plan_and_the_investigation_end_as_the_law_says():
    found = terms(MONDAY, Urgentie.REGULIER, {})
    assert found["persoonlijk_plan"] == "2026-03-09"
    assert found["onderzoek"] == "2026-04-13"


@pytest.mark.parametrize(
    ("urgency", "day"),
    [
        (Urgentie.NU, "2026-03-02"),
        (Urgentie.VANDAAG, "2026-03-02"),
        (Urgentie.HOOG, "2026-03-04"),
        (Urgentie.VERHOOGD, "2026-03-09"),
        (Urgentie.REGULIER, "2026-03-16"),
    ],
)
def test_the_first_contact_follows_the_urgency(urgency, day):
    assert terms(MONDAY, urgency, {})["eerste_contact"] == day


def test_a_region_chooses_its_own_days_but_not_for_tonight():
    chosen = {"contact_werkdagen_u4": 3, "contact_werkdagen_u1": 9}
    assert terms(MONDAY, Urgentie.REGULIER, chosen)["eerste_contact"] == "2026-03-05"
    assert terms(MONDAY, Urgentie.VANDAAG, chosen)["eerste_contact"] == "2026-03-02"


def test_tonight_is_tonight_on_a_sunday_too():
    assert terms(date(2026, 3, 1), Urgentie.VANDAAG, {})["eerste_contact"] == "2026-03-01"


@pytest.mark.parametrize("day", [date.min, date.max])
def test_no_date_is_too_far_away(day):
    assert terms(day, Urgentie.REGULIER, {})["onderzoek"]
