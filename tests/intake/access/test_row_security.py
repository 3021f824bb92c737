"""The second lock: PostgreSQL itself shows nothing of another tenant, whatever the policy layer forgets."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import create_engine, func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from intake.access import row_security
from intake.access.actor import system_actor
from intake.access.row_security import NotLocked, bind, locked_tables, require_locked
from intake.store.database import open_database
from intake.tables.audit import AuditEvent
from intake.tables.grant import GrantKind
from intake.tables.intake import Intake
from intake.tables.key import CaseKey
from intake.tables.schema import Base
from tests.conftest import MASTER_KEY
from tests.intake.access.postgres_role import ROLE, make_app_role
from tests.intake.region import CLOCK, NOW, Region, a_region, later
from tests.intake.sharing import a_grant

pytestmark = pytest.mark.postgres


@pytest.fixture
def region(postgres_url: str) -> Region:
    """The region with one case of Capelle and one of Rotterdam, made by the owner of the tables."""
    make_app_role(postgres_url)
    database = open_database(postgres_url, MASTER_KEY)
    with database.unit_of_work() as owner:
        made = a_region(owner)
        made.an_intake(owner, by="worker")
        made.an_intake(owner, by="stranger")
    database.dispose()
    return made


@pytest.fixture
def session(postgres_url: str, region: Region) -> Iterator[Session]:
    """A session of the application's role."""
    database = open_database(postgres_url, MASTER_KEY)
    with database.session() as opened:
        opened.execute(text(f"SET ROLE {ROLE}"))
        opened.commit()
        yield opened
    database.dispose()


def seen(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Intake)) or 0


def test_without_an_actor_there_is_nothing(session: Session, region: Region):
    for table in sorted(locked_tables()):
        named = Base.metadata.tables[table]
        assert session.scalar(select(func.count()).select_from(named)) == 0, table


def test_an_actor_sees_the_own_tenant_without_any_condition(session: Session, region: Region):
    bind(session, region.actor(session))
    (case,) = session.scalars(select(Intake))
    assert case.gemeente_id == region.organisations["capelle"]


def test_what_was_told_ends_with_the_transaction(session: Session, region: Region):
    bind(session, region.actor(session))
    assert seen(session) == 1
    session.info.pop(row_security.BOUND)
    session.commit()
    assert seen(session) == 0


def test_after_a_rollback_the_session_still_works_for_its_actor(session: Session, region: Region):
    bind(session, region.actor(session))
    session.rollback()
    assert seen(session) == 1


def test_a_provider_sees_nothing_but_what_a_living_grant_opens(session: Session, region: Region):
    bind(session, region.actor(session))
    (case,) = session.scalars(select(Intake))
    a_grant(session, region, case, "haven", GrantKind.VERWIJZING, until=NOW + timedelta(hours=1))
    session.commit()
    for name, clock, count in (("haven", CLOCK, 1), ("haven", later(hours=2), 0), ("anker", CLOCK, 0)):
        bind(session, region.actor(session, name, clock))
        assert seen(session) == count, (name, clock)


def test_the_keys_of_the_cases_of_another_tenant_are_not_there(session: Session, region: Region):
    bind(session, region.actor(session))
    (case,) = session.scalars(select(Intake))
    a_grant(session, region, case, "haven", GrantKind.VERWIJZING)
    session.commit()
    for name, count in (("worker", 1), ("haven", 1), ("anker", 0), ("stranger", 1)):
        bind(session, region.actor(session, name))
        assert session.scalar(select(func.count()).select_from(CaseKey)) == count, name


def test_nobody_writes_into_another_tenant(session: Session, region: Region):
    bind(session, region.actor(session))
    (case,) = session.scalars(select(Intake))
    case.gemeente_id = region.organisations["rotterdam"]
    with pytest.raises(DBAPIError, match="row-level security"):
        session.flush()


def test_the_job_worker_sees_every_tenant(session: Session, region: Region):
    bind(session, system_actor(NOW))
    assert seen(session) == 2


def test_a_look_up_across_tenants_closes_the_lock_behind_it(session: Session, region: Region):
    bind(session, region.actor(session))
    with row_security.across_tenants(session):
        assert seen(session) == 2
    assert seen(session) == 1


def test_the_application_reads_the_log_of_its_own_tenant_and_changes_no_row(session: Session, region: Region):
    bind(session, region.actor(session))
    for statement in ("UPDATE audit_event SET action = 'x'", "DELETE FROM audit_event", "TRUNCATE audit_event"):
        with pytest.raises(DBAPIError, match="permission denied"):
            session.execute(text(statement))
        session.rollback()
    assert session.scalars(select(AuditEvent.chain_id).distinct()).all() in ([], [region.organisations["capelle"]])


def test_a_role_that_passes_the_lock_is_not_served(postgres_url: str, session: Session, region: Region):
    require_locked(session.connection())
    engine = create_engine(postgres_url)
    with engine.connect() as owner, pytest.raises(NotLocked, match="SUPERUSER"):
        require_locked(owner)
    engine.dispose()


@pytest.mark.parametrize(
    "opened", ["ALTER TABLE intake NO FORCE ROW LEVEL SECURITY", "CREATE POLICY alles ON intake USING (true)"]
)
def test_a_table_that_was_opened_is_named(postgres_url: str, session: Session, region: Region, opened: str):
    session.rollback()
    engine = create_engine(postgres_url)
    with engine.begin() as owner:
        owner.execute(text(opened))
    engine.dispose()
    with pytest.raises(NotLocked, match="intake"):
        require_locked(session.connection())
