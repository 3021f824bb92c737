"""Under cover: taken and given back as any place, found by its people, and opened by the keys only."""

import uuid

import pytest
from sqlalchemy import select

from intake.access.act import Act
from intake.access.audit.audit import SEALED
from intake.keys.cipher import CannotOpen
from intake.places import cover, place
from intake.places.leaving import Vertrek
from intake.referrals.answering import answer
from intake.referrals.sending import choice
from intake.referrals.stays import stay
from intake.referrals.viewing import view
from intake.tables.audit import AuditEvent
from intake.tables.cover import Cover
from intake.tables.organisation import Organisation
from intake.tables.place import Place
from intake.tables.referral import Referral, ReferralState, RefusalReason
from tests.intake.region import CLOCK, a_place
from tests.intake.told import heard_by
from tests.journeys.hiding import a_shelter, sent


def room(session) -> Place:
    return session.scalars(select(Place).where(Place.naam == "Torenkamer")).one()


@pytest.fixture
def asked(session, region) -> Referral:
    a_shelter(session, region)
    made = sent(session, region)
    session.flush()
    return made


def test_the_true_place_is_counted_and_the_cover_never_offered(session, region, asked):
    assert room(session).bezet == 1
    assert asked.place_id != room(session).id
    assert room(session).id in {one.id for one in place.all_places(session, region.actor(session))}
    assert asked.place_id not in {one.id for one in place.all_places(session, region.actor(session))}


def test_its_people_find_the_referral_and_hear_of_it_and_nobody_else_does(session, region, asked):
    assert [one.referral.id for one in view.inbox(session, region.actor(session, "vera")).lines] == [asked.id]
    assert any("Nieuwe verwijzing" in text for text in heard_by(session, region.actor(session, "vera")))
    for other in ("haven", "anker", "desk", "stranger"):
        assert asked.id not in {one.referral.id for one in view.inbox(session, region.actor(session, other)).lines}
        assert cover.may_know(session, region.actor(session, other), asked) is False


def test_a_place_that_says_no_frees_the_true_one_and_is_not_asked_again(session, region, asked):
    session.get_one(Place, room(session).id).capaciteit = 2
    vera = region.actor(session, "vera")
    answer.decline(
        Act(session, vera, CLOCK), asked.id, version=asked.version, reden=RefusalReason.GEEN_PLEK, toelichting=""
    )
    session.flush()
    session.expire_all()
    assert (asked.state, room(session).bezet) == (ReferralState.GEWEIGERD, 0)
    assert session.scalars(select(Referral).where(Referral.previous_id == asked.id)).all() == []


def test_who_leaves_frees_the_true_place(session, region, asked):
    vera = region.actor(session, "vera")
    answer.accept(Act(session, vera, CLOCK), asked.id, version=asked.version, start_on=None)
    (staying,) = stay.stays(session, region.actor(session, "vera")).stays
    assert staying.plek == "Torenkamer"
    stay.leave(Act(session, vera, CLOCK), staying.place_id, staying.id, reden=Vertrek.EIGEN_WONING)
    session.expire_all()
    assert room(session).bezet == 0


def test_the_shelter_answers_under_a_name_that_is_of_nobody(session, region, asked):
    answer.accept(Act(session, region.actor(session, "vera"), CLOCK), asked.id, version=asked.version, start_on=None)
    assert asked.answered_name == "Medewerker van een veilige plek"
    assert asked.answered_by != region.accounts["vera"]


def test_the_log_says_that_somebody_of_a_safe_place_looked_and_the_keys_say_who(session, region, asked):
    view.open_referral(Act(session, region.actor(session, "vera"), CLOCK), asked.id)
    session.commit()
    rows = session.scalars(select(AuditEvent).where(AuditEvent.object_id == asked.id)).all()
    (row,) = [one for one in rows if one.user_name == "Medewerker van een veilige plek"]
    assert (row.account_id, row.organisation_id, row.functie) == (None, None, "")
    sealed = row.detail.partition(SEALED)[2]
    assert cover.who_signed(session, sealed) == region.accounts["vera"]
    with pytest.raises(CannotOpen):
        cover.who_signed(session, sealed[:-8] + "AAAAAAA=")


def test_the_worker_and_the_expertise_that_is_asked_are_told_the_true_name(session, region, asked):
    assert cover.revealed(session, region.actor(session), asked).naam == "De Veste"
    for other in ("desk", "expert", "haven"):
        assert cover.revealed(session, region.actor(session, other), asked).naam.startswith(cover.NAME)


def test_two_clients_of_one_place_stand_under_two_covers(session, region, asked):
    session.get_one(Place, room(session).id).capaciteit = 2
    second = sent(session, region)
    assert second.receiver_id != asked.receiver_id
    assert region.actor(session, "vera").covers == {asked.receiver_id, second.receiver_id}


def test_a_place_that_hides_nothing_has_no_cover(session, region):
    a_place(session, region)
    case = region.an_intake(session)
    region.a_besluit(session, case)
    made = choice.refer(Act(session, region.actor(session), CLOCK), case.id)
    assert made.receiver_id == region.organisations["haven"]
    assert cover.behind(session, made.receiver_id) is None
    assert cover.knows(session, region.actor(session, "anker"), made)


def test_a_marked_place_is_under_cover_too(session, region):
    a_place(session, region)
    session.get_one(Organisation, region.organisations["haven"]).afgeschermd = True
    case = region.an_intake(session)
    region.a_besluit(session, case)
    made = choice.refer(Act(session, region.actor(session), CLOCK), case.id)
    assert made.receiver_id != region.organisations["haven"]
    assert region.actor(session, "haven").covers == {made.receiver_id}


def test_a_cover_that_was_damaged_opens_to_nobody(session, region, asked):
    row = session.scalars(select(Cover)).one()
    row.behind = row.behind[:-1] + bytes([row.behind[-1] ^ 1])
    session.flush()
    with pytest.raises(CannotOpen):
        cover.behind(session, asked.receiver_id)
    assert cover.behind(session, uuid.uuid4()) is None
