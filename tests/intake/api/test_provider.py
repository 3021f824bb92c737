"""A provider's side: its referrals, its letters, its places."""

import json
import threading

import pytest
from sqlalchemy import event, select

from intake.access.act import Act
from intake.access.row_security import bind_system
from intake.letters import letter, press
from intake.people.messages import message
from intake.referrals.sending import choice
from intake.tables.place import Place
from intake.tables.referral import Referral
from reports.letters import RenderedLetter
from tests.intake.region import CLOCK, a_place


@pytest.fixture
def referred(database, people):
    """A case that was referred to De Haven, with a place and a printed letter."""
    with database.unit_of_work() as session:
        bind_system(session)
        place = a_place(session, people, "haven", capaciteit=1)
        case = people.an_intake(session, bsn="999990019", bsn_status="bekend")
        people.a_besluit(session, case)
        made = choice.refer(Act(session, people.actor(session), CLOCK), case.id)
        assert isinstance(made, Referral)
        session.flush()
        for one in letter.letters_of(session, case.id):
            paper = RenderedLetter(pdf=b"%PDF-1.7 proef", sha256="0" * 64, pages=1)
            press.keep(session, one.id, paper, clock=CLOCK)
        return {"id": str(made.id), "place": str(place.id), "reference": case.reference}


def test_a_provider_reads_its_referral_and_only_what_it_needs(caller, referred):
    haven = caller("haven")
    listed = haven.get("/verwijzingen").json["resultaten"]
    assert [one["id"] for one in listed] == [referred["id"]]
    assert "Kanariepiet" not in json.dumps(listed)
    opened = haven.get(f"/verwijzingen/{referred['id']}")
    assert opened.json["kan"] == ["accepteren", "terugvragen", "weigeren"]
    labels = {line["vraag"] for section in opened.json["getoond"] for line in section["regels"]}
    assert labels
    assert b"999990019" not in opened.data


def test_the_list_holds_what_was_sent_to_the_caller_and_not_what_it_sent_itself(caller, referred):
    assert caller().get("/verwijzingen").json["resultaten"] == []
    assert caller().get(f"/verwijzingen/{referred['id']}").json["kan"] == ["intrekken"]


def test_reading_by_a_system_leaves_the_message_unread_for_people(caller, referred, database, people):
    caller("haven").get(f"/verwijzingen/{referred['id']}")
    with database.unit_of_work() as session:
        assert message.count_unread(session, people.actor(session, "haven")) == 1


def test_accepting_takes_the_place_and_a_second_time_says_how_things_stand(caller, referred, database):
    haven, path = caller("haven"), f"/verwijzingen/{referred['id']}/accepteren"
    version = haven.get(f"/verwijzingen/{referred['id']}").json["versie"]
    first = haven.post(path, {"versie": version, "start_op": "2026-11-24"})
    assert (first.status_code, first.json["status"]) == (200, "geaccepteerd")
    second = haven.post(path, {"versie": version})
    assert second.status_code == 409
    assert second.json["status_verwijzing"] == "geaccepteerd"
    with database.unit_of_work() as session:
        assert session.scalars(select(Place)).one().bezet == 1


def test_declining_needs_a_reason_from_the_list_and_words_for_another(caller, referred):
    haven, path = caller("haven"), f"/verwijzingen/{referred['id']}/weigeren"
    assert haven.post(path, {"versie": 1, "reden": "geen_binding"}).status_code == 400
    missing = haven.post(path, {"versie": 1, "reden": "anders"})
    assert missing.json["errors"][0]["pointer"] == "/toelichting"
    done = haven.post(path, {"versie": 1, "reden": "anders", "toelichting": "Past niet in de groep."})
    assert (done.status_code, done.json["status"]) == (200, "geweigerd")


def test_asking_back_and_then_nobody_else_gets_in(caller, referred):
    asked = caller("haven").post(f"/verwijzingen/{referred['id']}/terugvragen", {"versie": 1, "vraag": "Slaapt hij?"})
    assert (asked.status_code, asked.json["status"]) == (200, "teruggevraagd")
    assert caller("anker").get(f"/verwijzingen/{referred['id']}").status_code == 404
    assert caller("anker").post(f"/verwijzingen/{referred['id']}/accepteren", {"versie": 2}).status_code == 404


def test_the_letter_comes_as_a_document_that_no_browser_runs(caller, referred):
    haven = caller("haven")
    letters = haven.get(f"/verwijzingen/{referred['id']}").json["brieven"]
    answer = haven.get(f"/brieven/{letters[0]['id']}")
    assert answer.data.startswith(b"%PDF")
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_a_place_changes_only_for_who_saw_its_version(caller, referred):
    haven, path = caller("haven"), f"/plekken/{referred['place']}"
    seen = haven.get(path)
    etag = seen.headers["ETag"]
    assert haven.send("PATCH", path, {"wachtweken": 3}).status_code == 428
    done = haven.send("PATCH", path, {"wachtweken": 3}, If_Match=etag)
    assert (done.status_code, done.json["wachtweken"], done.json["capaciteit"]) == (200, 3, 1)
    assert done.headers["ETag"] != etag
    assert haven.send("PATCH", path, {"wachtweken": 4}, If_Match=etag).status_code == 412
    assert haven.send("PATCH", path, {"wachtweken": 4, "versie": seen.json["versie"]}).status_code == 409
    assert haven.get(path).json["wachtweken"] == 3


def test_fewer_places_than_are_taken_is_refused_with_what_is_allowed(caller, referred):
    haven, path = caller("haven"), f"/plekken/{referred['place']}"
    etag = haven.get(path).headers["ETag"]
    answer = haven.send("PATCH", path, {"capaciteit": 0}, If_Match=etag)
    assert answer.status_code == 400
    assert answer.json["errors"][0] == {
        "in": "body",
        "pointer": "/capaciteit",
        "detail": "Er zijn 1 plekken bezet of gereserveerd. Kies 1 tot 1000.",
    }


def test_a_gemeente_sees_the_places_and_changes_none(caller, referred):
    team = caller()
    assert [one["vrij"] for one in team.get("/plekken").json["resultaten"]] == [0]
    assert team.send("PATCH", f"/plekken/{referred['place']}", {"capaciteit": 5, "versie": 1}).status_code == 403


def test_two_systems_that_accept_at_once_have_one_winner(caller, referred, app):
    haven = caller("haven")
    start, answers = threading.Barrier(6), []

    def accept():
        start.wait()
        answers.append(haven.post(f"/verwijzingen/{referred['id']}/accepteren", {"versie": 1}).status_code)

    threads = [threading.Thread(target=accept) for _ in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(answers) == [200, 409, 409, 409, 409, 409]


def test_a_list_asks_the_database_no_more_for_many_than_for_one(caller, database, engine, people):
    with database.unit_of_work() as session:
        bind_system(session)
        a_place(session, people, "haven", capaciteit=9)
        for _ in range(6):
            case = people.an_intake(session)
            people.a_besluit(session, case)
            choice.refer(Act(session, people.actor(session), CLOCK), case.id)
    haven, team = caller("haven"), caller()
    for system, path in ((haven, "/verwijzingen"), (team, "/intakes"), (team, "/plekken")):
        system.get(path)
        counts = [_statements(engine, system, f"{path}?aantal={size}") for size in (1, 6)]
        assert counts[1] <= counts[0] + 1, (path, counts)


def _statements(engine, system, path):
    """How many statements one call takes."""
    found = []

    def note(_connection, _cursor, statement, *_rest):
        found.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    assert system.get(path).status_code == 200
    event.remove(engine, "before_cursor_execute", note)
    return len(found)
