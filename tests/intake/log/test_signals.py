"""What stands out in the log, so that somebody looks at it."""

from sqlalchemy import delete

from intake.access.act import Act
from intake.dossier import dossier
from intake.log import reviewing
from intake.log.signals.signal import SignalKind
from intake.rights.marks import mark
from intake.tables.account import Account
from intake.tables.key import CaseKey
from intake.tables.mark import MarkKind
from tests.intake.region import CLOCK, a_filed_case, later


def kinds_of(database, people) -> dict[SignalKind, int]:
    with database.session() as session:
        found = reviewing.find_signals(Act(session, people.actor(session, "logbeheerder"), CLOCK))
        return {one.kind: one.number for one in found}


def test_who_reads_a_file_of_a_namesake_stands_out_whatever_the_spelling(database, people):
    with database.unit_of_work() as session:
        session.get_one(Account, people.accounts["worker"]).naam = "Piet Kánariepiet"
    a_filed_case(database, people)
    assert kinds_of(database, people) == {SignalKind.ACHTERNAAM: 1}


def test_many_files_on_one_day_stand_out(database, people, monkeypatch):
    monkeypatch.setattr("intake.log.signals.usual.MANY", 3)
    monkeypatch.setattr("intake.log.signals.usual.AT_LEAST", 2)
    cases = [a_filed_case(database, people) for _ in range(4)]
    with database.unit_of_work() as session:
        for case in cases:
            dossier.open_dossier(Act(session, people.actor(session, "leader"), CLOCK), case)
    assert kinds_of(database, people) == {SignalKind.VEEL_DOSSIERS: 4}


def test_ordinary_work_does_not_stand_out(database, people):
    case = a_filed_case(database, people)
    with database.unit_of_work() as session:
        dossier.open_dossier(Act(session, people.actor(session), CLOCK), case)
    assert kinds_of(database, people) == {}


def test_who_opens_the_file_of_the_own_address_stands_out_without_any_file_being_opened(database, people, log_in):
    client = log_in("worker")
    client.get("/account")
    client.press("Adres bewaren", {"postcode": "2901", "huisnummer": "12"}, status=400)
    assert "Vul een postcode in" in client.page.text
    client.press("Adres bewaren", {"postcode": "2901 ab", "huisnummer": "12a"})
    a_filed_case(database, people, brp_adres="woonadres", adres="Dorpsstraat 12 b", postcode="2901AB")
    a_filed_case(database, people, brp_adres="woonadres", adres="Dorpsstraat 14", postcode="2901AB")
    with database.unit_of_work() as session:
        session.execute(delete(CaseKey))
    assert kinds_of(database, people) == {SignalKind.ADRES: 1}
    client.get("/account")
    client.press("Adres bewaren", {"postcode": "", "huisnummer": ""})
    assert kinds_of(database, people) == {}


def test_a_case_with_a_name_of_more_words_is_compared_by_its_last(database, people):
    with database.unit_of_work() as session:
        session.get_one(Account, people.accounts["worker"]).naam = "Piet van den Berg"
    a_filed_case(database, people, achternaam="Berg", voorvoegsel="van den")
    a_filed_case(database, people, achternaam="van den Berg")
    a_filed_case(database, people, achternaam="Bergman")
    assert kinds_of(database, people) == {SignalKind.ACHTERNAAM: 2}


def test_who_opens_the_file_of_somebody_whom_many_know_stands_out(database, people):
    case = a_filed_case(database, people)
    with database.unit_of_work() as session:
        leader = people.actor(session, "leader", later(hours=1))
        mark.put(Act(session, leader, later(hours=1)), case, MarkKind.BEKEND, reason="Bekend van televisie.")
    assert kinds_of(database, people)[SignalKind.BEKEND] == 1
    names = {"Worker": 0, "Leader": 1}
    with database.session() as session:
        found = reviewing.find_signals(Act(session, people.actor(session, "logbeheerder"), CLOCK))
    assert [one.name for one in found if one.kind is SignalKind.BEKEND] == [name for name in names if names[name]]


def test_many_files_within_one_hour_stand_out(database, people, monkeypatch):
    monkeypatch.setattr("intake.log.signals.usual.MANY_AN_HOUR", 3)
    cases = [a_filed_case(database, people) for _ in range(5)]
    with database.unit_of_work() as session:
        for number, case in enumerate(cases):
            clock = later(hours=number // 4)
            dossier.open_dossier(Act(session, people.actor(session, "leader", clock), clock), case)
    assert kinds_of(database, people) == {SignalKind.VEEL_PER_UUR: 4}
