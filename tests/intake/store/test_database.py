"""The database as it must be opened: durable, private, and never half locked."""

import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select, text

from intake.people.organisations.organisation import Registration, register_organisation
from intake.store.database import DatabaseFileUnsafe, DriverMissing, open_database
from intake.tables.organisation import Organisation, OrganisationKind

PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "busy_timeout": 5000,
    "trusted_schema": 0,
    "secure_delete": 1,
}
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def test_sqlite_is_durable_and_strict(sqlite_url):
    database = open_database(sqlite_url)
    with database.engine.connect() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in (
                "journal_mode",
                "synchronous",
                "foreign_keys",
                "busy_timeout",
                "trusted_schema",
                "secure_delete",
            )
        }
    database.dispose()
    assert found == PRAGMAS


def test_postgres_gives_up_on_what_takes_too_long(postgres_url):
    database = open_database(postgres_url)
    with database.engine.connect() as connection:
        found = [
            connection.execute(text(f"SHOW {name}")).scalar()
            for name in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
        ]
    database.dispose()
    assert found == ["5s", "2s", "15s"]


def test_a_new_database_file_is_for_its_owner_only(tmp_path):
    path = tmp_path / "map" / "toegang.db"
    open_database(f"sqlite:///{path}").dispose()
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_a_database_file_that_others_can_read_is_refused(tmp_path):
    path = Path(tmp_path / "toegang.db")
    path.touch(mode=0o644)
    path.chmod(0o644)
    with pytest.raises(DatabaseFileUnsafe, match="chmod 600"):
        open_database(f"sqlite:///{path}")


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "mysql://x/y"])
def test_another_kind_of_database_is_refused(url):
    with pytest.raises(ValueError, match="TOEGANG_DATABASE_URL"):
        open_database(url)


def test_postgres_without_its_driver_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(DriverMissing, match="bin/setup productie"):
        open_database("postgresql+psycopg://iemand@localhost/toegang")


def test_twenty_writers_at_once_all_get_their_turn(database):
    def write(number):
        with database.unit_of_work() as session:
            session.scalars(select(Organisation)).all()
            register_organisation(
                session, Registration(kind=OrganisationKind.AANBIEDER, naam=f"Aanbieder {number}"), now=NOW
            )

    threads = [threading.Thread(target=write, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.session(read_only=True) as session:
        assert len(session.scalars(select(Organisation)).all()) == 20


def test_a_block_that_fails_leaves_nothing(database):
    class Stop(Exception):
        pass

    def fail():
        with database.unit_of_work() as session:
            register_organisation(session, Registration(kind=OrganisationKind.AANBIEDER, naam="Half"), now=NOW)
            raise Stop

    with pytest.raises(Stop):
        fail()
    with database.session(read_only=True) as session:
        assert session.scalars(select(Organisation)).all() == []


def test_moments_come_back_in_utc(database):
    with database.unit_of_work() as session:
        register_organisation(session, Registration(kind=OrganisationKind.AANBIEDER, naam="Klok"), now=NOW)
    with database.session() as session:
        assert session.scalars(select(Organisation)).one().created_at == NOW
        assert session.scalars(select(Organisation)).one().created_at.tzinfo is UTC
