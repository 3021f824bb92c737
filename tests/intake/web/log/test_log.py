"""The log on the pages: read, narrowed and reviewed by whose part it is."""

from datetime import timedelta

from sqlalchemy import select

from intake.access.act import Act
from intake.access.action import Action
from intake.access.audit import audit
from intake.keys.keys import NO_TENANT
from intake.log import reviewing
from intake.tables.audit import AuditEvent
from intake.tables.log_review import Finding, LogReview
from intake.tables.message import Message
from intake.worker import daily
from tests.intake.region import OF_ALL, a_filed_case, later


def test_the_log_is_read_by_the_log_keeper_and_the_privacy_officer_only(log_in):
    for name, status in (("logbeheerder", 200), ("fg", 200), ("leader", 403), ("worker", 403), ("beheerder", 403)):
        log_in(name).get("/logboek", status=status)


def test_the_log_shows_the_own_gemeente_and_no_name_of_a_client(log_in, database, people):
    a_filed_case(database, people, achternaam="Zonderlingsma")
    page = log_in("logbeheerder").get("/logboek")
    assert "Diende de intake in" in page.text
    assert "Zonderlingsma" not in page.response.text
    assert "Diende de intake in" not in log_in("fg_b").get("/logboek").text


def test_that_the_log_was_read_is_in_the_log(log_in):
    client = log_in("logbeheerder")
    client.get("/logboek")
    text = client.get("/logboek?wie=Logbeheerder").text
    assert "Bekeek het logboek" in text
    assert "regels=" in text


def test_filters_leave_what_was_asked_for(log_in, database, people):
    case = a_filed_case(database, people)
    with database.session() as session:
        reference = reviewing.references(session, {case})[case]
    client = log_in("logbeheerder")
    client.get("/logboek")
    client.press("Toon", {"wie": "worker", "wat": "C", "zaak": reference})
    assert "Diende de intake in" in client.page.text
    client.press("Toon", {"wie": "niemand"})
    assert "geen regels" in client.page.text
    for query in ("van=2026-13-40", "wat=%27;--", "hoe=x", "pagina=-1", "wie=%25", "spoed=ja"):
        client.get(f"/logboek?{query}")


def test_a_day_that_no_log_has_is_no_reason_to_fail(log_in):
    client = log_in("logbeheerder")
    for filters in ("van=0001-01-01", "tot=9999-12-31", "van=9999-12-31&tot=0001-01-01"):
        client.get(f"/logboek?{filters}")


def test_signs_that_nobody_types_are_left_out_of_a_filter(log_in):
    log_in("logbeheerder").get("/logboek?wie=a%00b&zaak=%0a", status=200)


def test_a_review_is_kept_with_name_finding_and_sealed_note(log_in, database, people):
    a_filed_case(database, people)
    client = log_in("logbeheerder")
    client.get("/logboek/signalen")
    client.press("Vastleggen", status=400)
    assert "Kies wat uw beoordeling is" in client.page.text
    client.press("Vastleggen", {"uitkomst": "navraag"}, status=400)
    client.press("Vastleggen", {"uitkomst": "navraag", "toelichting": "Gebeld met de teamleider."})
    assert "Gebeld met de teamleider." in client.page.text
    with database.session() as session:
        made = session.scalars(select(LogReview)).one()
        assert (made.from_seq, made.naam, made.finding) == (1, "Logbeheerder", Finding.NAVRAAG)
        assert b"teamleider" not in made.note
        details = session.scalars(select(AuditEvent.detail).where(AuditEvent.action == "logboek:beoordelen")).all()
        assert details == [f"tot_regel={made.until_seq} uitkomst=navraag"]


def test_the_privacy_officer_reads_but_does_not_review(log_in):
    client = log_in("fg")
    assert "Vastleggen" not in client.get("/logboek/signalen").buttons()


def test_the_start_page_warns_who_must_review_and_nobody_else(log_in, database, people, monkeypatch):
    a_filed_case(database, people)
    monkeypatch.setattr(reviewing, "EVERY", timedelta(days=-1))
    assert "31 dagen niet beoordeeld" in log_in("logbeheerder").get("/").text
    for name in ("worker", "leader", "fg"):
        assert "31 dagen niet beoordeeld" not in log_in(name).get("/").text


def test_the_log_of_log_ins_is_read_and_reviewed_by_the_region_and_by_nobody_else(log_in, database, people):
    with database.unit_of_work() as session:
        people.register(session, "regio", OF_ALL)
        people.bring(session, "logbeheerder_regio")
    a_filed_case(database, people)
    client = log_in("logbeheerder_regio")
    text = client.get("/logboek").text
    assert "Inloggen of uitloggen" in text
    assert "Diende de intake in" not in text
    client.get("/logboek/signalen")
    client.press("Vastleggen", {"uitkomst": "niets_bijzonders"})
    assert "Inloggen of uitloggen" not in log_in("logbeheerder").get("/logboek").text
    with database.unit_of_work() as session:
        made = session.scalars(select(LogReview)).one()
        assert made.gemeente_id == NO_TENANT
        assert not reviewing.is_overdue(Act(session, people.actor(session, "logbeheerder_regio"), later(days=31)))
        audit.record(session, people.actor(session, "logbeheerder_regio"), Action.READ_AUDIT)
    with database.unit_of_work() as session:
        assert reviewing.is_overdue(Act(session, people.actor(session, "logbeheerder_regio"), later(days=40)))
        daily.remind_of_review(session, clock=later(days=40))
        assert people.accounts["logbeheerder_regio"] in session.scalars(select(Message.account_id)).all()
