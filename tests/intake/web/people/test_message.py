"""Messages: a few on the start page, all of them on a page of their own, and links only to what may be opened."""

import uuid

from intake.access.act import Act
from intake.people.messages import message
from intake.people.messages.message import Subject
from intake.referrals.answering import answer
from intake.referrals.sending import choice
from intake.tables.message import Message
from tests.intake.region import CLOCK, a_place, later


def send_many(database, people, number: int) -> None:
    with database.unit_of_work() as session:
        for count in range(number):
            message.send(
                session,
                to=people.organisations["wijkteam"],
                subject=Subject.CONCEPT,
                subject_id=uuid.uuid4(),
                text=f"Bericht nummer {count}.",
                clock=later(minutes=count),
            )


def test_the_start_page_shows_the_six_newest_and_leads_to_all(log_in, database, people):
    send_many(database, people, 30)
    client = log_in("worker")
    shown = [count for count in range(30) if f"Bericht nummer {count}." in client.page.text]
    assert shown == [24, 25, 26, 27, 28, 29]
    client.follow("Alle berichten")
    assert "30 berichten" in client.page.text
    assert client.page.text.index("Bericht nummer 29.") < client.page.text.index("Bericht nummer 28.")
    client.follow("Volgende")
    assert "Bericht nummer 0." in client.page.text
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
    assert "Bericht nummer" not in log_in("stranger").get("/berichten").text


def test_an_error_on_a_page_does_not_speak_of_files(log_in, database, people):
    with database.unit_of_work() as session:
        made = people.a_draft(session)
    client = log_in("worker")
    client.get(f"/concepten/{made.id}/spoed")
    button = client.page.button_like("Opslaan")
    client.press(button, {"geboortedatum": "31-02-1990"})
    assert "geen bestaande datum" in client.page.text
    assert "in een bestand" not in client.page.text


def test_a_new_referral_that_was_taken_back_still_reads_as_a_sentence():
    text = "Nieuwe verwijzing 2026-423500: vandaag."
    gone = Message(text=text)
    assert message.shown_text(gone, reached=False) == (
        "Nieuwe verwijzing bij een zaak die u niet (meer) kunt openen: vandaag."
    )
    assert message.shown_text(gone, reached=True) == text
