"""What stood in clear goes under cover: referrals of before, and those of a place that is marked later."""

from sqlalchemy import select

from intake.access.act import Act
from intake.places import cover, place
from intake.places.leaving import Vertrek
from intake.referrals.answering import answer
from intake.referrals.sending import choice
from intake.referrals.stays import stay
from intake.referrals.viewing import view
from intake.tables.event import CaseEvent
from intake.tables.message import Message
from intake.tables.organisation import Organisation
from intake.tables.place import Place
from intake.upkeep.covering import cover_what_stands
from tests.intake.region import CLOCK, a_place, later
from tests.intake.told import heard_by


def accepted(session, region):
    """A client at De Haven, which nobody marked yet."""
    a_place(session, region)
    case = region.an_intake(session)
    region.a_besluit(session, case)
    made = choice.refer(Act(session, region.actor(session), CLOCK), case.id)
    haven = region.actor(session, "haven")
    answer.accept(Act(session, haven, CLOCK), made.id, version=made.version, start_on=None)
    return made


def mark(session, region) -> None:
    session.get_one(Organisation, region.organisations["haven"]).afgeschermd = True
    session.flush()


def test_a_place_that_is_marked_later_goes_under_cover_with_all_that_hangs_under_it(session, region):
    made = accepted(session, region)
    mark(session, region)
    assert cover_what_stands(session, clock=CLOCK) == 1
    session.expire_all()
    haven = region.organisations["haven"]
    assert made.receiver_id != haven
    assert cover.behind(session, made.receiver_id).organisation_id == haven
    assert made.answered_name == "Medewerker van een veilige plek"
    for one in session.scalars(select(CaseEvent).where(CaseEvent.intake_id == made.intake_id)):
        assert "De Haven" not in one.text + one.name
    assert not any("De Haven" in text for text in heard_by(session, region.actor(session)))
    assert session.scalars(select(Message).where(Message.about_id == haven)).all() == []
    (kept, where) = place.stays_of(session, made.intake_id)[0]
    assert (kept.place_id, where.id) == (made.place_id, made.place_id)


def test_its_people_still_have_the_client_and_the_count_is_right_when_he_leaves(session, region):
    made = accepted(session, region)
    mark(session, region)
    cover_what_stands(session, clock=CLOCK)
    session.flush()
    haven = region.actor(session, "haven")
    assert view.open_referral(Act(session, haven, CLOCK), made.id).place == "Kamers"
    (staying,) = stay.stays(session, haven).stays
    stay.leave(Act(session, haven, later(hours=1)), staying.place_id, staying.id, reden=Vertrek.ANDERE_PLEK)
    session.expire_all()
    assert session.scalars(select(Place).where(Place.naam == "Kamers")).one().bezet == 0


def test_a_second_round_finds_nothing(session, region):
    accepted(session, region)
    mark(session, region)
    assert [cover_what_stands(session, clock=CLOCK) for _ in range(2)] == [1, 0]


def test_a_round_takes_no_more_than_it_is_told(session, region):
    accepted(session, region)
    mark(session, region)
    assert [cover_what_stands(session, clock=CLOCK, most=one) for one in (0, 1)] == [0, 1]
