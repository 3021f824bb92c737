"""Two people for power: nobody gets a control role, or loses the second step, by one beheerder's hand."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from config.clock import FixedClock
from intake.access import policy
from intake.access.act import Act
from intake.login.accounts.account import NewAccount
from intake.people.organisations.membership import Appointment, workplaces
from intake.people.power import answering, asking, pending
from intake.people.power.answering import ProposalGone
from intake.people.staff.staffing import StaffRefused
from intake.tables.account import Account, Role
from intake.tables.outgoing import Outgoing
from intake.tables.proposal import Proposal, ProposalState
from tests.intake.region import CLOCK, NOW, OF_ALL, Region, a_region
from tests.intake.told import heard_by

AGREE, REFUSE, TAKE_BACK = ProposalState.AKKOORD, ProposalState.GEWEIGERD, ProposalState.INGETROKKEN
NEW = NewAccount(email="nieuw@voorbeeld.test", naam="Nieuw Iemand", functie="medewerker")


@pytest.fixture
def region(session) -> Region:
    """With two people who manage the accounts of the gemeente, and one of the region."""
    made = a_region(session, "beheerder", "leader")
    made.register(session, "regio", OF_ALL)
    made.hire(session, "tweede", "capelle", Role.FUNCTIONEEL_BEHEERDER)
    made.hire(session, "regiobeheer", "regio", Role.FUNCTIONEEL_BEHEERDER)
    for name in ("beheerder", "tweede", "regiobeheer"):
        made.account(session, name).password_hash = "x"
    session.flush()
    return made


def act(session, region, name="beheerder", clock=CLOCK) -> Act:
    return Act(session, region.actor(session, name, clock), clock)


def role(region, wanted=Role.FG, at="capelle") -> Appointment:
    return Appointment(organisation_id=region.organisations[at], role=wanted, van=CLOCK.today())


def asked(session, region, wanted=Role.FG) -> Proposal:
    made = asking.give_role(act(session, region), region.accounts["worker"], role(region, wanted))
    assert made is not None
    return made


def roles(session, region, name="worker") -> set[Role]:
    places = workplaces(session, region.accounts[name], CLOCK.today())
    return {one for place in places for one in place.roles}


@pytest.mark.parametrize("wanted", sorted(asking.CONTROL_ROLES))
def test_a_control_role_waits_for_a_second_beheerder(session, region, wanted):
    made = asked(session, region, wanted)
    assert wanted not in roles(session, region)
    answering.answer(act(session, region, "tweede"), made.id, AGREE)
    assert wanted in roles(session, region)


def test_a_role_that_controls_nobody_is_given_at_once(session, region):
    assert asking.give_role(act(session, region), region.accounts["worker"], role(region, Role.BELEID)) is None
    assert Role.BELEID in roles(session, region)


@pytest.mark.parametrize("name", ["beheerder", "worker"])
def test_neither_who_asked_nor_whom_it_concerns_agrees(session, region, name):
    region.appoint(session, "worker", "capelle", Role.FUNCTIONEEL_BEHEERDER)
    made = asked(session, region)
    for answered in (AGREE, REFUSE):
        with pytest.raises(ProposalGone, match="tweede beheerder"):
            answering.answer(act(session, region, name), made.id, answered)
    assert Role.FG not in roles(session, region)


def test_the_database_itself_refuses_a_second_person_who_is_the_first(session, region):
    made = asked(session, region)
    made.state, made.answered_by, made.answered_at = AGREE, made.asked_by, NOW
    with pytest.raises(IntegrityError):
        session.flush()


def test_the_beheerder_of_the_region_is_a_second_for_a_gemeente_with_one(session, region):
    made = asked(session, region)
    (line,) = pending.waiting(act(session, region, "regiobeheer"))
    assert (line.row.id, line.second) == (made.id, True)
    answering.answer(act(session, region, "regiobeheer"), made.id, AGREE)
    assert Role.FG in roles(session, region)


def test_a_beheerder_of_elsewhere_knows_nothing_of_it(session, region):
    region.hire(session, "elders_beheer", "rotterdam", Role.FUNCTIONEEL_BEHEERDER)
    made = asked(session, region)
    assert pending.waiting(act(session, region, "elders_beheer")) == ()
    with pytest.raises(policy.NotFound):
        answering.answer(act(session, region, "elders_beheer"), made.id, AGREE)


def test_whom_it_concerns_and_who_decides_hear_of_it_at_once(session, region):
    asked(session, region)
    assert "Beheerder vroeg om u de rol fg te geven. Een tweede beheerder beslist." in heard_by(
        session, region.actor(session)
    )
    for name in ("tweede", "regiobeheer"):
        assert any("als tweede beheerder" in text for text in heard_by(session, region.actor(session, name)))
    assert heard_by(session, region.actor(session, "beheerder")) == []
    assert session.scalars(select(Outgoing.account_id)).all() == [region.accounts["worker"]]


def test_a_refusal_and_taking_back_end_it(session, region):
    refused = asked(session, region)
    answering.answer(act(session, region, "tweede"), refused.id, REFUSE)
    again = asked(session, region)
    assert again.id != refused.id
    answering.answer(act(session, region), again.id, TAKE_BACK)
    for one in (refused, again):
        with pytest.raises(ProposalGone, match="al beantwoord"):
            answering.answer(act(session, region, "tweede"), one.id, AGREE)
    assert Role.FG not in roles(session, region)


def test_asked_twice_is_one_proposal(session, region):
    assert asked(session, region).id == asked(session, region).id
    assert len(pending.waiting(act(session, region))) == 1


def test_what_nobody_answers_ends_after_two_weeks(session, region):
    made = asked(session, region)
    later = FixedClock(NOW + timedelta(days=14))
    assert pending.waiting(act(session, region, "tweede", later)) == ()
    with pytest.raises(ProposalGone, match="verlopen"):
        answering.answer(act(session, region, "tweede", later), made.id, AGREE)


def test_somebody_new_with_a_control_role_can_do_nothing_before(session, region):
    invited = asking.invite(act(session, region), NEW, role(region))
    assert invited.waits
    assert workplaces(session, invited.account.id, CLOCK.today()) == ()
    (line,) = pending.waiting(act(session, region, "tweede"))
    answering.answer(act(session, region, "tweede"), line.row.id, AGREE)
    (place,) = workplaces(session, invited.account.id, CLOCK.today())
    assert place.roles == {Role.FG}


def test_a_role_that_does_not_fit_is_refused_before_anybody_is_asked(session, region):
    with pytest.raises(StaffRefused, match="past niet"):
        asking.give_role(act(session, region), region.accounts["worker"], role(region, Role.FG, "wijkteam"))
    assert session.scalars(select(Proposal)).all() == []


def test_a_second_step_is_taken_away_by_two_people_and_not_without_the_person_hearing(session, region):
    worker = session.get_one(Account, region.accounts["worker"])
    worker.totp_secret = b"geheim"
    made = asking.forget_second_factor(act(session, region), worker.id)
    assert worker.totp_secret is not None
    assert any("uw telefoon niet kwijt" in text for text in heard_by(session, region.actor(session)))
    answering.answer(act(session, region, "tweede"), made.id, AGREE)
    assert worker.totp_secret is None
