"""A bed for tonight: answered within hours, then the next in line, and the worker knows whom to call."""

from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import select

from config.clock import FixedClock, in_hours
from config.regions import REGIONS, BadRegion, _hours
from intake.access.act import Act
from intake.besluit import taking
from intake.people.organisations import reach
from intake.referrals.answering import answer
from intake.referrals.sending import start
from intake.tables.job import Job, JobKind
from intake.tables.organisation import Organisation
from intake.tables.place import PlacementPurpose
from intake.tables.referral import Referral, ReferralState
from tests.intake.region import CLOCK, DAY_NUMBER, NIGHT_NUMBER, a_place
from tests.intake.told import heard_by

AT_TWO = FixedClock(datetime(2026, 11, 23, 1, 0, tzinfo=UTC))  # 02.00 in Amsterdam, on a Monday
LATE = FixedClock(datetime(2026, 11, 23, 22, 30, tzinfo=UTC))  # 23.30


def asked_at(session, region, clock):
    """A bed for tonight, asked at this moment."""
    case = region.an_intake(session)
    worker = region.actor(session, clock=clock)
    taking.decide_overbrugging(Act(session, worker, clock), case.id, overbrugging="tijdelijke_opvang_vandaag")
    start.refer_as_decided(Act(session, worker, clock), case.id)
    sent = session.scalars(select(Referral).where(Referral.purpose == PlacementPurpose.OVERBRUGGING)).one()
    return case, sent


def test_a_bed_asked_at_two_at_night_is_answered_by_four(session, region):
    a_place(session, region)
    _, sent = asked_at(session, region, AT_TWO)
    assert in_hours(sent.respond_at) == "4.00 uur"
    woken = session.scalars(select(Job.run_at).where(Job.kind == JobKind.VERWIJZING_VERLOOPT)).all()
    assert woken == [sent.respond_at]


def test_a_bed_asked_just_before_midnight_is_answered_on_the_day_that_follows(session, region):
    a_place(session, region)
    _, sent = asked_at(session, region, LATE)
    assert (sent.respond_by.isoformat(), in_hours(sent.respond_at)) == ("2026-11-24", "1.30 uur")


def test_after_its_hours_the_next_is_asked_with_hours_of_its_own_and_the_sender_hears_whom_to_call(session, region):
    a_place(session, region)
    a_place(session, region, owner="anker")
    _, first = asked_at(session, region, AT_TWO)
    early = FixedClock(first.respond_at - timedelta(minutes=1))
    answer.expire(session, first.id, clock=early)
    assert first.state is ReferralState.VERZONDEN
    on_time = FixedClock(first.respond_at)
    answer.expire(session, first.id, clock=on_time)
    second = session.scalars(select(Referral).where(Referral.previous_id == first.id)).one()
    assert (first.state, second.respond_at) == (ReferralState.VERLOPEN, first.respond_at + timedelta(hours=2))
    heard = " ".join(heard_by(session, region.actor(session, clock=on_time)))
    assert f"Bel {NIGHT_NUMBER}. Antwoord uiterlijk 6.00 uur." in heard


def test_when_every_bed_is_gone_the_sender_hears_which_desk_to_call_now(session, region):
    a_place(session, region)
    _, first = asked_at(session, region, AT_TWO)
    answer.expire(session, first.id, clock=FixedClock(first.respond_at))
    heard = " ".join(heard_by(session, region.actor(session)))
    assert f"er is nu nergens plek. Bel nu Centraal Onthaal: {NIGHT_NUMBER}." in heard


def test_what_is_no_bed_for_tonight_keeps_its_working_days(session, region):
    case = region.an_intake(session, slaapplek_vannacht="kan_blijven", verlies_woonruimte_op="2027-02-01")
    assert case.urgentie not in ("U0", "U1")
    taking.follow(Act(session, region.actor(session), CLOCK), case.id)
    start.refer_as_decided(Act(session, region.actor(session), CLOCK), case.id)
    sent = session.scalars(select(Referral)).all()
    assert [one.respond_at for one in sent] == [None] * len(sent)


@pytest.mark.parametrize(
    ("moment", "number"),
    [
        (datetime(2026, 11, 23, 9, tzinfo=UTC), DAY_NUMBER),
        (datetime(2026, 11, 23, 7, 59, tzinfo=UTC), NIGHT_NUMBER),
        (datetime(2026, 11, 23, 16, tzinfo=UTC), NIGHT_NUMBER),
        (datetime(2026, 11, 22, 12, tzinfo=UTC), NIGHT_NUMBER),  # Sunday
        (datetime(2026, 12, 25, 12, tzinfo=UTC), NIGHT_NUMBER),  # Christmas
    ],
)
def test_the_number_to_call_follows_the_hour_in_amsterdam(session, region, moment, number):
    haven = session.get_one(Organisation, region.organisations["haven"])
    assert reach.number_at(haven, moment) == number


def test_hours_of_its_own_move_the_day_and_one_number_is_always_the_number(session, region):
    haven = session.get_one(Organisation, region.organisations["haven"])
    haven.dag_van, haven.dag_tot = time(7), time(23)
    assert reach.number_at(haven, datetime(2026, 11, 23, 21, tzinfo=UTC)) == DAY_NUMBER
    haven.nachttelefoon = ""
    assert reach.number_at(haven, AT_TWO.now()) == DAY_NUMBER
    assert not reach.is_answered_at(haven, AT_TWO.now())
    assert reach.numbers_in_words(haven) == f"{DAY_NUMBER} (op werkdagen van 9 tot 17 uur)"


def test_the_region_says_in_how_many_hours():
    assert REGIONS["rotterdam-rijnmond"].antwoord_vannacht_uren == 2
    for wrong in (0, 13, "2", True, 1.5):
        with pytest.raises(BadRegion, match="van 1 tot en met 12"):
            _hours(wrong, "regio.toml")
