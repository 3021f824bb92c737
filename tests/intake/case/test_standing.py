"""The state of a case follows from what stands: nobody loses a place on paper because something else changed."""

import pytest
from sqlalchemy import select

from intake.access.act import Act
from intake.besluit import expertise, taking
from intake.case import standing
from intake.dossier import closing
from intake.places import place
from intake.referrals.answering import answer
from intake.referrals.sending import choice, start
from intake.referrals.stays import stay
from intake.referrals.stays.stay import Vertrek
from intake.tables.intake import Intake, IntakeState
from intake.tables.place import PlacementPurpose
from intake.tables.referral import Referral, RefusalReason
from tests.intake.region import CLOCK, a_place

TONIGHT = PlacementPurpose.OVERBRUGGING
DESK = {"bestemming_soort": "regionale_toegang", "bestemming_naam": "Centraal Onthaal"}


def placed(session, region) -> Intake:
    """A case whose client has a place of De Haven, which has room for more."""
    a_place(session, region, capaciteit=3)
    case = region.an_intake(session)
    region.a_besluit(session, case)
    accepted(session, region, choice.refer(Act(session, region.actor(session), CLOCK), case.id))
    assert case.state is IntakeState.GEPLAATST
    return case


def a_bed(session, region, case) -> Referral:
    made = choice.refer(Act(session, region.actor(session), CLOCK), case.id, purpose=TONIGHT)
    assert isinstance(made, Referral)
    return made


def accepted(session, region, sent, by="haven") -> None:
    answer.accept(Act(session, region.actor(session, by), CLOCK), sent.id, version=sent.version, start_on=None)


def declined(session, region, sent, by="haven") -> None:
    reden = RefusalReason.GEEN_PLEK
    receiver = region.actor(session, by)
    answer.decline(Act(session, receiver, CLOCK), sent.id, version=sent.version, reden=reden, toelichting="")


def withdrawn(session, region, sent) -> None:
    answer.withdraw_referral(Act(session, region.actor(session), CLOCK), sent.id, version=sent.version)


def left(session, region, case, purpose) -> None:
    query = select(Referral.id).where(Referral.purpose == purpose.value)
    through = set(session.scalars(query))
    (held,) = [one for one, _ in place.stays_of(session, case.id) if one.referral_id in through]
    haven = region.actor(session, "haven")
    stay.leave(Act(session, haven, CLOCK), held.place_id, held.id, reden=Vertrek.ANDERE_PLEK)


def test_who_has_a_place_keeps_it_when_the_bed_for_tonight_is_withdrawn(session, region):
    case = placed(session, region)
    withdrawn(session, region, a_bed(session, region, case))
    assert case.state is IntakeState.GEPLAATST


def test_who_has_a_place_keeps_it_when_the_bed_for_tonight_is_declined(session, region):
    case = placed(session, region)
    declined(session, region, a_bed(session, region, case))
    assert case.state is IntakeState.GEPLAATST


def test_who_gets_another_bed_after_one_was_withdrawn_still_has_the_place(session, region):
    case = placed(session, region)
    withdrawn(session, region, a_bed(session, region, case))
    accepted(session, region, a_bed(session, region, case))
    assert case.state is IntakeState.GEPLAATST


def test_a_bed_for_tonight_that_is_left_is_no_step_any_more(session, region):
    a_place(session, region)
    case = region.an_intake(session)
    worker = region.actor(session)
    taking.decide_overbrugging(Act(session, worker, CLOCK), case.id, overbrugging="tijdelijke_opvang_vandaag")
    accepted(session, region, a_bed(session, region, case))
    assert case.state is IntakeState.VERWEZEN
    left(session, region, case, TONIGHT)
    assert case.state is IntakeState.INGEDIEND


def test_who_leaves_a_place_is_ours_to_place_again(session, region):
    case = placed(session, region)
    left(session, region, case, PlacementPurpose.TRAJECT)
    assert case.state is IntakeState.BESLOTEN


def test_no_bed_tonight_stays_in_sight_until_there_is_one_however_far_the_traject_is(session, region):
    case = region.an_intake(session)
    region.a_besluit(session, case, **DESK)
    start.refer_as_decided(Act(session, region.actor(session), CLOCK), case.id)
    assert case.state is IntakeState.GEEN_PLEK
    at_desk = session.scalars(select(Referral)).one()
    accepted(session, region, at_desk, by="desk")
    assert case.state is IntakeState.GEEN_PLEK
    a_place(session, region)
    a_bed(session, region, case)
    assert case.state is IntakeState.VERWEZEN


def test_a_desk_that_declines_gives_the_case_back_while_a_bed_for_tonight_stands(session, region):
    a_place(session, region)
    case = region.an_intake(session)
    region.a_besluit(session, case, **DESK)
    at_desk = choice.refer(Act(session, region.actor(session), CLOCK), case.id)
    accepted(session, region, a_bed(session, region, case))
    declined(session, region, at_desk, by="desk")
    assert case.state is IntakeState.BESLOTEN


def test_nobody_having_room_is_over_when_a_receiver_is_chosen_by_hand(session, region):
    kamers = a_place(session, region, kenmerken=[])
    case = region.an_intake(session, plaatsingseisen=["begane_grond"])
    region.a_besluit(session, case)
    worker = region.actor(session)
    choice.refer(Act(session, worker, CLOCK), case.id)
    assert case.state is IntakeState.GEEN_PLEK
    chosen = (kamers.organisation_id, kamers.id)
    by_hand = choice.refer(Act(session, worker, CLOCK), case.id, chosen=chosen)
    assert case.state is IntakeState.VERWEZEN
    withdrawn(session, region, by_hand)
    assert case.state is IntakeState.BESLOTEN


def test_a_question_to_the_expertise_function_shows_only_while_nothing_else_was_done(session, region):
    case = region.an_intake(session)
    worker = region.actor(session)
    asked = expertise.ask_review(Act(session, worker, CLOCK), case.id, question="Kijk mee.")
    assert case.state is IntakeState.IN_EXPERTISE
    expertise.withdraw_request(Act(session, worker, CLOCK), asked.id)
    assert case.state is IntakeState.INGEDIEND
    region.a_besluit(session, case)
    expertise.ask_review(Act(session, worker, CLOCK), case.id, question="Kijk toch mee.")
    assert case.state is IntakeState.BESLOTEN


@pytest.mark.parametrize("again", [1, 2])
def test_a_case_that_ended_stays_as_it_ended(session, region, again):
    case = placed(session, region)
    worker = region.actor(session)
    closing.withdraw(Act(session, worker, CLOCK), case.id)
    for _ in range(again):
        standing.settle(session, case)
    assert case.state is IntakeState.INGETROKKEN
