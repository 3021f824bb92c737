"""The database: one engine for SQLite or PostgreSQL, sessions on it, and the schema that it must have.

A verb of `intake` gets a session and never commits. The web commits once per request, the job worker once per job;
both through `Database.unit_of_work`.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from intake.access.row_security import bind_system
from intake.keys.keys import session_info
from intake.store.write_turn import Turns, turns_of

MIGRATIONS = Path(__file__).parent.parent / "migrations"

SQLITE_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "busy_timeout=5000",
    "trusted_schema=OFF",
    "secure_delete=ON",
    "cell_size_check=ON",
)
POSTGRES_OPTIONS = (
    "-c statement_timeout=5s -c lock_timeout=2s -c idle_in_transaction_session_timeout=15s -c timezone=UTC"
)
POOL_SIZE = 5
POOL_WAIT_SECONDS = 3
READ_ONLY = "toegang_read_only"
"""Execution option: this transaction only reads, so on SQLite it need not take the write lock at once."""
KEPT = "toegang_kept"
"""In a session that keeps: what it has loaded."""
TURN = "toegang_write_turn"
"""On a connection: it has its turn to write."""


class DatabaseFileUnsafe(RuntimeError):
    """The database file can be read by others on this machine; the message is Dutch and says what to do."""


class SchemaNotCurrent(RuntimeError):
    """The database is not at the version that this program needs; the message is Dutch and says what to do."""


class UnknownDatabase(ValueError):
    """The URL names a kind of database that Toegang does not know; the message is Dutch."""


class DriverMissing(UnknownDatabase):
    """PostgreSQL is asked for, and what speaks to it is not installed; the message is Dutch and says what to do."""


class KeepingSession(Session):
    """A session that holds on to every row that it loads; other sessions forget what nobody else holds."""


@event.listens_for(KeepingSession, "loaded_as_persistent")
@event.listens_for(KeepingSession, "pending_to_persistent")
def _keep(session: Session, row: object) -> None:
    session.info.setdefault(KEPT, []).append(row)


@dataclass(frozen=True, slots=True)
class Database:
    """The one database of an installation; safe to share between threads."""

    engine: Engine
    masters: tuple[bytes, ...] = field(default=(), repr=False)
    """The master keys with which sessions seal and open; the newest first."""

    def session(self, *, read_only: bool = False, keeps: bool = False) -> Session:
        """A new session. On SQLite it takes the write lock at its first statement, unless `read_only`.

        Args:
            read_only: it only reads, and keeps nobody from writing.
            keeps: it holds on to every row that it loads until it ends, so that none is asked for twice by its key.
                For a request; a session that goes through a whole table lets go of what it has seen.
        """
        bind = self.engine.execution_options(**{READ_ONLY: True}) if read_only else self.engine
        info = session_info(*self.masters) if self.masters else None
        kind = KeepingSession if keeps else Session
        return kind(bind=bind, info=info, expire_on_commit=False)

    @contextmanager
    def unit_of_work(self) -> Iterator[Session]:
        """A session of the program itself that commits when the block ends well and rolls back when it does not."""
        with self.session() as session:
            bind_system(session)
            yield session
            session.commit()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session of the program itself that only reads, and keeps nobody from writing."""
        with self.session(read_only=True) as session:
            bind_system(session)
            yield session

    def upgrade(self) -> None:
        """Bring the schema to the newest version; nothing happens when it is there already.

        SQLite makes some tables anew, with what points at them; so the keys are not looked at until the end.
        """
        with self.engine.connect() as connection:
            sqlite = connection.dialect.name == "sqlite"
            raw: Any = connection.connection.driver_connection
            try:
                if sqlite:
                    raw.execute("PRAGMA foreign_keys=OFF")
                with connection.begin():
                    command.upgrade(alembic_config(connection), "head")
            finally:
                if sqlite:
                    raw.execute("PRAGMA foreign_keys=ON")

    def assert_current(self) -> None:
        """Check that the schema is the one this program was written for.

        Raises:
            SchemaNotCurrent: it is older or newer.
        """
        wanted = newest_schema()
        with self.engine.connect() as connection:
            found = MigrationContext.configure(connection).get_current_revision()
        if found != wanted:
            raise SchemaNotCurrent(
                f"De database heeft versie {found or 'geen'} en dit programma heeft versie {wanted} nodig. "
                "Voer “toegang start” uit (ingebouwde database) of “alembic upgrade head” (PostgreSQL)."
            )

    def dispose(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def open_database(url: str, *masters: bytes) -> Database:
    """The database at `url`: `sqlite:///path` or `postgresql+psycopg://…`. Makes the SQLite file, 0600, if need be.

    Args:
        url: where it is.
        masters: the master keys (`Settings.master_key`), newest first; without one nothing sealed can be read.

    Raises:
        DatabaseFileUnsafe: the SQLite file or its folder is open to others.
        DriverMissing: PostgreSQL is asked for without its driver, which comes with `bin/setup productie`.
        UnknownDatabase: the URL names another kind of database, or no file.
    """
    backend = make_url(url).get_backend_name()
    if backend == "sqlite":
        return Database(_sqlite(url), masters)
    if backend == "postgresql":
        return Database(_postgres(url), masters)
    raise UnknownDatabase("TOEGANG_DATABASE_URL moet beginnen met sqlite:/// of postgresql+psycopg://")


def newest_schema() -> str | None:
    """The version of the schema for which this program was written."""
    return ScriptDirectory.from_config(alembic_config()).get_current_head()


def alembic_config(connection: Connection | None = None) -> Config:
    """Alembic pointed at our migrations, working on `connection` when one is given."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def _sqlite(url: str) -> Engine:
    path = make_url(url).database
    if path is None or path in ("", ":memory:"):
        raise UnknownDatabase("TOEGANG_DATABASE_URL moet een bestand noemen: sqlite:////pad/naar/toegang.db")
    _protect(Path(path))
    engine = create_engine(
        url, pool_size=POOL_SIZE, pool_timeout=POOL_WAIT_SECONDS, connect_args={"check_same_thread": False}
    )
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)
    event.listen(engine, "checkin", _end_turn)
    return engine


def _postgres(url: str) -> Engine:
    try:
        return create_engine(
            url,
            pool_size=POOL_SIZE,
            max_overflow=0,
            pool_timeout=POOL_WAIT_SECONDS,
            pool_pre_ping=True,
            connect_args={"options": POSTGRES_OPTIONS, "connect_timeout": 3},
        )
    except ImportError as error:
        raise DriverMissing(
            "Het stuurprogramma voor PostgreSQL (psycopg) ontbreekt. "
            "Voer “bin/setup productie” uit en probeer het opnieuw."
        ) from error


def _protect(path: Path) -> None:
    """Make the folder 0700 and the file 0600 when new; refuse what others can read."""
    if not path.parent.exists():
        path.parent.mkdir(mode=0o700, parents=True)
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise DatabaseFileUnsafe(
            f"Anderen op deze computer kunnen {path.name} lezen. Voer dit uit en start opnieuw: chmod 600 {path}"
        )


def _set_pragmas(connection: sqlite3.Connection, record: object) -> None:
    """Settings of each new connection; the driver's own transactions go off, `_begin` starts them."""
    del record
    connection.isolation_level = None
    for pragma in SQLITE_PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    """Take the write lock at once: a transaction that reads first and writes later can be refused halfway."""
    options: Any = connection.get_execution_options()
    if options.get(READ_ONLY):
        connection.exec_driver_sql("BEGIN DEFERRED")
        return
    if TURN not in connection.info:
        turns = turns_of(str(connection.engine.url.database))
        if turns.take():
            connection.info[TURN] = turns
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _end_turn(connection: sqlite3.Connection | None, record: ConnectionPoolEntry) -> None:
    """The transaction is over and the connection back in the pool: the next writer may begin."""
    del connection
    turns: Turns | None = record.info.pop(TURN, None)
    if turns is not None:
        turns.give()
