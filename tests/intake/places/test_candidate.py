"""Who could receive a case: the one that the besluit means, and not any of its kind."""

import pytest

from intake.access.act import Act
from intake.places import candidate
from intake.places.candidate import is_own_desk, needs_of
from intake.referrals.sending import choice
from intake.tables.place import PlacementPurpose
from intake.tables.referral import Referral
from tests.intake.region import CAPELLE, CLOCK, ROTTERDAM


@pytest.mark.parametrize(("gemeente", "stays"), [(ROTTERDAM, False), ("GM0344", False), (CAPELLE, True), ("", True)])
def test_a_case_that_goes_to_another_gemeente_is_not_kept_by_the_own_one(session, region, gemeente: str, *, stays):
    case = region.an_intake(session)
    decided = region.a_besluit(session, case, bestemming_soort="gemeente", bestemming_gemeente=gemeente or None)
    assert is_own_desk(session, decided, region.actor(session).addressed_as) is stays


def test_a_case_for_another_gemeente_is_sent_there(session, region):
    case = region.an_intake(session)
    region.a_besluit(session, case, bestemming_soort="gemeente", bestemming_gemeente=ROTTERDAM)
    made = choice.refer(Act(session, region.actor(session), CLOCK), case.id)
    assert isinstance(made, Referral)
    assert made.receiver_id == region.organisations["rotterdam"]


def test_a_desk_keeps_what_is_meant_for_it_also_when_the_rules_call_it_otherwise(session, region):
    case = region.an_intake(session)
    decided = region.a_besluit(
        session, case, bestemming_soort="regionale_toegang", bestemming_naam="Toegang Rotterdam",
        bestemming_gemeente=ROTTERDAM,
    )  # fmt: skip
    desk = region.actor(session, "desk")
    assert is_own_desk(session, decided, desk.addressed_as)
    needs = needs_of({}, CLOCK.today())
    purpose = PlacementPurpose.TRAJECT
    assert candidate.candidates_for(session, decided, needs, purpose, own=desk.addressed_as) == ()
