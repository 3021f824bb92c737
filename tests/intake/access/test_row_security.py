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
from intake.keys.keys import session_info
from intake.store.database import open_database
from intake.tables.audit import AuditEvent
from intake.tables.grant import GrantKind
from intake.tables.intake import Intake
from intake.tables.key import CaseKey
from intake.tables.schema import Base
from tests.conftest import MASTER_KEY
from tests.intake.access.postgres_role import ROLE, make_app_role
from tests.intake.world import NOW, World, a_world

pytestmark = pytest.mark.postgres


@pytest.fixture
def locked(postgres_url: str) -> Iterator[World]:
    """A world with one case of Capelle and one of Rotterdam, in a session of the application's role."""
    make_app_role(postgres_url)
    database = open_database(postgres_url, MASTER_KEY)
    with Session(database.engine, info=session_info(MASTER_KEY), expire_on_commit=False) as owner:
        world = a_world(owner)
        world.an_intake("worker")
        world.an_intake("stranger")
        owner.commit()
    with database.session() as session:
        session.execute(text(f"SET ROLE {ROLE}"))
        session.commit()
        world.session = session
        yield world
    database.dispose()


def seen(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Intake)) or 0


def test_without_an_actor_there_is_nothing(locked: World):
    for table in sorted(locked_tables()):
        named = Base.metadata.tables[table]
        assert locked.session.scalar(select(func.count()).select_from(named)) == 0, table


def test_an_actor_sees_the_own_tenant_without_any_condition(locked: World):
    bind(locked.session, locked.actor("worker"))
    (case,) = locked.session.scalars(select(Intake))
    assert case.gemeente_id == locked.org("capelle")


def test_what_was_told_ends_with_the_transaction(locked: World):
    bind(locked.session, locked.actor("worker"))
    assert seen(locked.session) == 1
    locked.session.info.pop(row_security.BOUND)
    locked.session.commit()
    assert seen(locked.session) == 0


def test_after_a_rollback_the_session_still_works_for_its_actor(locked: World):
    bind(locked.session, locked.actor("worker"))
    locked.session.rollback()
    assert seen(locked.session) == 1


def test_a_provider_sees_nothing_but_what_a_living_grant_opens(locked: World):
    bind(locked.session, locked.actor("worker"))
    (case,) = locked.session.scalars(select(Intake))
    locked.grant(case, "aanbieder_1", GrantKind.VERWIJZING, until=NOW + timedelta(hours=1))
    locked.session.commit()
    for name, moment, count in (
        ("provider", NOW, 1),
        ("provider", NOW + timedelta(hours=2), 0),
        ("other_provider", NOW, 0),
    ):
        bind(locked.session, locked.actor(name, moment))
        assert seen(locked.session) == count, (name, moment)


def test_the_keys_of_the_cases_of_another_tenant_are_not_there(locked: World):
    bind(locked.session, locked.actor("worker"))
    (case,) = locked.session.scalars(select(Intake))
    locked.grant(case, "aanbieder_1", GrantKind.VERWIJZING)
    locked.session.commit()
    for name, count in (("worker", 1), ("provider", 1), ("other_provider", 0), ("stranger", 1)):
        bind(locked.session, locked.actor(name))
        assert locked.session.scalar(select(func.count()).select_from(CaseKey)) == count, name


def test_nobody_writes_into_another_tenant(locked: World):
    bind(locked.session, locked.actor("worker"))
    (case,) = locked.session.scalars(select(Intake))
    case.gemeente_id = locked.org("rotterdam")
    with pytest.raises(DBAPIError, match="row-level security"):
        locked.session.flush()


def test_the_job_worker_sees_every_tenant(locked: World):
    bind(locked.session, system_actor(NOW))
    assert seen(locked.session) == 2


def test_a_look_up_across_tenants_closes_the_lock_behind_it(locked: World):
    bind(locked.session, locked.actor("worker"))
    with row_security.across_tenants(locked.session):
        assert seen(locked.session) == 2
    assert seen(locked.session) == 1


def test_the_application_reads_the_log_of_its_own_tenant_and_changes_no_row(locked: World):
    bind(locked.session, locked.actor("worker"))
    for statement in ("UPDATE audit_event SET action = 'x'", "DELETE FROM audit_event", "TRUNCATE audit_event"):
        with pytest.raises(DBAPIError, match="permission denied"):
            locked.session.execute(text(statement))
        locked.session.rollback()
    assert locked.session.scalars(select(AuditEvent.chain_id).distinct()).all() in ([], [locked.org("capelle")])


def test_a_role_that_passes_the_lock_is_not_served(postgres_url: str, locked: World):
    require_locked(locked.session.connection())
    engine = create_engine(postgres_url)
    with engine.connect() as owner, pytest.raises(NotLocked, match="SUPERUSER"):
        require_locked(owner)
    engine.dispose()


@pytest.mark.parametrize(
    "opened", ["ALTER TABLE intake NO FORCE ROW LEVEL SECURITY", "CREATE POLICY alles ON intake USING (true)"]
)
def test_a_table_that_was_opened_is_named(postgres_url: str, locked: World, opened: str):
    locked.session.rollback()
    engine = create_engine(postgres_url)
    with engine.begin() as owner:
        owner.execute(text(opened))
    engine.dispose()
    with pytest.raises(NotLocked, match="intake"):
        require_locked(locked.session.connection())
