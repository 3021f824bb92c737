"""Databases for the tests: every test of the data layer runs on SQLite and on PostgreSQL."""

import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, create_engine, make_url, text
from sqlalchemy.orm import Session

from intake.store.database import Database, open_database
from tests.postgres import PostgresServer, running_postgres

MASTER_KEY = b"proef-" + bytes(26)
ENGINES = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgres))


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """One server for this worker of the test run; the one of TOEGANG_TEST_POSTGRES_URL when that is set."""
    with running_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_template(postgres_server: PostgresServer) -> Iterator[str]:
    """The name of a migrated, empty database that each test copies."""
    name = f"sjabloon_{uuid.uuid4().hex[:12]}"
    with _databases(postgres_server) as admin:
        admin.execute(text(f"CREATE DATABASE {name}"))
    template = open_database(postgres_server.url(name))
    template.upgrade()
    template.dispose()
    yield name
    with _databases(postgres_server) as admin:
        admin.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty database file that each test copies."""
    path = tmp_path_factory.mktemp("sjabloon") / "toegang.db"
    template = open_database(f"sqlite:///{path}")
    template.upgrade()
    with template.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
    template.dispose()
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A database file of this test."""
    path = tmp_path / "toegang.db"
    shutil.copy(sqlite_template, path)
    path.chmod(0o600)
    return f"sqlite:///{path}"


@pytest.fixture
def postgres_url(postgres_server: PostgresServer, postgres_template: str) -> Iterator[str]:
    """A database of this test."""
    name = f"proef_{uuid.uuid4().hex[:12]}"
    with _databases(postgres_server) as admin:
        admin.execute(text(f"CREATE DATABASE {name} TEMPLATE {postgres_template}"))
    yield postgres_server.url(name)
    with _databases(postgres_server) as admin:
        admin.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture(params=ENGINES)
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """A migrated, empty database: once on SQLite, once on PostgreSQL."""
    url = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    made = open_database(url, MASTER_KEY)
    yield made
    made.dispose()


@pytest.fixture
def engine(database: Database) -> Engine:
    """The engine of `database`."""
    return database.engine


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """One session on `database`; what it did not commit is rolled back."""
    with database.session() as opened:
        yield opened


@contextmanager
def _databases(server: PostgresServer) -> Iterator[Connection]:
    """A connection outside any transaction, on which databases can be made and dropped."""
    admin = create_engine(make_url(server.url("postgres")), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        yield connection
    admin.dispose()
