"""Published rules can be taken back before their first day, by a second person, and never come into force."""

from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from config.clock import FixedClock
from intake.access.act import Act
from intake.access.policy import NotFound
from intake.advice import in_force
from intake.advice.in_force import Standing
from intake.rulesets.drafts import draft as ruleset_draft
from intake.rulesets.publishing.withdrawal import NotWithdrawable, withdraw
from intake.tables.audit import AuditEvent
from tests.intake.region import CLOCK, NOW
from tests.intake.rulesets.test_draft import REGIO, draft, people, published  # noqa: F401 - the fixtures too
from tests.intake.told import heard_by

FIRST = date(2027, 1, 1)
REASON = "De raad nam een ander besluit."


@pytest.fixture
def made(session, people, draft):  # noqa: F811
    return published(session, people, draft)


def test_withdrawn_rules_never_come_into_force_and_can_still_be_read(session, people, made):  # noqa: F811
    assert in_force.rules_in_force(session, REGIO, FIRST).hash == made.hash
    withdraw(Act(session, people["anna"], CLOCK), made.id, reason=REASON)
    assert in_force.rules_in_force(session, REGIO, FIRST).version == "2026-01-01"
    newest = in_force.versions(session, REGIO, on=FIRST)[0]
    assert (newest.standing, newest.withdrawn_because) == (Standing.INGETROKKEN, REASON)
    assert newest.withdrawn_by == "Anna"
    assert in_force.version_on(session, REGIO, FIRST, 1).hash == made.hash


def test_other_rules_can_be_published_for_the_day_of_withdrawn_ones(session, people, made):  # noqa: F811
    withdraw(Act(session, people["anna"], CLOCK), made.id, reason=REASON)
    fresh = ruleset_draft.start(Act(session, people["anna"], CLOCK), regio=REGIO)
    again = published(session, people, ruleset_draft.open_draft(Act(session, people["anna"], CLOCK), fresh))
    assert (again.valid_from, again.issue) == (FIRST, 2)
    assert in_force.version_on(session, REGIO, FIRST).hash == again.hash
    standing = [one.standing for one in in_force.versions(session, REGIO, on=FIRST)]
    assert standing == [Standing.GELDT, Standing.INGETROKKEN, Standing.WAS]


def test_rules_are_not_withdrawn_alone_without_a_reason_or_too_late(session, people, made):  # noqa: F811
    for who, reason, day, why in (
        ("bas", REASON, NOW, "Een collega trekt ze in"),
        ("anna", "  ", NOW, "waarom"),
        ("anna", REASON, NOW.replace(year=2027, month=1, day=1), "gelden al"),
    ):
        with pytest.raises(NotWithdrawable, match=why):
            withdraw(Act(session, people[who], FixedClock(day)), made.id, reason=reason)
    assert in_force.rules_in_force(session, REGIO, FIRST).hash == made.hash


def test_rules_are_withdrawn_once(session, people, made):  # noqa: F811
    withdraw(Act(session, people["anna"], CLOCK), made.id, reason=REASON)
    with pytest.raises(NotWithdrawable, match="al ingetrokken"):
        withdraw(Act(session, people["anna"], CLOCK), made.id, reason=REASON)


def test_a_worker_withdraws_no_rules(session, people, made):  # noqa: F811
    with pytest.raises(NotFound):
        withdraw(Act(session, people["worker"], CLOCK), made.id, reason=REASON)


def test_all_policy_staff_hear_of_it_and_the_log_keeps_it(session, people, made):  # noqa: F811
    withdraw(Act(session, people["anna"], CLOCK), made.id, reason=REASON)
    session.commit()
    for name in ("anna", "bas"):
        texts = heard_by(session, people[name])
        assert any(one.startswith("Anna trok de regels in die op 1") for one in texts)
    assert session.query(AuditEvent).filter(AuditEvent.detail.startswith("ingetrokken")).count() == 1


def test_a_withdrawal_is_never_undone(session, people, made):  # noqa: F811
    withdraw(Act(session, people["anna"], CLOCK), made.id, reason=REASON)
    session.commit()
    for statement in ("UPDATE ruleset_withdrawal SET reason = 'x'", "DELETE FROM ruleset_withdrawal"):
        with pytest.raises(DBAPIError):
            session.execute(text(statement))
        session.rollback()
