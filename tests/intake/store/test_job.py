"""The outbox: nothing that was asked for is lost, whatever happens to a worker."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from config.clock import FixedClock
from intake.store.outbox.job import MAX_ATTEMPTS, JobPostponed, JobWorker, NewJob, SlowWork, ask, run_all, run_once
from intake.tables.job import Job, JobKind, JobState

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
CLOCK = FixedClock(NOW)


def later(**delta):
    return FixedClock(NOW + timedelta(**delta))


def asked(database, **more):
    with database.unit_of_work() as session:
        ask(session, NewJob(JobKind.BERICHT, {"id": "1"}, **more), clock=CLOCK)


def the_job(database):
    with database.session(read_only=True) as session:
        return session.scalars(select(Job)).one()


class Crash(Exception):
    pass


def failing(session, payload, clock):
    raise Crash


def test_work_that_was_asked_for_is_done_once(database):
    asked(database)
    done = []
    handlers = {JobKind.BERICHT: lambda session, payload, clock: done.append(payload)}
    assert run_all(database, handlers, CLOCK) == 1
    assert done == [{"id": "1"}]
    assert the_job(database).state is JobState.KLAAR
    assert not run_once(database, handlers, CLOCK)


def test_work_of_a_transaction_that_was_rolled_back_is_never_done(database):
    with database.session() as session:
        ask(session, NewJob(JobKind.BERICHT, {}), clock=CLOCK)
        session.rollback()
    assert not run_once(database, {}, CLOCK)


def test_asking_twice_under_one_name_is_asking_once(database):
    asked(database, once="brief-1")
    asked(database, once="brief-1")
    assert the_job(database).once == "brief-1"


def test_work_that_fails_is_tried_again_later_and_longer_each_time(database):
    asked(database)
    assert run_once(database, {JobKind.BERICHT: failing}, CLOCK)
    job = the_job(database)
    assert (job.state, job.attempts, job.last_error) == (JobState.WACHT, 1, "Crash")
    assert job.run_at == NOW + timedelta(seconds=5)
    assert not run_once(database, {JobKind.BERICHT: failing}, CLOCK)
    assert run_once(database, {JobKind.BERICHT: failing}, later(seconds=5))
    assert the_job(database).run_at == NOW + timedelta(seconds=15)


def test_work_that_keeps_failing_is_given_up_and_stays_visible(database):
    asked(database)
    for attempt in range(MAX_ATTEMPTS):
        assert run_once(database, {JobKind.BERICHT: failing}, later(hours=2 * attempt))
    assert the_job(database).state is JobState.OPGEGEVEN
    assert not run_once(database, {JobKind.BERICHT: failing}, later(days=30))


def test_what_failing_work_did_is_undone(database):
    asked(database)

    def half(session, payload, clock):
        ask(session, NewJob(JobKind.CONCEPT_VERLOOPT, {}), clock=clock)
        session.flush()
        raise Crash

    run_once(database, {JobKind.BERICHT: half}, CLOCK)
    assert the_job(database).kind is JobKind.BERICHT


def test_a_worker_that_dies_leaves_its_work_to_the_next(database):
    asked(database)

    class Killed(BaseException):
        pass

    def killed(session, payload, clock):
        raise Killed

    with pytest.raises(Killed):
        run_once(database, {JobKind.BERICHT: killed}, CLOCK)
    assert the_job(database).state is JobState.BEZIG
    done = []
    handlers = {JobKind.BERICHT: lambda *_: done.append(1)}
    assert not run_once(database, handlers, later(minutes=1))
    assert run_once(database, handlers, later(minutes=3))
    assert done == [1]


def test_a_worker_that_was_too_slow_does_not_undo_the_one_that_took_over(database):
    asked(database)
    done = []

    def slow(session, payload, clock):
        session.rollback()
        run_once(database, {JobKind.BERICHT: lambda *_: done.append("quick")}, later(minutes=3))

    run_once(database, {JobKind.BERICHT: slow}, CLOCK)
    assert done == ["quick"]
    assert the_job(database).state is JobState.KLAAR


def test_postponed_work_costs_no_attempt(database):
    asked(database)

    def postponed(session, payload, clock):
        raise JobPostponed(timedelta(days=1))

    run_once(database, {JobKind.BERICHT: postponed}, CLOCK)
    job = the_job(database)
    assert (job.state, job.attempts, job.run_at) == (JobState.WACHT, 0, NOW + timedelta(days=1))


def test_two_workers_never_do_the_same_job_at_the_same_time(database):
    for _ in range(20):
        asked(database)
    done = []
    handlers = {JobKind.BERICHT: lambda *_: done.append(1)}
    threads = [threading.Thread(target=run_all, args=(database, handlers, CLOCK)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(done) == 20


def test_the_worker_thread_works_and_stops(database):
    asked(database)
    seen = threading.Event()
    worker = JobWorker(database, {JobKind.BERICHT: lambda *_: seen.set()}, CLOCK)
    worker.start()
    assert seen.wait(10)
    worker.stop()
    assert the_job(database).state is JobState.KLAAR


def test_slow_work_keeps_nobody_from_writing_while_it_is_done(database):
    kept = []

    def do(number):
        with database.unit_of_work() as other:
            ask(other, NewJob(JobKind.CONCEPT_VERLOOPT, {"draft_id": "elders"}), clock=CLOCK)
        return number + 1

    work = SlowWork(lambda *_: 1, do, lambda _session, gathered, made, _clock: kept.append((gathered, made)))
    with database.unit_of_work() as session:
        ask(session, NewJob(JobKind.BRIEF_MAKEN, {"letter_id": "een"}), clock=CLOCK)
    assert run_once(database, {JobKind.BRIEF_MAKEN: work}, CLOCK)
    assert kept == [(1, 2)]
