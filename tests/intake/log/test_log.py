"""Reading and reviewing the log, and what stands out in it."""

from datetime import date, timedelta

from sqlalchemy import delete, select, update

from intake.access.action import Action
from intake.access.audit import audit
from intake.case import lookup
from intake.dossier import dossier
from intake.keys.keys import NO_TENANT
from intake.log import reviewing
from intake.log.signals.signal import SignalKind
from intake.login.accounts.account import register_account
from intake.people.organisations.membership import give_role
from intake.people.organisations.organisation import register_organisation
from intake.rights.marks import mark
from intake.tables.account import Account, Role
from intake.tables.audit import AuditEvent
from intake.tables.intake import Intake
from intake.tables.key import CaseKey
from intake.tables.log_review import Finding, LogReview
from intake.tables.mark import MarkKind
from intake.tables.message import Message
from intake.tables.organisation import OrganisationKind
from intake.worker import daily
from tests.intake.region import CLOCK, NOW, later


def a_case(database, people, **telling):
    with database.unit_of_work() as session:
        return people.an_intake(session, **telling).id


def kinds_of(database, people) -> dict[SignalKind, int]:
    with database.session() as session:
        found = reviewing.find_signals(session, people.actor(session, "logbeheerder"), clock=CLOCK)
        return {one.kind: one.number for one in found}


def test_the_log_is_read_by_the_log_keeper_and_the_privacy_officer_only(log_in):
    for name, status in (("logbeheerder", 200), ("fg", 200), ("leader", 403), ("worker", 403), ("beheerder", 403)):
        log_in(name).get("/logboek", status=status)


def test_the_log_shows_the_own_gemeente_and_no_name_of_a_client(log_in, database, people):
    a_case(database, people, achternaam="Zonderlingsma")
    page = log_in("logbeheerder").get("/logboek")
    assert "Diende de intake in" in page.text
    assert "Zonderlingsma" not in page.response.text
    assert "Diende de intake in" not in log_in("fg_rotterdam").get("/logboek").text


def test_that_the_log_was_read_is_in_the_log(log_in):
    client = log_in("logbeheerder")
    client.get("/logboek")
    text = client.get("/logboek?wie=Logbeheerder").text
    assert "Bekeek het logboek" in text
    assert "regels=" in text


def test_filters_leave_what_was_asked_for(log_in, database, people):
    case = a_case(database, people)
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


def test_who_reads_a_file_of_a_namesake_stands_out_whatever_the_spelling(database, people):
    with database.unit_of_work() as session:
        session.get_one(Account, people.accounts["worker"]).naam = "Piet Kánariepiet"
    a_case(database, people)
    assert kinds_of(database, people) == {SignalKind.ACHTERNAAM: 1}


def test_many_files_on_one_day_stand_out(database, people, monkeypatch):
    monkeypatch.setattr("intake.log.signals.usual.MANY", 3)
    monkeypatch.setattr("intake.log.signals.usual.AT_LEAST", 2)
    cases = [a_case(database, people) for _ in range(4)]
    with database.unit_of_work() as session:
        for case in cases:
            dossier.open_dossier(session, people.actor(session, "leader"), case, clock=CLOCK)
    assert kinds_of(database, people) == {SignalKind.VEEL_DOSSIERS: 4}


def test_ordinary_work_does_not_stand_out(database, people):
    case = a_case(database, people)
    with database.unit_of_work() as session:
        dossier.open_dossier(session, people.actor(session), case, clock=CLOCK)
    assert kinds_of(database, people) == {}


def test_a_review_is_kept_with_name_finding_and_sealed_note(log_in, database, people):
    a_case(database, people)
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


def test_what_waits_longer_than_31_days_warns_and_is_told_once(database, people):
    a_case(database, people)
    with database.unit_of_work() as session:
        assert daily.remind_of_review(session, clock=later(days=31)) == 0
        assert daily.remind_of_review(session, clock=later(days=32)) == 1
        assert daily.remind_of_review(session, clock=later(days=33)) == 0
        assert session.scalars(select(Message.account_id)).all().count(people.accounts["logbeheerder"]) == 1
        actor = people.actor(session, "logbeheerder")
        until = reviewing.state(session, actor, clock=CLOCK).until_seq
        reviewing.review(
            session,
            actor,
            until_seq=until,
            finding=Finding.NIETS_BIJZONDERS,
            note="",
            signals_shown=0,
            clock=later(days=32),
        )
        assert not reviewing.state(session, actor, clock=later(days=32)).overdue


def test_who_opens_the_file_of_the_own_address_stands_out_without_any_file_being_opened(database, people, log_in):
    client = log_in("worker")
    client.get("/account")
    client.press("Adres bewaren", {"postcode": "2901", "huisnummer": "12"}, status=400)
    assert "Vul een postcode in" in client.page.text
    client.press("Adres bewaren", {"postcode": "2901 ab", "huisnummer": "12a"})
    a_case(database, people, brp_adres="woonadres", adres="Dorpsstraat 12 b", postcode="2901AB")
    a_case(database, people, brp_adres="woonadres", adres="Dorpsstraat 14", postcode="2901AB")
    with database.unit_of_work() as session:
        session.execute(delete(CaseKey))
    assert kinds_of(database, people) == {SignalKind.ADRES: 1}
    client.get("/account")
    client.press("Adres bewaren", {"postcode": "", "huisnummer": ""})
    assert kinds_of(database, people) == {}


def test_a_case_with_a_name_of_more_words_is_compared_by_its_last(database, people):
    with database.unit_of_work() as session:
        session.get_one(Account, people.accounts["worker"]).naam = "Piet van den Berg"
    a_case(database, people, achternaam="Berg", voorvoegsel="van den")
    a_case(database, people, achternaam="van den Berg")
    a_case(database, people, achternaam="Bergman")
    assert kinds_of(database, people) == {SignalKind.ACHTERNAAM: 2}


def test_who_opens_the_file_of_somebody_whom_many_know_stands_out(database, people):
    case = a_case(database, people)
    with database.unit_of_work() as session:
        leader = people.actor(session, "leader", later(hours=1))
        mark.put(session, leader, case, MarkKind.BEKEND, reason="Bekend van televisie.", clock=later(hours=1))
    assert kinds_of(database, people)[SignalKind.BEKEND] == 1
    names = {"Worker": 0, "Leader": 1}
    with database.session() as session:
        found = reviewing.find_signals(session, people.actor(session, "logbeheerder"), clock=CLOCK)
    assert [one.name for one in found if one.kind is SignalKind.BEKEND] == [name for name in names if names[name]]


def test_many_files_within_one_hour_stand_out(database, people, monkeypatch):
    monkeypatch.setattr("intake.log.signals.usual.MANY_AN_HOUR", 3)
    cases = [a_case(database, people) for _ in range(5)]
    with database.unit_of_work() as session:
        for number, case in enumerate(cases):
            clock = later(hours=number // 4)
            dossier.open_dossier(session, people.actor(session, "leader", clock), case, clock=clock)
    assert kinds_of(database, people) == {SignalKind.VEEL_PER_UUR: 4}


def test_the_log_of_log_ins_is_read_and_reviewed_by_the_region_and_by_nobody_else(log_in, database, people):
    with database.unit_of_work() as session:
        region = register_organisation(session, kind=OrganisationKind.REGIO, naam="De regio", now=NOW, fictief=True)
        keeper = register_account(
            session, email="regio@voorbeeld.test", naam="Rita", functie="logbeheerder", now=NOW, fictief=True
        )
        give_role(session, keeper, region, Role.LOGBEHEERDER, van=date(2026, 1, 1))
        people.accounts["regio"] = keeper.id
        people.organisations["regio"] = region.id
    a_case(database, people)
    client = log_in("regio")
    text = client.get("/logboek").text
    assert "Inloggen of uitloggen" in text
    assert "Diende de intake in" not in text
    client.get("/logboek/signalen")
    client.press("Vastleggen", {"uitkomst": "niets_bijzonders"})
    assert "Inloggen of uitloggen" not in log_in("logbeheerder").get("/logboek").text
    with database.unit_of_work() as session:
        made = session.scalars(select(LogReview)).one()
        assert made.gemeente_id == NO_TENANT
        assert not reviewing.is_overdue(session, people.actor(session, "regio"), clock=later(days=31))
        audit.record(session, people.actor(session, "regio"), Action.READ_AUDIT)
    with database.unit_of_work() as session:
        assert reviewing.is_overdue(session, people.actor(session, "regio"), clock=later(days=40))
        daily.remind_of_review(session, clock=later(days=40))
        assert people.accounts["regio"] in session.scalars(select(Message.account_id)).all()


def test_the_start_page_warns_who_must_review_and_nobody_else(log_in, database, people, monkeypatch):
    a_case(database, people)
    monkeypatch.setattr(reviewing, "EVERY", timedelta(days=-1))
    assert "31 dagen niet beoordeeld" in log_in("logbeheerder").get("/").text
    for name in ("worker", "leader", "fg"):
        assert "31 dagen niet beoordeeld" not in log_in(name).get("/").text


def test_cases_from_before_the_hashes_get_them_by_the_daily_job(database, people):
    case = a_case(database, people, achternaam="Zonderlingsma")
    with database.unit_of_work() as session:
        session.execute(update(Intake).values(achternaam_index=None, index_version=0))
        assert daily.make_findable(session) == 1
        assert daily.make_findable(session) == 0
        wanted = lookup.surname_digests(session, people.organisations["capelle"], "Piet Zonderlingsma")
        assert session.get_one(Intake, case, populate_existing=True).achternaam_index in wanted
