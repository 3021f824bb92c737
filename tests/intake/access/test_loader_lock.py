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
from tests.intake.world import NOW, World, a_world


@pytest.fixture
def two(sqlite_url: str) -> Iterator[World]:
    """A case with a letter in each of two gemeenten; nobody is bound yet."""
    database = open_database(sqlite_url, MASTER_KEY)
    with database.session() as session:
        world = a_world(session)
        for name in ("worker", "stranger"):
            world.a_referral(world.an_intake(name), "aanbieder_1")
        session.commit()
        session.expunge_all()
        yield world
    database.dispose()


def cases(session: Session) -> int:
    return session.scalar(select(func.count(Intake.id))) or 0


def test_a_query_without_any_condition_gives_the_own_tenant(two: World):
    bind(two.session, two.actor("worker"))
    assert [case.gemeente_id for case in two.session.scalars(select(Intake))] == [two.org("capelle")]
    assert [letter.gemeente_id for letter in two.session.scalars(select(Letter))] == [two.org("capelle")]
    assert cases(two.session) == 1


def test_a_row_asked_by_its_key_by_an_alias_or_in_a_join_is_not_there_either(two: World):
    foreign = two.session.scalars(select(Intake.id).where(Intake.gemeente_id == two.org("rotterdam"))).one()
    bind(two.session, two.actor("worker"))
    assert two.session.get(Intake, foreign) is None
    other = aliased(Intake)
    assert not two.session.scalars(select(other).where(other.id == foreign)).all()
    joined = select(Letter).join(Intake, Intake.id == Letter.intake_id).where(Intake.id == foreign)
    assert not two.session.scalars(joined).all()


def test_nothing_of_another_tenant_is_changed_or_removed(two: World):
    bind(two.session, two.actor("worker"))
    changed = two.session.execute(update(Intake).values(urgentie="U4").returning(Intake.gemeente_id)).scalars()
    assert list(changed) == [two.org("capelle")]
    removed = two.session.execute(delete(Letter).returning(Letter.gemeente_id)).scalars()
    assert list(removed) == [two.org("capelle")]


def test_a_provider_sees_what_a_living_grant_opens(two: World):
    case = two.session.scalars(select(Intake).where(Intake.gemeente_id == two.org("capelle"))).one()
    two.grant(case, "aanbieder_1", GrantKind.VERWIJZING, until=NOW + timedelta(hours=1))
    for moment, count in ((NOW, 1), (NOW + timedelta(hours=2), 0)):
        bind(two.session, two.actor("provider", moment))
        assert cases(two.session) == count


def test_a_look_up_across_tenants_closes_the_lock_behind_it(two: World):
    bind(two.session, two.actor("worker"))
    with across_tenants(two.session):
        assert cases(two.session) == 2
    assert cases(two.session) == 1


def test_the_job_worker_sees_every_tenant(two: World):
    bind(two.session, two.actor("worker"))
    bind(two.session, system_actor(NOW))
    assert cases(two.session) == 2


def test_who_was_asked_may_know_of_the_referral_and_not_of_the_case(two: World):
    bind(two.session, two.actor("provider"))
    assert two.session.scalar(select(func.count(Referral.id))) == 2
    assert two.session.scalar(select(func.count(Letter.id))) == 0
    assert cases(two.session) == 0
