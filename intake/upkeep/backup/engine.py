"""Getting a whole database out and in: SQLite by its own backup, PostgreSQL by pg_dump and pg_restore.

Both while others write: what comes out is one moment, and the sums in the manifest are of that same moment.
"""

import os
import re
import shutil
import sqlite3
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Engine, create_engine, inspect, make_url, text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from intake.access.audit.chain import anchors_now
from intake.upkeep.backup.backup import VERSION_TABLE, Content, table_sums

INSTALL = "sudo apt-get install postgresql-client"
MAY_SEE_ALL = (
    "deze databasegebruiker mag niet alle rijen zien. Maak voor back-ups een gebruiker met BYPASSRLS "
    "en zet die voor deze opdracht in TOEGANG_DATABASE_URL."
)


class ToolFailed(RuntimeError):
    """pg_dump or pg_restore is missing or refused; the message is Dutch."""


class NotEmpty(RuntimeError):
    """The database holds something; the message is Dutch and says what to do."""

    def __init__(self) -> None:
        super().__init__(
            "De database is niet leeg. Er is niets veranderd. "
            "Weet u zeker dat alles wat er nu in staat weg mag? Gebruik dan --overschrijf."
        )


def dump(engine: Engine, into: Path) -> Content:
    """Write the whole database to the file `into`.

    Raises:
        ToolFailed: pg_dump is missing or refused.
    """
    if engine.dialect.name == "sqlite":
        _copy_sqlite(_file_of(engine), into)
        with opened_copy(into) as copy, copy.connect() as connection:
            return content_of(connection)
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        connection.exec_driver_sql("SET statement_timeout = 0")
        connection.exec_driver_sql("SET idle_in_transaction_session_timeout = 0")
        snapshot = connection.scalar(text("SELECT pg_export_snapshot()"))
        _run(engine, "pg_dump", "--format=custom", "--no-owner", f"--snapshot={snapshot}", f"--file={into}")
        found = content_of(connection)
    with suppress(FileNotFoundError):
        into.chmod(0o600)
    return found


def restore(engine: Engine, source: Path, *, overwrite: bool) -> Path | None:
    """Put the dump in the place of what the database holds; where an old SQLite file was kept, if there was one.

    Raises:
        NotEmpty: there is something in it, and `overwrite` was not said.
        ToolFailed: pg_restore is missing or refused; the database is as it was.
    """
    if not overwrite and not is_empty(engine):
        raise NotEmpty
    engine.dispose()
    if engine.dialect.name == "sqlite":
        return _put_sqlite(source, _file_of(engine))
    _run(
        engine,
        "pg_restore",
        "--clean",
        "--if-exists",
        "--no-owner",
        "--single-transaction",
        "--exit-on-error",
        "--dbname",
        source=source,
    )
    return None


def is_empty(engine: Engine) -> bool:
    """Whether no table holds a row; a database without tables is empty too, a damaged one is not."""
    if engine.dialect.name == "sqlite" and damage_of(_file_of(engine)):
        return False
    with engine.connect() as connection:
        names = [name for name in inspect(connection).get_table_names() if name != VERSION_TABLE]
        quoted = [engine.dialect.identifier_preparer.quote(name) for name in names]
        return not any(connection.exec_driver_sql(f"SELECT 1 FROM {name} LIMIT 1").first() for name in quoted)  # noqa: S608 - our own table names


def content_of(connection: Connection) -> Content:
    """What the database holds, in the transaction of this connection.

    Raises:
        ToolFailed: this user of the database may not see every row, so it cannot tell.
    """
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET row_security = off")
    try:
        return _content_of(connection)
    except ProgrammingError as error:
        raise ToolFailed(MAY_SEE_ALL) from error


def _content_of(connection: Connection) -> Content:
    schema = MigrationContext.configure(connection).get_current_revision() or ""
    with Session(connection) as session:
        anchors = tuple(str(one) for one in anchors_now(session))
        return Content(connection.dialect.name, schema, anchors, table_sums(connection))


@contextmanager
def opened_copy(path: Path) -> Iterator[Engine]:
    """A SQLite file that nobody else uses, as an engine."""
    engine = create_engine(f"sqlite:///{path}")
    try:
        yield engine
    finally:
        engine.dispose()


def damage_of(path: Path) -> str:
    """What SQLite finds wrong in the file; empty when it is sound."""
    try:
        with closing(sqlite3.connect(path)) as opened:
            found = [str(row[0]) for row in opened.execute("PRAGMA integrity_check")]
    except sqlite3.DatabaseError as error:
        return str(error)
    return "" if found == ["ok"] else "; ".join(found[:3])


def _copy_sqlite(source: Path, into: Path) -> None:
    into.touch(mode=0o600)
    with closing(sqlite3.connect(source)) as origin, closing(sqlite3.connect(into)) as copy:
        origin.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
    with into.open("rb") as file:
        os.fsync(file.fileno())


def _put_sqlite(source: Path, target: Path) -> Path | None:
    """The new content in the old file, in one transaction that whoever has it open sees; a copy of the old is kept.

    A file that is no database any more is put aside whole.
    """
    kept = target.with_name(f"{target.name}.voor-herstel-{uuid.uuid4().hex[:8]}")
    if not target.exists() or not target.stat().st_size:
        _copy_sqlite(source, target)
        return None
    try:
        _copy_sqlite(target, kept)
        with closing(sqlite3.connect(source)) as origin, closing(sqlite3.connect(target)) as into:
            origin.backup(into)
    except sqlite3.DatabaseError:
        target.replace(kept)
        for suffix in ("-wal", "-shm"):
            target.with_name(target.name + suffix).unlink(missing_ok=True)
        _copy_sqlite(source, target)
    return kept


def _file_of(engine: Engine) -> Path:
    assert engine.url.database is not None
    return Path(engine.url.database)


def _run(engine: Engine, tool: str, *options: str, source: Path | None = None) -> None:
    """Run a program of PostgreSQL; the password goes in a file that only we can read, never in the arguments.

    Raises:
        ToolFailed: it is missing, or refused.
    """
    program = shutil.which(tool)
    if program is None:
        raise ToolFailed(f"{tool} ontbreekt op deze computer. Installeer het met: {INSTALL}")
    with _address(engine) as address:
        tail = [address] if source is None else [address, str(source)]
        done = subprocess.run([program, *options, *tail], capture_output=True, text=True, check=False)  # noqa: S603 - no shell, our own arguments
    if done.returncode:
        told = re.sub(r"\s+", " ", done.stderr).strip()[-400:]
        raise ToolFailed(f"{tool} lukte niet: {told}")


@contextmanager
def _address(engine: Engine) -> Iterator[str]:
    url = make_url(engine.url).set(drivername="postgresql")
    passfile = None
    if url.password:
        handle, name = tempfile.mkstemp(prefix="toegang-")
        passfile = Path(name)
        secret = str(url.password).replace("\\", "\\\\").replace(":", "\\:")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(f"*:*:*:*:{secret}\n")
        url = url.set(password=None).update_query_dict({"passfile": name})
    try:
        yield url.render_as_string(hide_password=False)
    finally:
        if passfile is not None:
            passfile.unlink(missing_ok=True)
