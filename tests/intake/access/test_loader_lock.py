"""On SQLite too, a query that forgot the policy shows nothing of another tenant."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session, aliased

from intake.access.actor import system_actor
from intake.access.row_security import across_tenants, bind
from intake.store.database import open_database
from intake.tables.grant import GrantKind
from intake.tables.intake import Intake
from intake.tables.letter import Letter
from intake.tables.referral import Referral
from tests.conftest import MASTER_KEY
from tests.intake.region import CLOCK, NOW, Region, a_region, later
from tests.intake.sharing import a_grant, a_referral


@pytest.fixture
def session(sqlite_url: str) -> Iterator[Session]:
    """A session on SQLite, on which nobody is bound yet."""
    database = open_database(sqlite_url, MASTER_KEY)
    with database.session() as opened:
        yield opened
    database.dispose()


@pytest.fixture
def region(session: Session) -> Region:
    """A case with letters in each of two gemeenten."""
    made = a_region(session)
    for name in ("worker", "stranger"):
        a_referral(session, made, made.an_intake(session, by=name), "haven")
    session.commit()
    session.expunge_all()
    return made


def cases(session: Session) -> int:
    return session.scalar(select(func.count(Intake.id))) or 0


def test_a_query_without_any_condition_gives_the_own_tenant(session: Session, region: Region):
    bind(session, region.actor(session))
    assert [case.gemeente_id for case in session.scalars(select(Intake))] == [region.organisations["capelle"]]
    assert {letter.gemeente_id for letter in session.scalars(select(Letter))} == {region.organisations["capelle"]}
    assert cases(session) == 1


def test_a_row_asked_by_its_key_by_an_alias_or_in_a_join_is_not_there_either(session: Session, region: Region):
    foreign = session.scalars(select(Intake.id).where(Intake.gemeente_id == region.organisations["rotterdam"])).one()
    bind(session, region.actor(session))
    assert session.get(Intake, foreign) is None
    other = aliased(Intake)
    assert not session.scalars(select(other).where(other.id == foreign)).all()
    joined = select(Letter).join(Intake, Intake.id == Letter.intake_id).where(Intake.id == foreign)
    assert not session.scalars(joined).all()


def test_nothing_of_another_tenant_is_changed_or_removed(session: Session, region: Region):
    bind(session, region.actor(session))
    changed = session.execute(update(Intake).values(urgentie="U4").returning(Intake.gemeente_id)).scalars()
    assert list(changed) == [region.organisations["capelle"]]
    removed = session.execute(delete(Letter).returning(Letter.gemeente_id)).scalars()
    assert set(removed) == {region.organisations["capelle"]}


def test_a_provider_sees_what_a_living_grant_opens(session: Session, region: Region):
    case = session.scalars(select(Intake).where(Intake.gemeente_id == region.organisations["capelle"])).one()
    a_grant(session, region, case, "haven", GrantKind.VERWIJZING, until=NOW + timedelta(hours=1))
    for clock, count in ((CLOCK, 1), (later(hours=2), 0)):
        bind(session, region.actor(session, "haven", clock))
        assert cases(session) == count


def test_a_look_up_across_tenants_closes_the_lock_behind_it(session: Session, region: Region):
    bind(session, region.actor(session))
    with across_tenants(session):
        assert cases(session) == 2
    assert cases(session) == 1


def test_the_job_worker_sees_every_tenant(session: Session, region: Region):
    bind(session, region.actor(session))
    bind(session, system_actor(NOW))
    assert cases(session) == 2


def test_who_was_asked_may_know_of_the_referral_and_not_of_the_case(session: Session, region: Region):
    bind(session, region.actor(session, "haven"))
    assert session.scalar(select(func.count(Referral.id))) == 2
    assert session.scalar(select(func.count(Letter.id))) == 0
    assert cases(session) == 0
