"""A person decides, can say why, and is never slowed down about tonight."""

import pytest
from sqlalchemy import update
from sqlalchemy.exc import DBAPIError, IntegrityError

from intake.access.act import Act
from intake.access.policy import NotFound
from intake.advice import giving
from intake.besluit import expertise, review
from intake.besluit.taking import ReasonMissing, ReviewPending, Route, decide_overbrugging, deviate, follow
from intake.case import decisions
from intake.case import terms as deadline
from intake.case.decisions import CaseClosed
from intake.keys import sealing
from intake.tables.besluit import Besluit, BesluitKind
from intake.tables.deadline import DeadlineKind
from intake.tables.expertise import ExpertiseState, ReviewWeight
from intake.tables.intake import IntakeState
from tests.intake.region import CLOCK, a_mandate, later

ELSEWHERE = Route(("nachtopvang",), "tijdelijke_opvang_vandaag", "aanbieder")


def a_complex_case(session, region):
    """A case on which the expertise function was asked."""
    case = region.a_filing(session, gevaar_voor_anderen="ja")
    return case, expertise.ask_review(Act(session, region.actor(session), CLOCK), case.id, question="Kijk mee.")


def test_following_keeps_who_decided_on_what(session, region):
    case = region.an_intake(session)
    made = follow(Act(session, region.actor(session), CLOCK), case.id)
    stored = giving.latest(session, case.id)
    assert (made.naam, made.functie) == ("Worker", "wijkteammedewerker")
    assert (made.advice_id, made.advice_hash, made.ruleset_hash) == (
        stored.id,
        stored.content_hash,
        stored.ruleset_hash,
    )
    assert sealing.get(session, made, "facts") == sealing.get(session, case, "facts")
    assert not made.wijkt_af
    assert case.state is IntakeState.BESLOTEN


def test_deviating_needs_a_reason_and_nothing_else(session, region):
    case = region.an_intake(session)
    with pytest.raises(ReasonMissing, match="waarom"):
        deviate(Act(session, region.actor(session), CLOCK), case.id, route=ELSEWHERE, reden="  ")
    made = deviate(Act(session, region.actor(session), CLOCK), case.id, route=ELSEWHERE, reden="Hij kent daar iemand.")
    assert made.wijkt_af
    assert decisions.reason_of(session, made) == "Hij kent daar iemand."
    assert b"kent" not in (made.reden or b"")


def test_the_same_page_sent_twice_is_one_besluit(session, region):
    case = region.an_intake(session)
    worker = region.actor(session)
    first = follow(Act(session, worker, CLOCK), case.id)
    assert follow(Act(session, worker, CLOCK), case.id).id == first.id
    other = deviate(Act(session, worker, CLOCK), case.id, route=ELSEWHERE, reden="Toch anders.")
    assert deviate(Act(session, worker, CLOCK), case.id, route=ELSEWHERE, reden="Toch anders.").id == other.id
    assert follow(Act(session, worker, CLOCK), case.id).number == 3


def test_the_database_refuses_a_besluit_without_a_person(database, session, region):
    made = region.a_besluit(session, region.an_intake(session))
    session.commit()
    with pytest.raises((IntegrityError, DBAPIError)), database.unit_of_work() as other:
        other.execute(update(Besluit).where(Besluit.id == made.id).values(bevestigd_door=None))


def test_the_database_refuses_a_deviation_without_a_reason(database, session, region):
    made = region.a_besluit(session, region.an_intake(session))
    session.commit()
    with pytest.raises(IntegrityError), database.unit_of_work() as other:
        other.execute(update(Besluit).where(Besluit.id == made.id).values(reden=None))


def test_a_besluit_by_mandate_starts_the_term_of_objection(session, region):
    a_mandate(session, region, "nachtopvang", "wijkteam")
    case = region.an_intake(session)
    made = deviate(Act(session, region.actor(session), CLOCK), case.id, route=ELSEWHERE, reden="Past beter.")
    terms = {term.kind: term.due_on.isoformat() for term in deadline.terms_of(session, case.id, CLOCK.today())}
    assert made.bevoegd
    assert made.mandate_id is not None
    assert terms[DeadlineKind.BEZWAAR] == "2027-01-04"


def test_without_the_mandate_the_worker_refers_and_does_not_decide(session, region):
    a_mandate(session, region, "nachtopvang", "onthaal")
    case = region.an_intake(session)
    made = deviate(Act(session, region.actor(session), CLOCK), case.id, route=ELSEWHERE, reden="Past beter.")
    assert not made.bevoegd
    assert made.namens == "het college van burgemeester en wethouders van Capelle aan den IJssel"
    kinds = {term.kind for term in deadline.terms_of(session, case.id, CLOCK.today())}
    assert DeadlineKind.BEZWAAR not in kinds


def test_tonight_waits_for_nobody(session, region):
    case, _ = a_complex_case(session, region)
    with pytest.raises(ReviewPending, match="vannacht"):
        follow(Act(session, region.actor(session), CLOCK), case.id)
    made = decide_overbrugging(
        Act(session, region.actor(session), CLOCK), case.id, overbrugging="tijdelijke_opvang_vandaag"
    )
    assert made.kind is BesluitKind.OVERBRUGGING
    assert made.bevoegd


def test_the_expertise_function_is_no_waiting_room(session, region):
    case, request = a_complex_case(session, region)
    after = later(days=(request.due_on - CLOCK.today()).days + 1)
    assert follow(Act(session, region.actor(session, clock=after), after), case.id).number == 1


def test_no_shelter_against_the_advies_needs_a_reason(session, region):
    case = region.an_intake(session)
    with pytest.raises(ReasonMissing):
        decide_overbrugging(Act(session, region.actor(session), CLOCK), case.id, overbrugging="geen")


def test_the_review_of_the_expertise_function_is_advies(session, region):
    case, request = a_complex_case(session, region)
    expert = region.actor(session, "expert")
    given = review.give_review(Act(session, expert, CLOCK), request.id, review="Rustige plek.", route=ELSEWHERE)
    assert (given.state, given.weight) == (ExpertiseState.BEOORDEELD, ReviewWeight.ADVIES)
    assert decisions.newest(session, case.id) is None
    assert follow(Act(session, region.actor(session), CLOCK), case.id).number == 1


def test_the_review_is_the_besluit_where_the_mandate_says_so(session, region):
    for product in ("opvang_24uurs", "nachtopvang", "beschermd_wonen"):
        a_mandate(session, region, product, "expertise", review_decides=True)
    case, request = a_complex_case(session, region)
    expert = region.actor(session, "expert")
    review.give_review(Act(session, expert, CLOCK), request.id, review="Rustige plek.", route=ELSEWHERE)
    made = decisions.newest(session, case.id)
    assert made is not None
    assert (made.naam, made.bevoegd, made.wijkt_af) == ("Expert", True, True)


def test_an_answered_question_is_not_answered_again(session, region):
    _, request = a_complex_case(session, region)
    expert = region.actor(session, "expert")
    review.give_review(Act(session, expert, CLOCK), request.id, review="Goed zo.", route=ELSEWHERE)
    with pytest.raises((review.ReviewRefused, NotFound)):
        review.give_review(Act(session, expert, CLOCK), request.id, review="Of toch niet.", route=ELSEWHERE)


def test_nothing_is_decided_about_a_closed_case(session, region):
    case = region.an_intake(session)
    case.state = IntakeState.AFGESLOTEN
    session.flush()
    with pytest.raises(CaseClosed):
        follow(Act(session, region.actor(session), CLOCK), case.id)


def test_somebody_of_another_gemeente_decides_nothing(session, region):
    case = region.an_intake(session)
    with pytest.raises(NotFound):
        follow(Act(session, region.actor(session, "stranger"), CLOCK), case.id)


def test_the_term_of_the_besluit_stands_still_while_the_client_is_asked(session, region):
    case = region.an_intake(session)
    worker = region.actor(session)
    with pytest.raises(deadline.TermError, match="05-01-2027"):
        deadline.receive_aanvraag(Act(session, worker, CLOCK), case.id, on=CLOCK.today())
    deadline.finish_onderzoek(Act(session, worker, CLOCK), case.id)
    term = deadline.receive_aanvraag(Act(session, worker, CLOCK), case.id, on=CLOCK.today())
    assert term.due_on.isoformat() == "2026-12-07"
    deadline.suspend(Act(session, worker, later(days=2)), case.id, reden="Inkomen?")
    deadline.resume(Act(session, worker, later(days=5)), case.id)
    assert term.due_on.isoformat() == "2026-12-10"
