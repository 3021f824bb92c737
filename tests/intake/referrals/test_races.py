"""Two at the same moment: a place is never given twice, a referral never answered twice, on both databases."""

import threading
from collections import Counter

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from intake.access.act import Act
from intake.places import place
from intake.places.place import PlaceTaken
from intake.referrals.answering import answer
from intake.referrals.sending import choice
from intake.referrals.sending.line import StateConflict
from intake.referrals.sending.send import NoPlace
from intake.tables.place import Place, Placement, PlacementState
from intake.tables.referral import Referral, ReferralState, RefusalReason
from tests.intake.region import CLOCK, a_place

AT_ONCE = 6


def at_once(database, work):
    """Do each of `work` in a session of its own, all from the same moment; what each gave or raised."""
    barrier, outcomes = threading.Barrier(len(work)), [None] * len(work)

    def run(number, do):
        with database.session() as session:
            barrier.wait()
            try:
                outcomes[number] = do(session)
                session.commit()
            except (PlaceTaken, StateConflict, IntegrityError) as error:
                session.rollback()
                outcomes[number] = error

    threads = [threading.Thread(target=run, args=(number, do)) for number, do in enumerate(work)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def decided(session, region):
    case = region.an_intake(session)
    region.a_besluit(session, case)
    return case.id


def test_a_place_is_never_given_twice(database, session, region):
    kamers = a_place(session, region, capaciteit=2)
    cases = [decided(session, region) for _ in range(AT_ONCE)]
    session.commit()

    def ask(case_id):
        chosen = (kamers.organisation_id, kamers.id)
        return lambda mine: choice.refer(Act(mine, region.actor(mine), CLOCK), case_id, chosen=chosen)

    outcomes = at_once(database, [ask(case_id) for case_id in cases])
    kinds = Counter(type(one).__name__ for one in outcomes)
    assert kinds == {"Referral": 2, "PlaceTaken": AT_ONCE - 2}
    assert "net vergeven" in str(next(one for one in outcomes if isinstance(one, PlaceTaken)))
    with database.session() as after:
        assert after.get_one(Place, kamers.id).bezet == 2
        assert len(after.scalars(select(Placement)).all()) == 2


def test_who_misses_the_last_place_gets_the_next_in_line_or_is_told(database, session, region):
    a_place(session, region)
    a_place(session, region, owner="anker")
    cases = [decided(session, region) for _ in range(4)]
    session.commit()

    def ask(case_id):
        return lambda mine: choice.refer(Act(mine, region.actor(mine), CLOCK), case_id)

    outcomes = at_once(database, [ask(case_id) for case_id in cases])
    assert sum(isinstance(one, Referral) for one in outcomes) == 2
    assert sum(isinstance(one, NoPlace) for one in outcomes) == 2
    with database.session() as after:
        assert all(one.bezet <= one.capaciteit for one in after.scalars(select(Place)))


def test_a_referral_is_answered_once_by_whoever_was_first(database, session, region):
    a_place(session, region)
    sent = choice.refer(Act(session, region.actor(session), CLOCK), decided(session, region))
    session.commit()

    def take(mine):
        haven = region.actor(mine, "haven")
        return answer.accept(Act(mine, haven, CLOCK), sent.id, version=sent.version, start_on=None)

    outcomes = at_once(database, [take] * AT_ONCE)
    kinds = Counter(type(one).__name__ for one in outcomes)
    assert kinds == {"Referral": 1, "StateConflict": AT_ONCE - 1}


def test_withdrawing_and_accepting_at_once_ends_in_one_legal_state(database, session, region):
    kamers = a_place(session, region)
    sent = choice.refer(Act(session, region.actor(session), CLOCK), decided(session, region))
    session.commit()
    seen = sent.version

    def take(mine):
        return answer.accept(Act(mine, region.actor(mine, "haven"), CLOCK), sent.id, version=seen, start_on=None)

    def undo(mine):
        return answer.withdraw_referral(Act(mine, region.actor(mine), CLOCK), sent.id, version=seen)

    at_once(database, [take, undo])
    with database.session() as after:
        found, held = after.get_one(Referral, sent.id), after.scalars(select(Placement)).one()
        pair = (found.state, held.state, after.get_one(Place, kamers.id).bezet)
    assert pair in {
        (ReferralState.GEACCEPTEERD, PlacementState.BEZET, 1),
        (ReferralState.INGETROKKEN, PlacementState.VRIJGEGEVEN, 0),
    }


def test_declining_and_expiring_at_once_asks_the_next_once(database, session, region):
    a_place(session, region)
    a_place(session, region, owner="anker")
    sent = choice.refer(Act(session, region.actor(session), CLOCK), decided(session, region))
    session.commit()
    who = next(name for name in ("haven", "anker") if region.organisations[name] == sent.receiver_id)
    seen = sent.version

    def refuse(mine):
        return answer.decline(
            Act(mine, region.actor(mine, who), CLOCK),
            sent.id,
            version=seen,
            reden=RefusalReason.GEEN_PLEK,
            toelichting="",
        )

    at_once(database, [refuse, refuse])
    with database.session() as after:
        following = after.scalars(select(Referral).where(Referral.previous_id == sent.id)).all()
    assert len(following) == 1


def test_one_case_is_sent_once_by_a_double_click(database, session, region):
    a_place(session, region, capaciteit=5)
    case_id = decided(session, region)
    session.commit()

    def ask(mine):
        return choice.refer(Act(mine, region.actor(mine), CLOCK), case_id)

    outcomes = at_once(database, [ask] * AT_ONCE)
    assert sum(isinstance(one, Referral) for one in outcomes) == 1
    assert sum(isinstance(one, StateConflict) for one in outcomes) == AT_ONCE - 1


def test_the_database_itself_refuses_more_than_there_are(database, session, region):
    kamers = a_place(session, region)
    session.commit()
    with pytest.raises(IntegrityError), database.unit_of_work() as other:
        other.execute(update(Place).where(Place.id == kamers.id).values(bezet=2))


def test_the_database_itself_refuses_a_second_place_for_one_case(database, session, region):
    kamers = a_place(session, region, capaciteit=5)
    sent = choice.refer(Act(session, region.actor(session), CLOCK), decided(session, region))
    assert kamers.bezet == 1
    place.take(session, kamers.id, clock=CLOCK)
    place.hold(session, session.get_one(Referral, sent.id), clock=CLOCK)
    with pytest.raises(IntegrityError):
        session.flush()
