"""Warm hand-over: heard first, accepted before travelling, a bed here until the arrival."""

import pytest

from intake.access import policy
from intake.access.act import Act
from intake.case import timeline
from intake.referrals.answering import answer as referral
from intake.referrals.sending import choice
from intake.referrals.sending.choice import ChoiceRefused
from intake.referrals.sending.line import StateConflict
from intake.referrals.transfers import transfer
from intake.referrals.viewing import view
from intake.tables.intake import IntakeState
from intake.tables.place import PlacementPurpose
from intake.tables.referral import Referral, ReferralState, RefusalReason
from tests.intake.region import CLOCK, a_place, later


def proposed(session, region):
    """A case with a bed for tonight, and the proposal that Utrecht takes over."""
    kamers = a_place(session, region)
    case = region.an_intake(session)
    region.a_besluit(session, case, bestemming_soort="andere_regio", bestemming_gemeente="GM0344")
    worker = region.actor(session)
    tonight = choice.refer(Act(session, worker, CLOCK), case.id, purpose=PlacementPurpose.OVERBRUGGING)
    assert isinstance(tonight, Referral)
    utrecht = region.organisations["utrecht"]
    made = transfer.propose(Act(session, worker, CLOCK), case.id, receiver_id=utrecht, reden="Zijn zus woont daar.")
    return case, made, kamers


def asked(session, region):
    case, made, kamers = proposed(session, region)
    worker = region.actor(session)
    transfer.discussed(Act(session, worker, CLOCK), made.id, version=made.version, mening="Dat wil ik graag.")
    transfer.ask_region(Act(session, worker, CLOCK), made.id, version=made.version)
    return case, made, kamers


def answer(session, region, made, reden=None):
    return transfer.record_answer(
        Act(session, region.actor(session), CLOCK),
        made.id,
        version=made.version,
        reden=reden,
        by="Mevrouw De Boer",
        start_on=CLOCK.today(),
    )


def test_the_whole_way_of_a_hand_over(session, region):
    case, made, kamers = asked(session, region)
    worker = region.actor(session)
    answer(session, region, made)
    assert made.answered_name == "Mevrouw De Boer, vastgelegd door Worker"
    transfer.hand_over(Act(session, worker, CLOCK), made.id, version=made.version)
    assert kamers.bezet == 1
    transfer.confirm_arrival(Act(session, worker, later(days=1)), made.id, version=made.version)
    assert (kamers.bezet, made.state, case.state) == (0, ReferralState.AANGEKOMEN, IntakeState.GEPLAATST)


def test_the_other_region_is_not_asked_before_the_client_is_heard(session, region):
    _, made, _ = proposed(session, region)
    with pytest.raises(StateConflict, match="bespreek"):
        transfer.ask_region(Act(session, region.actor(session), CLOCK), made.id, version=made.version)
    with pytest.raises(ChoiceRefused, match="vindt"):
        transfer.discussed(Act(session, region.actor(session), CLOCK), made.id, version=made.version, mening=" ")


def test_the_client_does_not_travel_before_the_other_region_accepts(session, region):
    _, made, _ = asked(session, region)
    with pytest.raises(StateConflict):
        transfer.hand_over(Act(session, region.actor(session), CLOCK), made.id, version=made.version)


def test_a_refusal_goes_to_the_adviser_and_the_committee_and_the_bed_stays(session, region):
    _, made, kamers = asked(session, region)
    worker = region.actor(session)
    answer(session, region, made, RefusalReason.ANDERS)
    transfer.escalate(Act(session, worker, CLOCK), made.id, version=made.version)
    transfer.dispute(Act(session, worker, CLOCK), made.id, version=made.version)
    assert (made.state, kamers.bezet) == (ReferralState.GESCHIL, 1)
    answer(session, region, made)
    assert made.state is ReferralState.GEACCEPTEERD


def test_the_term_of_the_other_region_is_five_working_days(session, region):
    case, made, _ = asked(session, region)
    assert made.respond_by.isoformat() == "2026-11-30"
    referral.expire(session, made.id, clock=later(days=8))
    assert made.state is ReferralState.VERLOPEN
    assert "niet op tijd" in timeline.timeline(session, case.id)[0].text


def test_a_hand_over_goes_to_another_region_only(session, region):
    case = region.an_intake(session)
    region.a_besluit(session, case)
    with pytest.raises(ChoiceRefused, match="andere regio"):
        transfer.propose(
            Act(session, region.actor(session), CLOCK),
            case.id,
            receiver_id=region.organisations["haven"],
            reden="Daarom.",
        )


def test_a_stranger_hands_nobody_over(session, region):
    _, made, _ = proposed(session, region)
    with pytest.raises(policy.NotFound):
        transfer.ask_region(Act(session, region.actor(session, "stranger"), CLOCK), made.id, version=made.version)


def test_the_sender_sees_the_steps_that_come_next(session, region):
    _, made, _ = proposed(session, region)
    shown = view.open_referral(Act(session, region.actor(session), CLOCK), made.id)
    assert {step.value for step in shown.steps} == {"bespreken", "intrekken"}
