"""The page on which a functioneel beheerder makes and withdraws the keys of systems."""

import re

import pytest
from sqlalchemy import select

from intake.people.systems import api_actor
from intake.tables.api_token import ApiToken
from intake.tables.audit import AuditEvent
from tests.intake.region import NOW


@pytest.fixture
def beheerder(log_in):
    """Somebody who manages gemeente Capelle and its teams, logged in on the page."""
    client = log_in("beheerder")
    client.get("/beheer/koppelingen")
    return client


def a_form(people, **telling):
    return {
        "organisatie": str(people.organisations["wijkteam"]),
        "naam": "Zaaksysteem",
        "waarvoor": ["intakes:lezen", "routeadviezen"],
        "tot": "2027-06-30",
        **telling,
    }


def test_a_key_is_made_shown_once_and_works(beheerder, people, database):
    page = beheerder.press("Sleutel maken", a_form(people))
    secret = re.search(r"toegang_[A-Za-z0-9_-]{43}", page.text + str(page.by_id("sleutel").attrib))[0]
    with database.unit_of_work() as session:
        found = api_actor.find(session, secret, now=NOW)
        assert found is not None
        assert found.scopes == ["intakes:lezen", "routeadviezen"]
    listed = beheerder.get("/beheer/koppelingen")
    assert "Zaaksysteem" in listed.text
    assert secret not in listed.text
    assert secret[:14] in listed.text


def test_a_withdrawn_key_stays_in_the_list_as_withdrawn(beheerder, people, database):
    beheerder.press("Sleutel maken", a_form(people))
    listed = beheerder.get("/beheer/koppelingen")
    after = beheerder.press(listed.button_like("Intrekken"), {})
    assert "werkt niet meer" in after.text
    assert "Ingetrokken" in after.text
    with database.unit_of_work() as session:
        assert session.scalars(select(ApiToken)).one().withdrawn_at is not None
        told = session.scalars(select(AuditEvent.detail).where(AuditEvent.subject_kind == "api_token")).all()
    assert [one.split()[0] for one in told] == ["sleutel_gemaakt", "sleutel_ingetrokken"]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"naam": ""}, "Geef het systeem een naam"),
        ({"waarvoor": []}, "Kies ten minste één ding"),
        ({"waarvoor": ["plekken:wijzigen"]}, "Dit past niet bij Wijkteam Capelle"),
        ({"organisatie": ""}, "Kies voor welke organisatie"),
        ({"tot": ""}, "Schrijf de laatste dag als"),
        ({"tot": "2031-01-01"}, "ten hoogste 400 dagen"),
    ],
)
def test_what_cannot_be_is_told_and_what_was_chosen_is_kept(beheerder, people, wrong, told):
    page = beheerder.press("Sleutel maken", a_form(people, **wrong), status=400)
    assert told in page.text
    if "naam" not in wrong:
        assert page.by_id("naam").get("value") == "Zaaksysteem"


def test_a_worker_does_not_come_here(log_in):
    log_in("worker").get("/beheer/koppelingen", status=403)
