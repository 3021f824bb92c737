"""Somebody always hears of emergency access: the nearest there is, at once, and the next when nobody looked."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from config.clock import FixedClock
from intake.access import policy
from intake.access.act import Act
from intake.rights.emergency import break_glass, recipients
from intake.rights.emergency.recipients import NobodyHears
from intake.rights.emergency.why import Why
from intake.tables.account import Account, Role
from intake.tables.break_glass import BreakGlass
from intake.tables.intake import Intake
from intake.tables.outgoing import Outgoing
from tests.intake.region import CLOCK, NOW, OF_ALL, a_region
from tests.intake.told import heard_by

WHY = Why("levensgevaar", "De cliënt is bewusteloos gevonden; wij moeten weten welke zorg er loopt.")
NOT_SEEN = "niemand heeft daar nog naar gekeken"


def opened(session, region, case: Intake | None = None) -> BreakGlass:
    case = case or region.an_intake(session)
    stranger = region.actor(session, "stranger")
    made = break_glass.break_open(Act(session, stranger, CLOCK), reference=case.reference, why=WHY)
    session.flush()
    return made


def at(**delta: int) -> FixedClock:
    return FixedClock(NOW + timedelta(**delta))


def hears(session, region, name) -> bool:
    return any("met spoed" in text for text in heard_by(session, region.actor(session, name)))


@pytest.mark.parametrize(
    ("there", "nearest"),
    [(("fg", "leader"), ("fg",)), (("leader", "leader2"), ("leader", "leader2")), (("fg_region",), ("fg_region",))],
)
def test_the_nearest_who_is_there_hears_of_it_here_and_by_mail(session, there, nearest):
    region = a_region(session)
    region.register(session, "regio", OF_ALL)
    bring(session, region, there)
    opened(session, region)
    assert {name for name in there if hears(session, region, name)} == set(nearest)
    mailed = set(session.scalars(select(Outgoing.account_id).where(Outgoing.notice == "spoedtoegang")))
    assert mailed == {region.accounts[name] for name in nearest}
    assert hears(session, region, "worker")


def bring(session, region, names) -> None:
    for name in names:
        if name == "fg_region":
            region.hire(session, name, "regio", Role.FG)
        else:
            region.bring(session, name)


def test_who_is_blocked_is_nobody(session):
    region = a_region(session, "fg", "leader")
    session.get_one(Account, region.accounts["fg"]).blocked_at = NOW
    opened(session, region)
    assert hears(session, region, "leader")


def test_the_next_hears_of_it_after_a_working_day_and_once(session):
    region = a_region(session, "fg", "leader")
    made = opened(session, region)  # on a Monday
    assert recipients.escalate(session, clock=at(days=1)) == 0
    assert recipients.escalate(session, clock=at(days=2)) == 1
    assert recipients.escalate(session, clock=at(days=3)) == 0
    assert any(NOT_SEEN in text for text in heard_by(session, region.actor(session, "leader")))
    break_glass.mark_seen(Act(session, region.actor(session, "leader"), at(days=3)), made.id)
    assert made.seen_by == region.accounts["leader"]


def test_what_was_seen_goes_no_further(session):
    region = a_region(session, "fg", "leader")
    made = opened(session, region)
    break_glass.mark_seen(Act(session, region.actor(session, "fg"), CLOCK), made.id)
    assert recipients.escalate(session, clock=at(days=9)) == 0


def test_where_there_is_one_officer_only_she_hears_it_again(session):
    region = a_region(session, "fg")
    opened(session, region)
    assert recipients.escalate(session, clock=at(days=2)) == 1
    assert any(NOT_SEEN in text for text in heard_by(session, region.actor(session, "fg")))


def test_a_leader_who_was_not_told_does_not_confirm_it(session):
    region = a_region(session, "fg", "leader")
    made = opened(session, region)
    with pytest.raises(policy.Forbidden):
        break_glass.mark_seen(Act(session, region.actor(session, "leader"), CLOCK), made.id)


def test_the_officer_of_the_region_sees_what_she_was_told_and_nothing_else(session):
    region = a_region(session)
    region.register(session, "regio", OF_ALL)
    bring(session, region, ("fg_region",))
    first, second = region.an_intake(session), region.an_intake(session)
    told = opened(session, region, first)
    bring(session, region, ("fg",))
    opened(session, region, second)
    regional = region.actor(session, "fg_region")
    (found,) = break_glass.emergencies(session, regional)
    assert (found.row.id, found.mine) == (told.id, True)
    break_glass.mark_seen(Act(session, regional, CLOCK), told.id)
    break_glass.end(Act(session, regional, CLOCK), told.id)
    (found,) = break_glass.emergencies(session, regional)
    assert (found.mine, found.lasts) == (False, False)


def test_a_region_in_which_nobody_would_hear_is_named(session):
    region = a_region(session, "fg")
    with pytest.raises(NobodyHears, match="Gemeente Rotterdam"):
        recipients.require_recipients(session, CLOCK.today())
    region.register(session, "regio", OF_ALL)
    bring(session, region, ("fg_region",))
    recipients.require_recipients(session, CLOCK.today())
