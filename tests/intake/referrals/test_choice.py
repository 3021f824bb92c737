"""Who is asked: which place or desk fits, and what is said of those that do not."""

import pytest

from intake.access.act import Act
from intake.referrals.answering import answer
from intake.referrals.sending import choice
from intake.referrals.sending.choice import ChoiceRefused, HasPlace, KeepsCase
from intake.tables.intake import IntakeState
from intake.tables.place import PlacementPurpose, PlaceState
from intake.tables.referral import Referral
from tests.intake.region import CAPELLE, CLOCK, a_place


def test_an_unsafe_gemeente_is_never_chosen(session, region):
    unsafe = a_place(session, region, gemeente_code=CAPELLE)
    case = region.an_intake(session, onveilige_gemeenten=[CAPELLE], dreiging_buiten_relatie="ja")
    region.a_besluit(session, case)
    worker = region.actor(session)
    (only,) = choice.candidates(Act(session, worker, CLOCK), case.id)
    assert only.uitgesloten
    with pytest.raises(ChoiceRefused):
        choice.refer(Act(session, worker, CLOCK), case.id, chosen=(unsafe.organisation_id, unsafe.id))


@pytest.mark.parametrize(
    ("place_is", "reason"),
    [
        ({"min_leeftijd": 50}, "50"),
        ({"max_leeftijd": 27}, "27"),
        ({"state": PlaceState.DICHT}, "niemand"),
    ],
)
def test_what_does_not_fit_is_said_in_words(session, region, place_is, reason):
    a_place(session, region, **place_is)
    case = region.an_intake(session)
    region.a_besluit(session, case)
    (only,) = choice.candidates(Act(session, region.actor(session), CLOCK), case.id)
    assert reason in only.past_niet[0]


def test_a_person_may_weigh_what_does_not_quite_fit(session, region):
    kamers = a_place(session, region, kenmerken=["eenpersoons"])
    case = region.an_intake(session, plaatsingseisen=["begane_grond"])
    region.a_besluit(session, case)
    sent = choice.refer(Act(session, region.actor(session), CLOCK), case.id, chosen=(kamers.organisation_id, kamers.id))
    assert isinstance(sent, Referral)


def test_a_besluit_that_names_the_desk_goes_to_the_desk_and_the_desk_sends_it_on(session, region):
    kamers = a_place(session, region)
    case = region.an_intake(session)
    region.a_besluit(
        session,
        case,
        bestemming_soort="regionale_toegang",
        bestemming_naam="Centraal Onthaal",
        bestemming_gemeente="GM0599",
    )
    sent = choice.refer(Act(session, region.actor(session), CLOCK), case.id)
    assert sent.receiver_id == region.organisations["onthaal"]
    desk = region.actor(session, "desk")
    answer.accept(Act(session, desk, CLOCK), sent.id, version=sent.version, start_on=None)
    assert case.state is IntakeState.VERWEZEN
    onward = choice.refer(Act(session, desk, CLOCK), case.id)
    assert onward.place_id == kamers.id


def test_what_the_team_does_itself_is_sent_to_nobody(session, region):
    case = region.an_intake(session)
    region.a_besluit(
        session,
        case,
        voorzieningen=("begeleiding_thuis",),
        bestemming_soort="wijkteam",
        bestemming_gemeente=CAPELLE,
    )
    with pytest.raises(KeepsCase):
        choice.refer(Act(session, region.actor(session), CLOCK), case.id)


@pytest.mark.parametrize("purpose", PlacementPurpose)
def test_who_has_a_place_is_not_given_a_second_for_the_same(session, region, purpose):
    kamers = a_place(session, region, capaciteit=3)
    case = region.an_intake(session)
    region.a_besluit(session, case)
    worker, haven = region.actor(session), region.actor(session, "haven")
    first = choice.refer(Act(session, worker, CLOCK), case.id, purpose=purpose)
    answer.accept(Act(session, haven, CLOCK), first.id, version=first.version, start_on=None)
    with pytest.raises(HasPlace, match="nog een plek"):
        choice.refer(Act(session, worker, CLOCK), case.id, purpose=purpose)
    assert kamers.bezet == 1
