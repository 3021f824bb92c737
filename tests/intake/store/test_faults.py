"""Whatever breaks, and whenever: all of an act is there, or nothing of it, and doing it again succeeds."""

import pytest
from sqlalchemy import event, func, select

from intake.access.act import Act
from intake.melding.filing import submit
from intake.referrals.sending import choice
from intake.store.idempotency import new_key
from intake.tables.advice import StoredAdvice
from intake.tables.audit import AuditEvent
from intake.tables.idempotency import IdempotencyKey
from intake.tables.intake import Intake
from intake.tables.job import Job, JobKind
from intake.tables.letter import Letter
from intake.tables.place import Place, Placement
from intake.tables.referral import Referral
from tests.intake.region import CLOCK, a_place

MOST_STATEMENTS = 400


class Broken(Exception):
    pass


def breaking_at(database, number):
    """Let the `number`-th statement from now on fail."""
    count = 0

    def hook(*_):
        nonlocal count
        count += 1
        if count == number:
            raise Broken

    event.listen(database.engine, "before_cursor_execute", hook)
    return lambda: event.remove(database.engine, "before_cursor_execute", hook)


def until_it_succeeds(database, act, unchanged):
    """Break each statement of `act` in turn; after each break `unchanged` must hold. How many statements it took."""
    for number in range(1, MOST_STATEMENTS):
        mend = breaking_at(database, number)
        try:
            with database.unit_of_work() as session:
                act(session)
        except Broken:
            mend()
            with database.session() as after:
                unchanged(after)
        else:
            mend()
            return number
    raise AssertionError("it never succeeded")


def count(session, model):
    return session.scalar(select(func.count()).select_from(model))


@pytest.mark.slow
def test_submitting_is_all_or_nothing_at_every_statement(database, session, region):
    made = region.a_draft(session)
    session.commit()
    key = new_key()

    def act(mine):
        submit(Act(mine, region.actor(mine), CLOCK), made.id, key=key)

    def unchanged(after):
        for model in (Intake, StoredAdvice, Letter, IdempotencyKey):
            assert count(after, model) == 0
        assert after.scalar(select(func.count()).where(Job.kind != JobKind.CONCEPT_VERLOOPT)) == 0
        assert after.scalar(select(func.count()).where(AuditEvent.action == "intake:indienen")) == 0

    assert until_it_succeeds(database, act, unchanged) > 10
    with database.session() as after:
        assert count(after, Intake) == 1
        assert after.scalar(select(func.count()).where(AuditEvent.action == "intake:indienen")) == 1


@pytest.mark.slow
def test_referring_is_all_or_nothing_at_every_statement(database, session, region):
    kamers = a_place(session, region)
    case = region.an_intake(session)
    region.a_besluit(session, case)
    kamers_id, case_id = kamers.id, case.id
    session.commit()

    def act(mine):
        choice.refer(Act(mine, region.actor(mine), CLOCK), case_id)

    def unchanged(after):
        assert count(after, Referral) == count(after, Placement) == 0
        assert after.get_one(Place, kamers_id).bezet == 0

    assert until_it_succeeds(database, act, unchanged) > 10
    with database.session() as after:
        assert count(after, Referral) == count(after, Placement) == 1
        assert after.get_one(Place, kamers_id).bezet == 1
