"""The outbox: work that is asked for in a transaction and done after its commit, at least once.

A job is claimed with a lease (PostgreSQL: SKIP LOCKED; SQLite: one writer at a time), done in a transaction of its own
together with its being marked done, and tried again later when it fails. A worker that dies lets its lease run out.
"""

import logging
import threading
import uuid
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from config.clock import Clock
from intake.store.database import Database
from intake.tables.job import Job, JobKind, JobState

LEASE = timedelta(minutes=2)
MAX_ATTEMPTS = 8
FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(hours=1)
IDLE_SECONDS = 1.0
STOP_SECONDS = 20.0

Handler = Callable[[Session, Mapping[str, Any], Clock], None]


@dataclass(frozen=True, slots=True)
class SlowWork:
    """Work that takes long: no transaction is open while it is done, so that nobody waits for the database.

    Attributes:
        gather: reads what the work needs; gives nothing when there is nothing to do any more.
        do: the work itself, without the database.
        keep: writes down what came of it, in the transaction that also marks the job done.
    """

    gather: Callable[[Session, Mapping[str, Any], Clock], Any | None]
    do: Callable[[Any], Any]
    keep: Callable[[Session, Any, Any, Clock], None]


Handlers = Mapping[JobKind, Handler | SlowWork]

_ASK = {
    dialect.dialect.name: dialect.insert(Job).on_conflict_do_nothing(index_elements=["once"])
    for dialect in (postgresql, sqlite)
}
"""The statement that asks for a job, once, for each database."""

log = logging.getLogger(__name__)


class LeaseLost(RuntimeError):
    """The lease of a job ran out while it was being done."""


class JobPostponed(Exception):
    """The work cannot be done now and that is nobody's fault; try again after `wait`, it counts as no attempt."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__("postponed")
        self.wait = wait


@dataclass(frozen=True, slots=True)
class NewJob:
    """Work to be done after the commit: at once, or from `run_at`.

    Attributes:
        payload: ids only.
        once: a name for the work; asking again under the same name changes nothing.
    """

    kind: JobKind
    payload: Mapping[str, str]
    run_at: datetime | None = None
    once: str | None = None


def ask(session: Session, wanted: NewJob, *, clock: Clock) -> None:
    """Ask for work in this transaction."""
    values = {
        "id": uuid.uuid4(),
        "kind": wanted.kind,
        "payload": dict(wanted.payload),
        "state": JobState.WACHT,
        "run_at": wanted.run_at or clock.now(),
        "attempts": 0,
        "once": wanted.once,
        "created_at": clock.now(),
    }
    session.connection().execute(_ASK[session.get_bind().dialect.name], values)


@dataclass(frozen=True, slots=True)
class Claimed:
    """A job under lease."""

    id: uuid.UUID
    kind: JobKind
    payload: Mapping[str, Any]
    attempts: int
    worker: str


def plan(session: Session, names: Collection[str], *, run_at: datetime) -> None:
    """Do the work with these names (`once`) at another time; what is being done or is done stays so."""
    waiting = update(Job).where(Job.once.in_(names), Job.state == JobState.WACHT)
    session.execute(waiting.values(run_at=run_at), execution_options={"synchronize_session": False})


def hurry(session: Session, names: Collection[str], *, clock: Clock) -> None:
    """Somebody waits for the work with these names (`once`): do it now, when it was to come later."""
    later = (Job.once.in_(names), Job.state == JobState.WACHT, Job.run_at > clock.now())
    if names and session.scalars(select(Job.id).where(*later).limit(1)).first() is not None:
        plan(session, names, run_at=clock.now())


def release(database: Database, worker: str) -> None:
    """Put back what the worker of this name had in hand when it died; what killed it too often is given up."""
    left = select(Job).where(Job.state == JobState.BEZIG, Job.worker.startswith(f"{worker}:", autoescape=True))
    with database.unit_of_work() as session:
        for job in session.scalars(left.with_for_update()):
            job.state = JobState.OPGEGEVEN if job.attempts >= MAX_ATTEMPTS else JobState.WACHT
            job.lease_until = None


def run_once(database: Database, handlers: Handlers, clock: Clock, *, worker: str = "") -> bool:
    """Claim the job that waits longest and do it; whether there was one."""
    claimed = _claim(database, clock, worker)
    if claimed is None:
        return False
    try:
        _carry_out(handlers[claimed.kind], database, claimed, clock)
    except JobPostponed as postponed:
        _postpone(database, claimed, at=clock.now() + postponed.wait)
    except Exception as error:  # noqa: BLE001 - whatever it was: the job is kept, and tried again or given up
        log.warning(
            "taak mislukt", extra={"taak": str(claimed.id), "soort": claimed.kind, "fout": type(error).__name__}
        )
        _again(database, claimed, clock, error=type(error).__name__)
    return True


def _carry_out(handler: Handler | SlowWork, database: Database, claimed: Claimed, clock: Clock) -> None:
    """Do the job and mark it done, in one transaction; slow work is done before that transaction opens."""
    if not isinstance(handler, SlowWork):
        with database.unit_of_work() as session:
            handler(session, claimed.payload, clock)
            _finish(session, claimed, clock)
        return
    with database.reading() as session:
        gathered = handler.gather(session, claimed.payload, clock)
    result = None if gathered is None else handler.do(gathered)
    with database.unit_of_work() as session:
        if gathered is not None:
            handler.keep(session, gathered, result, clock)
        _finish(session, claimed, clock)


def run_all(database: Database, handlers: Handlers, clock: Clock, *, limit: int = 10_000) -> int:
    """Do everything that can be done now; how many jobs were tried. For tests, the demo and the command line."""
    done = 0
    while done < limit and run_once(database, handlers, clock):
        done += 1
    return done


@dataclass(slots=True)
class JobWorker:
    """A thread that does the work of the outbox until it is stopped.

    Attributes:
        name: under which it claims jobs; who is started in its place with the same name goes on at once with what it
            left behind, and need not wait until the lease runs out.
    """

    database: Database
    handlers: Handlers
    clock: Clock
    name: str = field(default_factory=lambda: uuid.uuid4().hex)
    _stop: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin; a second start changes nothing."""
        if self._thread is None:
            self._thread = threading.Thread(target=self.run, name="taken", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Let the job in hand end, then stop."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(STOP_SECONDS)
            self._thread = None

    def run(self) -> None:
        """Work until `stop`; for a process of its own (production)."""
        with suppress(OperationalError):
            release(self.database, self.name)
        while not self._stop.is_set():
            if not self._one():
                self._stop.wait(IDLE_SECONDS)

    def _one(self) -> bool:
        try:
            return run_once(self.database, self.handlers, self.clock, worker=self.name)
        except Exception as error:  # noqa: BLE001 - the database is away: wait and try again, the worker lives on
            log.warning("taken wachten op de database", extra={"fout": type(error).__name__})
            return False


def _claim(database: Database, clock: Clock, worker: str) -> Claimed | None:
    """Take the first job that may run: waiting, or left behind by a worker whose lease ran out."""
    now = clock.now()
    free = or_(Job.state == JobState.WACHT, (Job.state == JobState.BEZIG) & (Job.lease_until < now))
    query = select(Job).where(free, Job.run_at <= now).order_by(Job.run_at, Job.created_at).limit(1)
    with database.reading() as session:
        if session.scalars(query).first() is None:
            return None
    with database.unit_of_work() as session:
        job = session.scalars(query.with_for_update(skip_locked=True)).first()
        if job is None:
            return None
        job.state, job.lease_until, job.worker = JobState.BEZIG, now + LEASE, f"{worker}:{uuid.uuid4().hex}"
        job.attempts += 1
        return Claimed(job.id, job.kind, dict(job.payload), job.attempts, job.worker)


def _finish(session: Session, claimed: Claimed, clock: Clock) -> None:
    """Mark it done in the transaction of the work itself.

    Raises:
        LeaseLost: it took so long that another worker has taken it over; this transaction is rolled back.
    """
    job = _held(session, claimed)
    if job is None:
        raise LeaseLost("another worker does this job now")
    job.state, job.done_at, job.lease_until, job.last_error = JobState.KLAAR, clock.now(), None, None


def _postpone(database: Database, claimed: Claimed, *, at: datetime) -> None:
    """Put it back for later; this was no attempt."""
    with database.unit_of_work() as session:
        job = _held(session, claimed)
        if job is not None:
            job.attempts -= 1
            job.state, job.run_at, job.lease_until, job.last_error = JobState.WACHT, at, None, None


def _again(database: Database, claimed: Claimed, clock: Clock, *, error: str) -> None:
    """Put it back to be tried again, or give it up when it failed too often; a person then sees it."""
    with database.unit_of_work() as session:
        job = _held(session, claimed)
        if job is None:
            return
        given_up = job.attempts >= MAX_ATTEMPTS
        job.state = JobState.OPGEGEVEN if given_up else JobState.WACHT
        job.run_at, job.lease_until, job.last_error = clock.now() + _wait(claimed.attempts), None, error
        if given_up:
            job.done_at = clock.now()


def _held(session: Session, claimed: Claimed) -> Job | None:
    query = select(Job).where(Job.id == claimed.id, Job.state == JobState.BEZIG, Job.worker == claimed.worker)
    return session.scalars(query.with_for_update()).first()


def _wait(attempts: int) -> timedelta:
    """Five seconds, then twice as long each time, never more than an hour."""
    return min(FIRST_WAIT * (1 << (attempts - 1)), LONGEST_WAIT)
