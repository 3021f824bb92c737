"""`toegang start` and the worker beside it, as real processes: whichever dies, nothing is lost and nothing lingers."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from config.clock import SystemClock
from config.settings import Settings, load_settings
from intake.cli.worker.worker_process import WorkerProcess
from intake.letters import letter
from intake.store.database import Database, open_database
from intake.store.outbox import job
from intake.tables.job import Job, JobKind, JobState
from intake.tables.letter import Letter, LetterState
from tests.bench.installation import free_port, wait_for
from tests.intake.region import CLOCK, a_region

LONG = 60.0


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "TOEGANG_INSTANCE": str(tmp_path / "instance"),
        "TOEGANG_LOG_NIVEAU": "WARNING",
    }


@pytest.fixture
def settings(environ: dict[str, str]) -> Settings:
    return load_settings(environ, dotenv=None)


@pytest.fixture
def installed(settings: Settings) -> Iterator[Database]:
    """An installation with a case in it."""
    settings.instance.mkdir(mode=0o700, exist_ok=True)
    made = open_database(settings.database_url, settings.master_key)
    made.upgrade()
    yield made
    made.dispose()


def waits_for(what: Callable[[], object], seconds: float = LONG) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if what():
            return True
        time.sleep(0.05)
    return False


def alive(pid: int) -> bool:
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def children(pid: int) -> list[int]:
    found = []
    for one in Path("/proc").iterdir():
        if one.name.isdigit():
            with suppress(OSError):
                if int((one / "stat").read_text().rpartition(")")[2].split()[1]) == pid:
                    found.append(int(one.name))
    return [one for one in found if alive(one)]


@contextmanager
def served(environ: dict[str, str], tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """`toegang start`, with its first page there and its worker running."""
    port, log = free_port(), tmp_path / "log"
    command = [sys.executable, "-m", "intake.cli", "start", "--port", str(port)]
    with log.open("ab") as output:
        server = subprocess.Popen(command, env=environ, stdout=output, stderr=output)
    try:
        wait_for(f"http://127.0.0.1:{port}/inloggen", server, log)
        assert waits_for(lambda: children(server.pid))
        yield server
    finally:
        server.kill()
        server.wait()


def letters(database: Database) -> list[Letter]:
    with database.reading() as session:
        return list(session.scalars(select(Letter)))


def ask_for_letter(database: Database) -> None:
    """A case whose letter may be made now, and all other work on it in a year: whatever the day of the clock is."""
    with database.unit_of_work() as session:
        a_region(session).an_intake(session)
        session.execute(update(Job).values(run_at=SystemClock().now() + timedelta(days=365)))
        names = [letter.job_name(one) for one in session.scalars(select(Letter.id))]
        job.plan(session, names, run_at=SystemClock().now())


def test_a_worker_that_is_killed_is_started_again_and_the_letter_comes_once(installed, environ, tmp_path):
    with served(environ, tmp_path) as server:
        first = children(server.pid)
        os.kill(first[0], signal.SIGKILL)
        ask_for_letter(installed)
        assert waits_for(lambda: [one for one in letters(installed) if one.state is LetterState.KLAAR])
        assert children(server.pid) != first
    assert [one.state for one in letters(installed)] == [LetterState.KLAAR]


def test_work_that_was_in_hand_when_the_worker_was_killed_is_done_at_once(installed, environ, tmp_path):
    ask_for_letter(installed)
    with installed.unit_of_work() as session:
        for one in session.scalars(select(Job).where(Job.kind == JobKind.BRIEF_MAKEN)):
            one.state, one.worker, one.attempts = JobState.BEZIG, "start-a:1", 1
            one.lease_until = SystemClock().now() + job.LEASE
    job.release(installed, "start-b")
    assert not job.run_once(installed, {}, SystemClock())
    job.release(installed, "start-a")
    with installed.reading() as session:
        assert session.scalars(select(Job.state).where(Job.kind == JobKind.BRIEF_MAKEN)).all() == [JobState.WACHT]


def test_work_that_kills_its_worker_again_and_again_is_given_up(installed):
    ask_for_letter(installed)
    with installed.unit_of_work() as session:
        for one in session.scalars(select(Job).where(Job.kind == JobKind.BRIEF_MAKEN)):
            one.state, one.worker, one.attempts = JobState.BEZIG, "start-a:1", job.MAX_ATTEMPTS
    job.release(installed, "start-a")
    with installed.reading() as session:
        assert session.scalars(select(Job.state).where(Job.kind == JobKind.BRIEF_MAKEN)).all() == [JobState.OPGEGEVEN]


def test_the_worker_ends_when_the_server_is_killed(installed, environ, tmp_path):
    with served(environ, tmp_path) as server:
        left = children(server.pid)
        server.kill()
        server.wait()
        assert waits_for(lambda: not any(alive(one) for one in left))


@pytest.fixture
def in_the_background():
    """As a shell without job control starts a program with `&`: SIGINT ignored, and so inherited."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    yield
    signal.signal(signal.SIGINT, before)


def test_a_server_that_was_started_in_the_background_stops_when_told(environ, tmp_path, in_the_background):
    with served(environ, tmp_path) as server:
        server.send_signal(signal.SIGINT)
        assert server.wait(LONG) == 0


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_server_and_worker_stop_when_they_are_told_to(installed, environ, tmp_path, told):
    with served(environ, tmp_path) as server:
        left = children(server.pid)
        server.send_signal(told)
        assert server.wait(LONG) == 0
        assert not any(alive(one) for one in left)
    assert "Traceback" not in (tmp_path / "log").read_text()


def test_the_worker_gives_way_to_the_pages(installed, environ, tmp_path):
    with served(environ, tmp_path) as server:
        own = os.getpriority(os.PRIO_PROCESS, server.pid)
        assert waits_for(lambda: os.getpriority(os.PRIO_PROCESS, children(server.pid)[0]) > own)


def test_a_worker_that_was_stopped_before_it_began_is_not_started():
    worker = WorkerProcess()
    worker.stop()
    worker.start()
    assert worker.pid is None


def test_a_letter_that_somebody_waits_for_is_made_before_its_time(installed):
    ask_for_letter(installed)
    later = CLOCK.now() + 3 * job.LONGEST_WAIT
    (one,) = letters(installed)
    with installed.unit_of_work() as session:
        job.plan(session, [letter.job_name(one.id)], run_at=later)
    with installed.unit_of_work() as session:
        letter.awaited_letters(session, one.intake_id, clock=CLOCK)
    with installed.reading() as session:
        assert session.scalars(select(Job.run_at).where(Job.kind == JobKind.BRIEF_MAKEN)).one() == CLOCK.now()
