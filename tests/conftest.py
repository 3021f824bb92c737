"""Databases for the tests: every test of the data layer runs on SQLite and on PostgreSQL (`tests.engines`)."""

import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, create_engine, make_url, text
from sqlalchemy.orm import Session

from intake.store.database import Database, open_database
from intake.store.write_turn import turns_of
from tests.engines import engines_of
from tests.postgres import PostgresServer, running_postgres
from tests.thrift import thrifty

MASTER_KEY = b"proef-" + bytes(26)


@pytest.fixture(scope="session", autouse=True)
def _thrift() -> Iterator[None]:
    """Cheap hashes of passwords, and templates that are translated once for all applications."""
    with thrifty():
        yield


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
    return f"sqlite:///{_copied(sqlite_template, tmp_path)}"


@pytest.fixture
def postgres_url(postgres_server: PostgresServer, postgres_template: str) -> Iterator[str]:
    """A database of this test."""
    name = f"proef_{uuid.uuid4().hex[:12]}"
    with _databases(postgres_server) as admin:
        _make_anew(admin, name, postgres_template)
        yield postgres_server.url(name)
        admin.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture(scope="session")
def sqlite_engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """The engine for the database file of this worker, which each test finds new; it keeps translated statements."""
    made = open_database(f"sqlite:///{tmp_path_factory.mktemp('bestand') / 'toegang.db'}", MASTER_KEY)
    yield made.engine
    made.dispose()


@pytest.fixture(scope="session")
def postgres_engine(postgres_server: PostgresServer) -> Iterator[Engine]:
    """The engine for the database of this worker, which each test finds new; it keeps translated statements."""
    made = open_database(postgres_server.url(f"proef_{uuid.uuid4().hex[:12]}"), MASTER_KEY)
    yield made.engine
    made.dispose()


@pytest.fixture
def sqlite_database(sqlite_engine: Engine, sqlite_template: Path) -> Iterator[Database]:
    """A migrated, empty database on SQLite, for what is the same on both."""
    folder = Path(str(sqlite_engine.url.database)).parent
    for left in folder.iterdir():
        left.unlink()
    turns_of.cache_clear()
    _copied(sqlite_template, folder)
    yield from _of_this_test(sqlite_engine)


@pytest.fixture
def postgres_database(
    postgres_engine: Engine, postgres_server: PostgresServer, postgres_template: str
) -> Iterator[Database]:
    """A migrated, empty database on PostgreSQL."""
    with _databases(postgres_server) as admin:
        _make_anew(admin, str(postgres_engine.url.database), postgres_template)
    yield from _of_this_test(postgres_engine)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """What asks for `database` runs once for each engine on which it matters."""
    if "kind_of_database" in metafunc.fixturenames:
        kinds = engines_of(Path(metafunc.definition.path))
        metafunc.parametrize("kind_of_database", kinds, indirect=True)


@pytest.fixture
def kind_of_database(request: pytest.FixtureRequest) -> str:
    """`sqlite` or `postgresql`."""
    return request.param


@pytest.fixture
def database(request: pytest.FixtureRequest, kind_of_database: str) -> Database:
    """A migrated, empty database: once on SQLite, once on PostgreSQL, where that makes a difference."""
    return request.getfixturevalue("sqlite_database" if kind_of_database == "sqlite" else "postgres_database")


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
def lasting_database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """A migrated, empty database for a fixture that lasts longer than a test, on the engine of its parameter."""
    if request.param == "sqlite":
        folder = request.getfixturevalue("tmp_path_factory").mktemp("blijvend")
        url = f"sqlite:///{_copied(request.getfixturevalue('sqlite_template'), folder)}"
        with _opened(url) as made:
            yield made
        return
    server, template = request.getfixturevalue("postgres_server"), request.getfixturevalue("postgres_template")
    name = f"blijvend_{uuid.uuid4().hex[:12]}"
    with _databases(server) as admin:
        _make_anew(admin, name, template)
        with _opened(server.url(name)) as made:
            yield made
        admin.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


@contextmanager
def _opened(url: str) -> Iterator[Database]:
    made = open_database(url, MASTER_KEY)
    yield made
    made.dispose()


def _of_this_test(engine: Engine) -> Iterator[Database]:
    """The database of the engine; what a test listens for on it is heard in that test only."""
    yield Database(engine.execution_options(), (MASTER_KEY,))
    engine.dispose()


def _copied(template: Path, folder: Path) -> Path:
    path = folder / "toegang.db"
    shutil.copy(template, path)
    path.chmod(0o600)
    return path


def _make_anew(admin: Connection, name: str, template: str) -> None:
    admin.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
    admin.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))


@contextmanager
def _databases(server: PostgresServer) -> Iterator[Connection]:
    """A connection outside any transaction, on which databases can be made and dropped."""
    admin = create_engine(make_url(server.url("postgres")), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        yield connection
    admin.dispose()
