"""The answer of the expertise function: advies to who decides, or the besluit itself where the mandate says so."""

import uuid

from sqlalchemy.orm import Session

from config.clock import Clock
from intake.access import policy
from intake.access.action import Action
from intake.access.actor import Actor
from intake.access.audit import audit
from intake.advice import giving
from intake.besluit import expertise, taking
from intake.case import timeline
from intake.keys import sealing
from intake.people.messages import message
from intake.tables.expertise import ExpertiseRequest, ExpertiseState, ReviewWeight
from intake.tables.intake import Intake

LONGEST_TEXT = 4000


class ReviewRefused(ValueError):
    """The review cannot be taken like this; the message is Dutch and says what is missing."""


def give_review(
    session: Session, actor: Actor, request_id: uuid.UUID, *, review: str, route: taking.Route, clock: Clock
) -> ExpertiseRequest:
    """The answer of a named person: what fits, and why.

    Args:
        session: the transaction.
        actor: who reviews.
        request_id: the question.
        review: why, in words.
        route: what fits; where the review is the besluit, what is decided.
        clock: the time.

    Raises:
        NotFound: no such question, or not for this actor.
        ReviewRefused: no text, too much of it, or answered already.
    """
    request = policy.fetch(session, actor, Action.GIVE_REVIEW, ExpertiseRequest, request_id, lock=True)
    if request.state is not ExpertiseState.GEVRAAGD:
        raise ReviewRefused("Deze vraag is al beantwoord of ingetrokken.")
    if not review.strip() or len(review) > LONGEST_TEXT:
        raise ReviewRefused(f"Schrijf uw beoordeling op, in ten hoogste {LONGEST_TEXT} tekens.")
    case = policy.fetch(session, actor, Action.READ_INTAKE, Intake, request.intake_id, lock=True)
    sealing.put(session, request, "review", review.strip())
    request.state, request.voorzieningen = ExpertiseState.BEOORDEELD, list(route.voorzieningen)
    request.reviewed_by, request.reviewed_at = actor.account_id, clock.now()
    request.reviewed_name, request.reviewed_function = actor.naam, actor.functie
    audit.record(session, actor, Action.GIVE_REVIEW, about=request)
    text = f"De expertisefunctie heeft de zaak beoordeeld ({request.weight.value})."
    timeline.tell(session, actor, case, kind="expertise", text=text, clock=clock)
    expertise.close(session, actor, case, request)
    if request.weight is ReviewWeight.BESLUIT:
        taking.decide_as_expertise(session, actor, case, route=route, reden=review, clock=clock)
    message.tell_worker(session, case, f"De expertisefunctie heeft geantwoord bij {case.reference}.", clock=clock)
    return request


def proposal(session: Session, request: ExpertiseRequest) -> taking.Route:
    """What the rules advise, as a first answer for the reviewer; the caller has fetched the question."""
    return taking.route_of(giving.opened(session, giving.latest(session, request.intake_id)))
