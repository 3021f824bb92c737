"""A referral on the pages of sender and receiver: sent, asked about, accepted, declined."""

from sqlalchemy import select

from intake.access.action import Action
from intake.tables.audit import AuditEvent
from tests.intake.region import a_place


def test_the_receiver_answers_and_the_sender_sees_it(log_in, database, people, case):
    with database.unit_of_work() as session:
        a_place(session, people, capaciteit=3)
        people.a_besluit(session, case)
    sender = log_in("worker")
    sender.get(f"/intakes/{case.id}")
    sender.follow("Verwijzen")
    sender.press("Verwijzing versturen")
    assert "Wacht op antwoord" in sender.page.text
    receiver = log_in("haven")
    assert "Jan Kanariepiet" not in receiver.page.text
    receiver.follow(case.reference)
    assert "De Haven" in receiver.page.text
    receiver.press("Accepteren", {"start": "25-11-2026"})
    assert "Geaccepteerd door Haven" in receiver.page.text
    sender.get(f"/intakes/{case.id}")
    assert "Geaccepteerd" in sender.page.text
    assert "vanaf 25 november 2026" in sender.page.text


def test_a_receiver_who_declines_gives_a_reason_from_the_list(log_in, database, people, case):
    with database.unit_of_work() as session:
        a_place(session, people, capaciteit=3)
        people.a_besluit(session, case)
    sender = log_in("worker")
    sender.get(f"/intakes/{case.id}/verwijzen")
    sender.press("Verwijzing versturen")
    receiver = log_in("haven")
    receiver.follow(case.reference)
    receiver.press("Weigeren met deze reden", status=400)
    receiver.press("Weigeren met deze reden", {"reden": "anders", "toelichting": ""}, status=400)
    receiver.press("Weigeren met deze reden", {"reden": "anders", "toelichting": "De kamer is kapot."})
    sender.get("/")
    assert "geweigerd" in sender.page.text
    sender.get(f"/intakes/{case.id}")
    assert "reden: een andere reden" in sender.page.text


def test_a_question_goes_to_the_sender_and_the_answer_back(log_in, database, people, case):
    with database.unit_of_work() as session:
        a_place(session, people)
        people.a_besluit(session, case)
    sender = log_in("worker")
    sender.get(f"/intakes/{case.id}/verwijzen")
    sender.press("Verwijzing versturen")
    receiver = log_in("haven")
    receiver.follow(case.reference)
    receiver.press("Vraag stellen", {"vraag": "Heeft hij een hond?"})
    sender.get(f"/intakes/{case.id}")
    sender.follow("De Haven")
    assert "Heeft hij een hond?" in sender.page.text
    sender.press("Antwoord versturen", {"antwoord": "Nee."})
    receiver.get(receiver.page.path)
    assert "Nee." in receiver.page.text
    receiver.press("Accepteren", {"start": ""})


def test_the_desk_that_got_the_case_opens_it_decides_and_sends_it_on(log_in, database, people, case):
    with database.unit_of_work() as session:
        a_place(session, people, capaciteit=2)
    worker = log_in("worker")
    worker.get(f"/intakes/{case.id}")
    worker.press(worker.page.button_like("Volg het advies"))
    assert "Verwezen naar Centraal Onthaal." in worker.page.text
    assert "Een plek voor vannacht is gevraagd bij De Haven." in worker.page.text
    desk = log_in("desk")
    desk.get("/verwijzingen")
    desk.follow(case.reference)
    desk.press("Accepteren")
    desk.follow("Open de zaak: besluiten en plaatsen")
    desk.press(desk.page.button_like("Volg het advies"))
    assert "Verwezen naar De Haven." in desk.page.text


def test_a_receiver_that_needs_the_bsn_asks_for_it_and_it_is_logged(log_in, database, people):
    with database.unit_of_work() as session:
        case = people.an_intake(session, bsn="999990019", bsn_status="bekend", toestemming_aanbieder="ja")
        a_place(session, people)
        people.a_besluit(session, case)
    sender = log_in("worker")
    sender.get(f"/intakes/{case.id}/verwijzen")
    sender.press("Verwijzing versturen")
    receiver = log_in("haven")
    receiver.follow(case.reference)
    assert "999990019" not in receiver.page.response.text
    receiver.follow("Toon het burgerservicenummer")
    assert "999990019" in receiver.page.text
    with database.session() as session:
        logged = session.scalars(select(AuditEvent).where(AuditEvent.action == Action.SHOW_BSN.value)).all()
    assert [one.account_id for one in logged] == [people.accounts["haven"]]
    log_in("anker").get(receiver.page.path, status=404)
