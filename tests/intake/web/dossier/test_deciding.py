"""Deciding on the page of a case: what is refused says so and keeps what was typed; what it ends is shown before."""

import pytest

from intake.access.act import Act
from intake.access.actor import system_actor
from intake.case import decisions
from intake.dossier import urgency
from intake.referrals.answering import answer
from intake.referrals.sending import choice
from intake.tables.intake import Intake
from intake.tables.place import PlacementPurpose
from tests.intake.region import CLOCK, a_place, later

DEVIATE = "Besluit vastleggen met deze reden"
TONIGHT = "Besluit over vannacht vastleggen"
EVICTED = {
    "slaapplek_vannacht": "kan_blijven",
    "woonsituatie": "7_dreigend",
    "woongemeente": "GM0502",
    "oorzaak_dakloosheid": "huurschuld",
    "verslaving": "nee",
    "psychisch_psychosociaal": "nee",
    "verlies_woonruimte_op": "2027-01-22",
}
"""In sixty days; the advice changes as that day comes near."""


@pytest.fixture
def case(database, people) -> Intake:
    with database.unit_of_work() as session:
        a_place(session, people, capaciteit=3)
        return people.an_intake(session, slaapplek_vannacht="geen")


def besluiten(database, case) -> int:
    with database.session() as session:
        return len(decisions.besluiten_of(session, case.id))


def test_a_form_of_deviation_in_which_nothing_deviates_says_so_and_keeps_the_reason(log_in, database, case):
    client = log_in("worker")
    client.get(f"/intakes/{case.id}")
    client.press(DEVIATE, {"reden": "Hij kent daar iemand."}, status=400)
    assert "U koos hetzelfde als het advies. Kies iets anders, of volg het advies." in client.page.text
    assert "Hij kent daar iemand." in client.page.by_id("reden").text
    assert besluiten(database, case) == 0


def test_a_receiver_that_is_not_in_the_list_is_refused_beside_the_list(log_in, database, case):
    client = log_in("worker")
    form = client.get(f"/intakes/{case.id}").form_with(DEVIATE)
    for nobody in ("niemand", "00000000-0000-4000-8000-000000000000"):
        typed = {**form.values, "doe": ["afwijken"], "reden": ["Daarom."], "ontvanger": [nobody]}
        client.send(form, typed, status=400)
        assert client.page.by_id("ontvanger").get("aria-invalid") == "true"
    assert besluiten(database, case) == 0


def test_a_decision_on_an_advice_that_the_page_did_not_show_is_refused(log_in, database, people):
    with database.unit_of_work() as session:
        case = people.an_intake(session, **EVICTED)
    client = log_in("worker")
    client.get(f"/intakes/{case.id}")
    with database.unit_of_work() as session:
        now = later(days=50)
        urgency.readvise(Act(session, system_actor(now.now()), now), case.id)
    client.press(client.page.button_like("Volg het advies"), status=409)
    assert "Er is intussen een ander advies. Uw besluit is niet vastgelegd." in client.page.text
    assert besluiten(database, case) == 0
    client.press(client.page.button_like("Volg het advies"))
    assert besluiten(database, case) == 1


def test_a_page_that_does_not_tell_what_it_showed_decides_nothing(log_in, database, case):
    client = log_in("worker")
    client.get(f"/intakes/{case.id}")
    form = client.page.form_with(client.page.button_like("Volg het advies"))
    for name in ("advies", "gezien", "gevolgen"):
        client.send(form, {**form.values, "doe": ["volgen"], name: [""]}, status=409)
    assert besluiten(database, case) == 0


def test_the_same_page_sent_twice_is_one_besluit(log_in, database, case):
    client = log_in("worker")
    page = client.get(f"/intakes/{case.id}")
    for _ in range(2):
        client.page = page
        client.press(page.button_like("Volg het advies"))
    assert besluiten(database, case) == 1


def test_a_new_decision_shows_what_it_ends_and_then_does_that(log_in, database, people, case):
    client = log_in("worker")
    client.get(f"/intakes/{case.id}")
    client.press(client.page.button_like("Volg het advies"))
    told = client.page.text
    assert "De verwijzing naar Centraal Onthaal wordt ingetrokken." in told
    assert "De plek voor vannacht bij De Haven blijft." in told
    assert "De oude brief blijft bewaard. In de nieuwe brief staat dat die de oude vervangt." in told
    onward = {"ontvanger": str(people.organisations["jongerenloket"]), "reden": "Hij is 20."}
    client.press(DEVIATE, onward)
    assert "De verwijzing naar Centraal Onthaal is ingetrokken. Verwezen naar Jongerenloket." in client.page.text
    assert "de verwijzing is ingetrokken, want er is een nieuw besluit" in log_in("desk").page.text
    with database.session() as session:
        assert choice.waiting(session, case.id, PlacementPurpose.OVERBRUGGING) is not None


def test_who_gave_a_place_is_asked_to_release_it_and_the_place_stays_until_then(log_in, database, people, case):
    with database.unit_of_work() as session:
        people.a_besluit(session, case)
        sent = choice.refer(Act(session, people.actor(session), CLOCK), case.id)
        haven = people.actor(session, "haven")
        answer.accept(Act(session, haven, CLOCK), sent.id, version=sent.version, start_on=None)
    client = log_in("worker")
    told = client.get(f"/intakes/{case.id}").text
    assert "De Haven wordt gevraagd om de plek vrij te geven. Tot die tijd houdt de cliënt deze plek." in told
    client.press(client.page.button_like("Volg het advies"))
    assert "De Haven is gevraagd de plek vrij te geven." in client.page.text
    provider = log_in("haven")
    assert "Geef de plek Kamers vrij zodra de cliënt weg kan." in provider.page.text
    assert "Jan Kanariepiet" in provider.get("/plekken/verblijf").text


def test_what_happened_to_a_referral_since_the_page_was_opened_is_seen_first(log_in, database, people, case):
    client = log_in("worker")
    with database.unit_of_work() as session:
        people.a_besluit(session, case)
        sent = choice.refer(Act(session, people.actor(session), CLOCK), case.id)
    client.get(f"/intakes/{case.id}")
    with database.unit_of_work() as session:
        haven = people.actor(session, "haven")
        answer.accept(Act(session, haven, CLOCK), sent.id, version=1, start_on=None)
    client.press(client.page.button_like("Volg het advies"), status=409)
    assert "Er is intussen iets veranderd aan de verwijzingen van deze zaak." in client.page.text
    assert "De Haven wordt gevraagd om de plek vrij te geven." in client.page.text
    assert besluiten(database, case) == 1


def test_no_shelter_against_the_advice_asks_for_the_reason_in_the_same_form(log_in, database, case):
    client = log_in("worker")
    client.get(f"/intakes/{case.id}")
    client.press(TONIGHT, {"overbrugging": "geen"}, status=400)
    assert client.page.by_id("vannacht-reden").get("aria-invalid") == "true"
    assert besluiten(database, case) == 0
    client.press(TONIGHT, {"overbrugging": "geen", "reden": "Hij slaapt bij zijn zus."})
    assert "Hij slaapt bij zijn zus." in client.page.text
    assert besluiten(database, case) == 1
