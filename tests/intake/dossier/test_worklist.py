"""The list of what waits: nobody who was promised a bed or a place drops out of sight."""

from sqlalchemy import select

from intake.access.act import Act
from intake.dossier import worklist
from intake.referrals.answering import answer
from intake.referrals.sending import choice
from intake.tables.intake import IntakeState
from intake.tables.place import PlacementPurpose
from intake.tables.referral import Referral
from tests.intake.region import CLOCK, a_place


def waiting(session, region, name: str) -> list[str]:
    return [one.reference for one in worklist.our_turn(session, region.actor(session, name)).lines]


def at_the_desk(session, region, overbrugging: str):
    """A case that the worker sent to the desk of the region, alone."""
    case = region.an_intake(session)
    region.a_besluit(session, case, bestemming_soort="regionale_toegang", overbrugging=overbrugging)
    made = choice.refer(Act(session, region.actor(session), CLOCK), case.id)
    return case, made


def test_a_case_that_our_desk_accepted_waits_on_our_desk_and_not_on_the_team(session, region):
    case, made = at_the_desk(session, region, "geen")
    assert waiting(session, region, "desk") == []
    answer.accept(Act(session, region.actor(session, "desk"), CLOCK), made.id, version=made.version, start_on=None)
    assert case.state is IntakeState.VERWEZEN
    assert waiting(session, region, "desk") == [case.reference]
    assert waiting(session, region, "worker") == []


def test_a_bed_that_was_decided_but_asked_of_nobody_waits_on_who_decided(session, region):
    case, _ = at_the_desk(session, region, "tijdelijke_opvang_vandaag")
    assert waiting(session, region, "worker") == [case.reference]
    a_place(session, region)
    choice.refer(Act(session, region.actor(session), CLOCK), case.id, purpose=PlacementPurpose.OVERBRUGGING)
    assert waiting(session, region, "worker") == []


def test_a_bed_that_was_withdrawn_is_asked_of_nobody(session, region):
    case, _ = at_the_desk(session, region, "tijdelijke_opvang_vandaag")
    a_place(session, region)
    choice.refer(Act(session, region.actor(session), CLOCK), case.id, purpose=PlacementPurpose.OVERBRUGGING)
    bed = session.scalars(select(Referral).where(Referral.purpose == PlacementPurpose.OVERBRUGGING)).one()
    answer.withdraw_referral(Act(session, region.actor(session), CLOCK), bed.id, version=bed.version)
    assert waiting(session, region, "worker") == [case.reference]


def test_a_bed_for_tonight_takes_no_case_from_the_desk_that_still_has_to_place_it(session, region):
    case, made = at_the_desk(session, region, "tijdelijke_opvang_vandaag")
    answer.accept(Act(session, region.actor(session, "desk"), CLOCK), made.id, version=made.version, start_on=None)
    a_place(session, region)
    bed = choice.refer(Act(session, region.actor(session), CLOCK), case.id, purpose=PlacementPurpose.OVERBRUGGING)
    answer.accept(Act(session, region.actor(session, "haven"), CLOCK), bed.id, version=bed.version, start_on=None)
    assert case.state is IntakeState.VERWEZEN
    assert waiting(session, region, "desk") == [case.reference]
