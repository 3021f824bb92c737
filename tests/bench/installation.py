"""A whole installation in a folder of its own: a database with the fictive region, served as in real use."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from sqlalchemy import create_engine, text, update

from config.settings import Settings, load_settings
from intake.store.database import Database, open_database
from intake.tables.place import Place
from tests.postgres import SETTINGS, running_postgres

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = Path(sys.executable).parent
ROOM = 100_000
"""Beds of each place of the region, so that no run ends for want of beds."""
DURABLE = (*(one for one in SETTINGS if "=off" not in one), "shared_buffers=256MB")
"""PostgreSQL as it is in production: what is committed is on the disk."""
START_SECONDS = 120


class Kind(StrEnum):
    """How it is served, and on what."""

    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"
    PRODUCTION = "productie"


@dataclass(frozen=True, slots=True)
class Installation:
    """One that is running.

    Attributes:
        url: where its pages are.
        database: its database, opened here as well.
        processes: the programs that serve it.
    """

    url: str
    database: Database
    processes: tuple[int, ...]

    def processor_seconds(self) -> float:
        """Processor time used so far by its programs (without the database server): other work does not count."""
        everybody = [path for path in Path("/proc").iterdir() if path.name.isdigit()]
        stats = {int(path.name): _stat(path) for path in everybody}
        own = {pid for pid, stat in stats.items() if stat and (pid in self.processes or int(stat[1]) in self.processes)}
        return sum(int(ticks) for pid in own for ticks in stats[pid][11:13]) / os.sysconf("SC_CLK_TCK")


class DidNotStart(RuntimeError):
    """The server gave no page in time; the message holds what it said."""


@contextmanager
def running(kind: Kind) -> Iterator[Installation]:
    """An installation with the fictive region and its year of cases, for as long as the block lasts.

    `sqlite` and `postgresql` are `toegang start`; `productie` is gunicorn with two processes and the worker beside it,
    on PostgreSQL, as the README says.
    """
    with filled(kind) as (database, _, environ), ExitStack() as stack:
        port = free_port()
        log = Path(environ["TOEGANG_INSTANCE"]).parent / "log"
        started = [stack.enter_context(process(command, environ, log)) for command in _commands(kind, port)]
        wait_for(f"http://127.0.0.1:{port}/inloggen", started[0], log)
        yield Installation(f"http://127.0.0.1:{port}", database, tuple(one.pid for one in started))


@contextmanager
def filled(kind: Kind) -> Iterator[tuple[Database, Settings, dict[str, str]]]:
    """A database with the fictive region and its year of cases, not served: with its settings and environment."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="toegang-bench-")))
        environ = {**os.environ, "TOEGANG_INSTANCE": str(folder / "instance"), "TOEGANG_LOG_NIVEAU": "WARNING"}
        if kind is not Kind.SQLITE:
            server = stack.enter_context(running_postgres(DURABLE))
            environ["TOEGANG_DATABASE_URL"] = _new_database(server.url("postgres"), server.url("toegang"))
        settings = load_settings(environ, dotenv=None)
        database = open_database(settings.database_url, *settings.masters)
        stack.callback(database.dispose)
        _fill(database, settings, environ)
        yield database, settings, environ


def free_port() -> int:
    """A port at which nobody listens now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def process(
    command: list[str], environ: dict[str, str], log: Path, folder: Path = ROOT
) -> Iterator[subprocess.Popen[bytes]]:
    """A program that runs until the block ends, in the folder of the product."""
    with log.open("ab") as output:
        started = subprocess.Popen(command, cwd=folder, env=environ, stdout=output, stderr=output)
        try:
            yield started
        finally:
            started.terminate()
            started.wait(timeout=30)


def wait_for(url: str, server: subprocess.Popen[bytes], log: Path, seconds: float = START_SECONDS) -> None:
    """Ask for a page until it comes.

    Raises:
        DidNotStart: it did not come in time, or the server stopped.
    """
    end = time.monotonic() + seconds
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.05)
    raise DidNotStart(log.read_text(errors="replace")[-3_000:] if log.exists() else "no log")


def _stat(process: Path) -> list[str]:
    """What the kernel tells of a process, after its name; nothing for one that just ended."""
    try:
        return (process / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _new_database(admin: str, url: str) -> str:
    engine = create_engine(admin, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("CREATE DATABASE toegang"))
    engine.dispose()
    return url


def _fill(database: Database, settings: Settings, environ: dict[str, str]) -> None:
    """Schema, region, a year of cases, and beds enough."""
    settings.instance.mkdir(parents=True, exist_ok=True)
    database.upgrade()
    subprocess.run([PROGRAMS / "toegang", "demo"], cwd=ROOT, env=environ, check=True, stdout=subprocess.DEVNULL)
    with database.unit_of_work() as session:
        session.execute(update(Place).values(capaciteit=ROOM))


def _commands(kind: Kind, port: int) -> list[list[str]]:
    if kind is not Kind.PRODUCTION:
        return [[str(PROGRAMS / "toegang"), "start", "--port", str(port)]]
    gunicorn = [str(PROGRAMS / "gunicorn"), "--worker-class", "gthread", "--workers", "2", "--threads", "4"]
    return [
        [*gunicorn, "--bind", f"127.0.0.1:{port}", "wsgi:from_environment()"],
        [str(PROGRAMS / "toegang"), "werker"],
    ]
