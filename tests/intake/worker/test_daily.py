"""What the worker does each day: reminding, blocking, anchoring, and what older versions left undone."""

import pytest
from sqlalchemy import select, update

from intake.access.act import Act
from intake.case import lookup
from intake.log import reviewing
from intake.store.database import Database
from intake.store.outbox.job import run_all
from intake.tables.account import Account
from intake.tables.intake import Intake
from intake.tables.job import Job, JobKind
from intake.tables.log_review import Finding
from intake.tables.message import Message
from intake.upkeep.chain import anchor
from intake.worker import daily
from intake.worker.worker import Installation, job_worker
from tests.intake.region import CLOCK, Region, a_filed_case, later


def test_what_waits_longer_than_31_days_warns_and_is_told_once(database, people):
    a_filed_case(database, people)
    with database.unit_of_work() as session:
        assert daily.remind_of_review(session, clock=later(days=31)) == 0
        assert daily.remind_of_review(session, clock=later(days=32)) == 1
        assert daily.remind_of_review(session, clock=later(days=33)) == 0
        assert session.scalars(select(Message.account_id)).all().count(people.accounts["logbeheerder"]) == 1
        actor = people.actor(session, "logbeheerder")
        until = reviewing.state(Act(session, actor, CLOCK)).until_seq
        reviewing.review(
            Act(session, actor, later(days=32)),
            reviewing.Reviewed(until_seq=until, finding=Finding.NIETS_BIJZONDERS, note="", signals_shown=0),
        )
        assert not reviewing.state(Act(session, actor, later(days=32))).overdue


def test_cases_from_before_the_hashes_get_them_by_the_daily_job(database, people):
    case = a_filed_case(database, people, achternaam="Zonderlingsma")
    with database.unit_of_work() as session:
        session.execute(update(Intake).values(achternaam_index=None, index_version=0))
        assert daily.make_findable(session) == 1
        assert daily.make_findable(session) == 0
        wanted = lookup.surname_digests(session, people.organisations["capelle"], "Piet Zonderlingsma")
        assert session.get_one(Intake, case, populate_existing=True).achternaam_index in wanted


@pytest.fixture
def logged(database: Database, people: Region) -> Database:
    with database.unit_of_work() as session:
        for _ in range(3):
            people.an_intake(session)
    return database


def test_each_day_the_ends_of_the_log_are_written_outside_the_database(logged, instance):
    worker = job_worker(logged, CLOCK, installation=Installation(instance))
    job_worker(logged, CLOCK, installation=Installation(instance))
    assert run_all(logged, {**worker.handlers}, CLOCK, limit=50)
    assert len(anchor.kept_anchor(instance)) == 1
    assert (instance / anchor.FILE).stat().st_mode & 0o077 == 0
    with logged.session() as session:
        waiting = session.scalars(select(Job).where(Job.kind == JobKind.LOGBOEK_ANKER, Job.state == "wacht")).all()
        assert [one.run_at > CLOCK.now() for one in waiting] == [True]
    run_all(logged, {**worker.handlers}, later(days=1), limit=50)
    assert len(anchor.kept_anchor(instance)) > 1


def test_an_account_that_nobody_uses_for_90_days_is_blocked_and_an_invented_one_is_not(database, people):
    with database.unit_of_work() as session:
        for account in session.scalars(select(Account)):
            account.fictief = account.id != people.accounts["worker"]
        session.flush()
        assert daily.block_unused(session, clock=later(days=90)) == 0
        assert daily.block_unused(session, clock=later(days=91)) == 1
        assert session.get_one(Account, people.accounts["worker"]).blocked_at is not None
