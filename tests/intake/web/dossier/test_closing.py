"""The end of a case on its page, and who looks after it until then."""

import pytest

from intake.tables.intake import Intake
from tests.intake.region import a_place


@pytest.fixture
def case(database, people) -> Intake:
    with database.unit_of_work() as session:
        return people.an_intake(session)


def a_colleague(database, people) -> None:
    with database.unit_of_work() as session:
        people.bring(session, "mia")


def referred(log_in, case, database, people):
    with database.unit_of_work() as session:
        a_place(session, people, capaciteit=3)
        people.a_besluit(session, case)
    client = log_in("worker")
    client.get(f"/intakes/{case.id}/verwijzen")
    client.press("Verwijzing versturen")
    return client


def test_withdrawing_asks_why_frees_the_place_and_tells_the_receiver(log_in, case, database, people):
    client = referred(log_in, case, database, people)
    client.press("Melding intrekken", status=400)
    assert client.page.by_id("intrekking").get("aria-invalid") == "true"
    client.press("Melding intrekken", {"intrekking": "zelf_opgelost"})
    assert "De melding is ingetrokken: de cliënt heeft het zelf opgelost." in client.page.text
    assert "Melding intrekken" not in client.page.buttons()
    provider = log_in("haven")
    assert "de aanvraag voor hulp is gestopt" in provider.page.text
    assert "3 vrij" in provider.get("/plekken").text


def test_withdrawing_ends_a_stay_that_was_accepted(log_in, case, database, people):
    client = referred(log_in, case, database, people)
    provider = log_in("haven")
    provider.follow(case.reference)
    provider.press("Accepteren", {"start": ""})
    client.get(f"/intakes/{case.id}")
    client.press("Melding intrekken", {"intrekking": "vertrokken"})
    assert "3 vrij" in provider.get("/plekken").text
    assert case.reference not in provider.get("/verwijzingen?staat=alle").response.text


def test_closing_asks_where_the_client_went(log_in, case):
    client = log_in("worker")
    client.get(f"/intakes/{case.id}")
    client.press("Zaak afsluiten", status=400)
    client.press("Zaak afsluiten", {"uitstroom": "zelfstandig_met_begeleiding"})
    assert "Afgesloten" in client.page.text
    assert "Zaak afsluiten" not in client.page.buttons()
    assert "Volg het advies" not in " ".join(client.page.buttons())


def test_a_case_that_was_withdrawn_is_not_closed_by_an_old_page(log_in, case):
    client = log_in("worker")
    client.get(f"/intakes/{case.id}")
    old = client.page
    client.press("Melding intrekken", {"intrekking": "dubbel_gemeld"})
    client.page = old
    client.press("Zaak afsluiten", {"uitstroom": "zelfstandig"}, status=409)


def test_a_case_is_handed_to_a_colleague_who_gets_a_message(log_in, case, database, people):
    a_colleague(database, people)
    client = log_in("worker")
    client.get(f"/intakes/{case.id}")
    client.press("Overdragen", status=400)
    client.press("Overdragen", {"collega": str(people.accounts["mia"])})
    assert "Mia is nu de vaste medewerker." in client.page.text
    assert f"{case.reference}: u bent nu de vaste medewerker" in log_in("mia").page.text


def test_a_case_is_handed_to_nobody_outside_the_team(log_in, case, database, people):
    a_colleague(database, people)
    client = log_in("worker")
    client.get(f"/intakes/{case.id}")
    form = client.page.form_with("Overdragen")
    for to in (str(people.accounts["stranger"]), "niemand"):
        client.send(form, {**form.values, "collega": [to]}, status=400)
        assert client.page.by_id("collega").get("aria-invalid") == "true"
