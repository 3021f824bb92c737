"""After the decision the worker has nothing left to send."""

from sqlalchemy import select

from intake.access.act import Act
from intake.besluit import taking
from intake.referrals.sending import start
from intake.referrals.sending.start import Sent
from intake.tables.intake import IntakeState
from intake.tables.place import PlacementPurpose
from intake.tables.referral import Referral
from tests.intake.region import CLOCK, a_place

TRAJECT, TONIGHT = PlacementPurpose.TRAJECT, PlacementPurpose.OVERBRUGGING


def started(session, region, case):
    return start.refer_as_decided(Act(session, region.actor(session), CLOCK), case.id)


def a_followed_case(session, region, **telling):
    case = region.an_intake(session, **telling)
    taking.follow(Act(session, region.actor(session), CLOCK), case.id)
    return case


def test_the_desk_gets_the_case_and_a_shelter_is_asked_for_a_bed_tonight(session, region):
    a_place(session, region)
    case = a_followed_case(session, region)
    assert started(session, region, case) == (
        Sent(TRAJECT, "Centraal Onthaal", is_bed=False),
        Sent(TONIGHT, "De Haven", is_bed=True),
    )
    assert case.state is IntakeState.VERWEZEN


def test_asking_again_sends_nothing_twice(session, region):
    a_place(session, region)
    case = a_followed_case(session, region)
    started(session, region, case)
    assert started(session, region, case) == ()
    assert len(session.scalars(select(Referral)).all()) == 2


def test_no_bed_anywhere_is_said_and_stays_in_sight(session, region):
    case = a_followed_case(session, region)
    assert Sent(TONIGHT, None, is_bed=False) in started(session, region, case)


def test_a_decision_about_tonight_alone_asks_for_a_bed_at_once(session, region):
    a_place(session, region)
    case = region.an_intake(session)
    worker = region.actor(session)
    taking.decide_overbrugging(Act(session, worker, CLOCK), case.id, overbrugging="tijdelijke_opvang_vandaag")
    assert started(session, region, case) == (Sent(TONIGHT, "De Haven", is_bed=True),)
