"""With the second lock on: a stay ends, and a client arrives in another region, by those whose part it is."""

from intake.access.act import Act
from intake.places import place
from intake.referrals.answering import answer
from intake.referrals.sending import choice
from intake.referrals.stays import stay
from intake.referrals.stays.stay import Vertrek
from intake.referrals.transfers import transfer
from intake.referrals.viewing import view
from intake.tables.intake import Intake, IntakeState
from intake.tables.place import PlacementPurpose, PlacementState
from intake.tables.referral import Referral, ReferralState
from tests.intake.access.test_locked import filed, house, sent, working_as
from tests.intake.region import CLOCK

__all__ = ["house"]


def test_a_provider_ends_a_stay(house):
    case_id = filed(house)
    referral_id, who = sent(house, case_id)
    with working_as(house, who) as (session, provider):
        answer.accept(Act(session, provider, CLOCK), referral_id, version=1, start_on=None)
    with working_as(house, who) as (session, provider):
        shown = stay.stays(session, provider).stays[0]
        stay.leave(Act(session, provider, CLOCK), shown.place_id, shown.id, reden=Vertrek.NIET_GEKOMEN)
    with working_as(house, "worker") as (session, _):
        assert session.get_one(Intake, case_id).state is IntakeState.BESLOTEN
        assert place.stays_of(session, case_id)[0][0].state is PlacementState.VRIJGEGEVEN


def test_the_other_region_accepts_and_confirms_the_arrival(house):
    _somebody_in_utrecht(house)
    case_id = filed(house)
    bed = _bed_tonight(house, case_id)
    with working_as(house, "worker") as (session, worker):
        utrecht = house[1].organisations["utrecht"]
        made = transfer.propose(Act(session, worker, CLOCK), case_id, receiver_id=utrecht, reden="Zijn zus.")
        transfer.discussed(Act(session, worker, CLOCK), made.id, version=made.version, mening="Graag.")
        transfer.ask_region(Act(session, worker, CLOCK), made.id, version=made.version)
    with working_as(house, "utrecht") as (session, there):
        seen = view.open_referral(Act(session, there, CLOCK), made.id)
        assert seen.shown
        answer.accept(Act(session, there, CLOCK), made.id, version=seen.referral.version, start_on=None)
    with working_as(house, "worker") as (session, worker):
        now = session.get_one(Referral, made.id)
        transfer.hand_over(Act(session, worker, CLOCK), made.id, version=now.version)
        assert transfer.shelter_kept(session, now) == (bed,)
    with working_as(house, "utrecht") as (session, there):
        now = session.get_one(Referral, made.id)
        transfer.confirm_arrival(Act(session, there, CLOCK), made.id, version=now.version)
    with working_as(house, "worker") as (session, _):
        now = session.get_one(Referral, made.id)
        assert now.state is ReferralState.AANGEKOMEN
        assert transfer.shelter_kept(session, now) == ()


def _somebody_in_utrecht(house) -> None:
    database, region = house
    with database.unit_of_work() as session:
        region.bring(session, "utrecht")


def _bed_tonight(house, case_id) -> str:
    """A besluit that Utrecht takes over, and a bed here until then."""
    with working_as(house, "worker") as (session, worker):
        case = session.get_one(Intake, case_id)
        house[1].a_besluit(session, case, bestemming_soort="andere_regio", bestemming_gemeente="GM0344")
        tonight = PlacementPurpose.OVERBRUGGING
        choice.refer(Act(session, worker, CLOCK), case_id, purpose=tonight)
        return place.stays_of(session, case_id)[0][1].naam
