"""Attempts are counted before anything expensive is done for them, and whoever waits as long as told gets in."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake.login.attempts.throttle import (
    Limit,
    TooManyAttempts,
    admit,
    forget_old,
    give_back,
    password_limits,
    remember_address,
)
from intake.tables.login_session import Attempt
from tests.intake.region import NOW

FIVE = (Limit("proef", 5, 300),)


def wait(session: Session, moment) -> int:
    """Seconds that are told when the limit is full."""
    with pytest.raises(TooManyAttempts) as refused:
        admit(session, FIVE, now=moment)
    return refused.value.retry_after


@pytest.mark.parametrize("start", [0, 1, 100, 299])
def test_never_more_than_the_limit_in_any_window(session: Session, start: int):
    admitted = []
    for second in range(0, 1500, 7):
        moment = NOW + timedelta(seconds=start + second)
        try:
            admit(session, FIVE, now=moment)
        except TooManyAttempts:
            continue
        admitted.append(moment)
    for first in admitted:
        assert sum(first <= one < first + timedelta(seconds=300) for one in admitted) <= 6
    assert len(admitted) >= 15


@pytest.mark.parametrize("start", [0, 1, 150, 298])
def test_who_waits_as_long_as_told_gets_in(session: Session, start: int):
    moment = NOW + timedelta(seconds=start)
    for _ in range(5):
        admit(session, FIVE, now=moment)
    seconds = wait(session, moment)
    assert wait(session, moment + timedelta(seconds=seconds - 1)) == 1
    admit(session, FIVE, now=moment + timedelta(seconds=seconds))


def test_knocking_does_not_make_the_wait_longer(session: Session):
    for _ in range(5):
        admit(session, FIVE, now=NOW)
    first = wait(session, NOW)
    for second in range(50):
        wait(session, NOW + timedelta(seconds=second))
    assert wait(session, NOW + timedelta(seconds=50)) == first - 50


def test_a_good_attempt_does_not_count(session: Session):
    for _ in range(20):
        admit(session, FIVE, now=NOW)
        give_back(session, FIVE, now=NOW)


def test_a_place_where_somebody_logged_in_before_has_its_own_count_for_ninety_days(session: Session):
    def key(address: str, days: int = 0) -> str:
        moment = NOW + timedelta(days=days)
        return password_limits(session, name="jan@x.nl", address=address, now=moment)[0].key

    remember_address(session, name="jan@x.nl", address="192.0.2.1", now=NOW)
    assert key("192.0.2.1").startswith("plaats:")
    assert key("192.0.2.2").startswith("naam:")
    assert key("192.0.2.1", days=90).startswith("naam:")


def test_no_name_and_no_address_is_stored(session: Session):
    admit(session, password_limits(session, name="jan@x.nl", address="192.0.2.1", now=NOW), now=NOW)
    assert not [key for key in session.scalars(select(Attempt.key)) if "jan" in key or "192" in key]


def test_old_counts_are_removed_and_young_ones_stay(session: Session):
    limits = (Limit("a", 5, 300), Limit("b", 5, 3_600), Limit("c", 5, 86_400))
    admit(session, limits, now=NOW)
    remember_address(session, name="n", address="a", now=NOW)
    forget_old(session, now=NOW + timedelta(days=1))
    assert session.scalar(select(func.count()).select_from(Attempt)) == 4
    forget_old(session, now=NOW + timedelta(days=91))
    assert set(session.scalars(select(Attempt.key))) == {"b", "c"}
