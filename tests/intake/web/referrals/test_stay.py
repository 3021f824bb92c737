"""Who stays where, for the provider alone; and a client who leaves, so that the place is free for another."""

import pytest

from intake.places import place
from tests.intake.region import a_place


@pytest.fixture
def case(database, people):
    with database.unit_of_work() as session:
        a_place(session, people, capaciteit=3)
        made = people.an_intake(session)
        people.a_besluit(session, made)
        return made


def sent(log_in, case):
    client = log_in("worker")
    client.get(f"/intakes/{case.id}/verwijzen")
    client.press("Verwijzing versturen")
    return client


def accepted(log_in, case):
    sent(log_in, case)
    provider = log_in("haven")
    provider.follow(case.reference)
    provider.press("Accepteren", {"start": ""})
    provider.get("/plekken")
    provider.follow("Wie verblijft waar")
    return provider


def test_a_client_who_leaves_frees_the_place_and_the_team_is_told(log_in, case):
    provider = accepted(log_in, case)
    assert "Jan Kanariepiet" in provider.page.text
    button = provider.page.button_like("Vertrek vastleggen")
    provider.press(button, status=400)
    provider.press(button, {"vertrek": "zelf_vertrokken"})
    assert "Er verblijft nu niemand" in provider.page.text
    assert "3 vrij" in provider.get("/plekken").text
    worker = log_in("worker")
    assert "De cliënt is weg bij De Haven: zelf vertrokken. Kijk wat nu nodig is." in worker.page.text
    assert "Wacht op u" in worker.page.text
    assert "Besloten" in worker.get(f"/intakes/{case.id}").text


def test_after_the_stay_the_provider_reads_the_file_no_longer(log_in, case):
    provider = accepted(log_in, case)
    referral = next(url for url in provider.page.links().values() if url.startswith("/verwijzingen/"))
    provider.press(provider.page.button_like("Vertrek vastleggen"), {"vertrek": "eigen_woning"})
    provider.get(referral, status=404)


def test_a_place_that_is_only_reserved_is_answered_first(log_in, case, database):
    sent(log_in, case)
    provider = log_in("haven")
    provider.get("/plekken/verblijf")
    assert "Gereserveerd" in provider.page.text
    assert "Beantwoord de verwijzing" in provider.page.text
    provider.get("/plekken")
    form = provider.page.form_with(provider.page.button_like("Opslaan"))
    with database.session() as session:
        stay = place.stays_of(session, case.id)[0][0]
    form.action = f"/plekken/{stay.place_id}/verblijf/{stay.id}/vertrek"
    provider.send(form, {**form.values, "vertrek": ["zelf_vertrokken"]}, status=409)


def test_another_provider_neither_sees_nor_ends_the_stay(log_in, case, database):
    provider = accepted(log_in, case)
    button = provider.page.button_like("Vertrek vastleggen")
    form = provider.page.form_with(button)
    other = log_in("anker")
    other.get("/plekken/verblijf")
    assert "Kanariepiet" not in other.page.response.text
    mine = {name: values for name, values in form.values.items() if name != "csrf_token"}
    token = other.page.form_with("Uitloggen").values["csrf_token"]
    other.send(form, {**mine, "csrf_token": token, "vertrek": ["zelf_vertrokken"]}, status=404)
    with database.session() as session:
        assert place.stays_of(session, case.id)[0][0].state == "bezet"


def test_a_departure_that_is_sent_twice_frees_one_place(log_in, case):
    provider = accepted(log_in, case)
    button = provider.page.button_like("Vertrek vastleggen")
    old = provider.page
    provider.press(button, {"vertrek": "opname"})
    provider.page = old
    provider.press(button, {"vertrek": "opname"})
    assert "3 vrij" in provider.get("/plekken").text
