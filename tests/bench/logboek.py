"""Verifying a log of a million rows: made by the chain's own code, then read and checked as the command does.

    bin/bench logboek [rows] [sqlite|postgresql]

For SQLite and PostgreSQL: how long it takes, and how much memory at most. What is measured
is wall-clock and processor time; the check is one process on one core.
"""

import resource
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import create_engine, insert, text, update

from intake.access.action import Action
from intake.access.actor import Actor
from intake.access.audit import audit, log_key
from intake.access.audit.chain import FIRST, chained, verify_log
from intake.keys.keys import tenant_key
from intake.store.database import Database, open_database
from intake.tables.account import Role
from intake.tables.audit import AuditEvent, AuditHead
from intake.tables.key import KeyPurpose
from tests.bench.say import say
from tests.postgres import SETTINGS, running_postgres

MASTER = b"meting" + bytes(26)
ROWS, BATCH = 1_000_000, 10_000
BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
DURABLE = (*(one for one in SETTINGS if "=off" not in one), "shared_buffers=256MB")


def main(arguments: list[str]) -> int:
    """Measure both; with `--check URL` only verify, in a process whose memory nothing else has used."""
    if arguments[:1] == ["--check"]:
        return _check(arguments[1])
    rows = int(arguments[0]) if arguments else ROWS
    for kind in arguments[1:] or ("sqlite", "postgresql"):
        with _empty(kind) as database:
            began = time.monotonic()
            _fill(database, rows)
            say(f"{kind}: {rows} rows made in {time.monotonic() - began:.0f} s")
            url = database.engine.url.render_as_string(hide_password=False)
            subprocess.run([sys.executable, "-m", "tests.bench", "logboek", "--check", url], check=False)
    return 0


def _check(url: str) -> int:
    database = open_database(url, MASTER)
    before, began, busy = _memory(), time.monotonic(), time.process_time()
    with database.reading() as session:
        broken = verify_log(session)
        rows = session.query(AuditHead).one().seq
    wall, processor = time.monotonic() - began, time.process_time() - busy
    say(
        f"verified {rows} rows in {wall:.1f} s, processor {processor:.1f} s: {1e6 * processor / rows:.1f} µs a row; "
        f"memory {before:.0f} MB before, {_memory():.0f} MB at most; breaks: {len(broken)}"
    )
    return int(bool(broken))


def _fill(database: Database, rows: int) -> None:
    """A chain of one gemeente, with the key renewed halfway; the same code as in use, in batches."""
    chain = uuid.uuid4()
    with database.unit_of_work() as session:
        _, key = tenant_key(session, chain, KeyPurpose.LOGBOEK)
        session.add(AuditHead(chain_id=chain, seq=0, hash=FIRST))
    last, seq = FIRST, 0
    for start in range(0, rows, BATCH):
        with database.unit_of_work() as session:
            if start == rows // 2 // BATCH * BATCH and start:
                log_key.renew_log_keys(session, chain)
                _, key = tenant_key(session, chain, KeyPurpose.LOGBOEK)
            made = []
            for number in range(start, min(start + BATCH, rows)):
                row = chained(key, seq + 1, last, _entry(chain, number))
                seq, last = row["seq"], row["hash"]
                made.append(row)
            session.execute(insert(AuditEvent), made)
            session.execute(update(AuditHead).where(AuditHead.chain_id == chain).values(seq=seq, hash=last))


def _entry(chain: uuid.UUID, number: int) -> audit.Entry:
    actor = Actor(
        account_id=uuid.UUID(int=number % 40),
        naam="Fatima el Amrani",
        functie="wijkteammedewerker",
        organisation_id=uuid.UUID(int=number % 7),
        tenant_id=chain,
        roles=frozenset({Role.WIJKTEAMMEDEWERKER}),
        moment=BEGAN + timedelta(seconds=number),
        trace_id=f"{number:012x}",
    )
    made = audit.entry(actor, Action.READ_INTAKE, rule="intake:lezen/wijkteammedewerker/eigen_gemeente")
    case = uuid.UUID(int=number // 9)
    return replace(made, subject_kind="intake", object_id=case, subject_id=case)


@contextmanager
def _empty(kind: str) -> Iterator[Database]:
    if kind == "sqlite":
        with tempfile.TemporaryDirectory(prefix="toegang-bench-") as folder:
            yield from _opened(f"sqlite:///{Path(folder) / 'meting' / 'toegang.db'}")
        return
    with running_postgres(DURABLE) as server:
        engine = create_engine(server.url("postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text("CREATE DATABASE meting"))
        engine.dispose()
        yield from _opened(server.url("meting"))


def _opened(url: str) -> Iterator[Database]:
    database = open_database(url, MASTER)
    database.upgrade()
    try:
        yield database
    finally:
        database.dispose()


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
