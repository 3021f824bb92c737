"""Messages: a few on the start page, all of them on a page of their own, and links only to what may be opened."""

import uuid

from intake.access.act import Act
from intake.people.messages import message
from intake.people.messages.kind import MessageKind, Told
from intake.people.messages.message import Behind, Subject, To
from intake.referrals.answering import answer
from intake.referrals.sending import choice
from tests.intake.region import CLOCK, a_place, later


def send_many(database, people, number: int) -> None:
    with database.unit_of_work() as session:
        for count in range(number):
            told = Told(MessageKind.SLEUTEL_EINDIGT, words={"van": f"systeem {count:02d}", "dag": "2026-12-31"})
            to, behind = To(people.organisations["wijkteam"]), Behind(Subject.CONCEPT, uuid.uuid4())
            message.send(session, told, to=to, behind=behind, clock=later(minutes=count))


def test_the_start_page_shows_the_six_newest_and_leads_to_all(log_in, database, people):
    send_many(database, people, 30)
    client = log_in("worker")
    shown = [count for count in range(30) if f"van systeem {count:02d} werkt" in client.page.text]
    assert shown == [24, 25, 26, 27, 28, 29]
    client.follow("Alle berichten")
    assert "30 berichten" in client.page.text
    assert client.page.text.index("van systeem 29 werkt") < client.page.text.index("van systeem 28 werkt")
    client.follow("Volgende")
    assert "van systeem 00 werkt" in client.page.text
    client.press("Alles gelezen")
    assert "Nieuw voor u" not in client.page.text
    assert "30 berichten" in client.follow("Alle berichten").text


def test_a_message_says_how_urgent_it_is_in_words(log_in, database, people):
    with database.unit_of_work() as session:
        a_place(session, people)
        case = people.an_intake(session)
        people.a_besluit(session, case)
        choice.refer(Act(session, people.actor(session), CLOCK), case.id)
    text = log_in("haven").page.text
    assert f"Nieuwe verwijzing {case.reference} met spoed: antwoord vóór 12.00 uur." in text
    assert "U1" not in text


def test_a_message_leads_nowhere_once_its_subject_was_taken_back(log_in, database, people):
    with database.unit_of_work() as session:
        a_place(session, people)
        case = people.an_intake(session)
        people.a_besluit(session, case)
        worker = people.actor(session)
        made = choice.refer(Act(session, worker, CLOCK), case.id)
        answer.withdraw_referral(Act(session, worker, CLOCK), made.id, version=made.version)
    client = log_in("haven")
    assert case.reference not in client.page.response.text
    assert "Een zaak die u niet (meer) kunt openen: De verwijzing is ingetrokken." in client.page.text
    assert not [url for url in client.page.links().values() if url.startswith("/verwijzingen/")]


def test_the_messages_of_another_team_are_not_mine(log_in, database, people):
    send_many(database, people, 2)
    assert "van systeem" not in log_in("stranger").get("/berichten").text


def test_an_error_on_a_page_does_not_speak_of_files(log_in, database, people):
    with database.unit_of_work() as session:
        made = people.a_draft(session)
    client = log_in("worker")
    client.get(f"/concepten/{made.id}/spoed")
    button = client.page.button_like("Opslaan")
    client.press(button, {"geboortedatum": "31-02-1990"})
    assert "geen bestaande datum" in client.page.text
    assert "in een bestand" not in client.page.text
