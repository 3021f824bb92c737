"""The answer of the expertise function: advies to who decides, or the besluit itself where the mandate says so."""

import uuid

from sqlalchemy.orm import Session

from intake.access import policy
from intake.access.act import Act
from intake.access.action import Action
from intake.access.audit import audit
from intake.advice import giving
from intake.besluit import expertise, taking
from intake.case import timeline
from intake.keys import sealing
from intake.people.messages import message
from intake.people.messages.kind import MessageKind, Told
from intake.tables.expertise import ExpertiseRequest, ExpertiseState, ReviewWeight
from intake.tables.intake import Intake

LONGEST_TEXT = 4000


class ReviewRefused(ValueError):
    """The review cannot be taken like this; the message is Dutch and says what is missing."""


def give_review(act: Act, request_id: uuid.UUID, *, review: str, route: taking.Route) -> ExpertiseRequest:
    """The answer of a named person: what fits, and why.

    Args:
        act: who reviews, in which transaction, at which moment.
        request_id: the question.
        review: why, in words.
        route: what fits; where the review is the besluit, what is decided.

    Raises:
        NotFound: no such question, or not for this actor.
        ReviewRefused: no text, too much of it, or answered already.
    """
    request = policy.fetch(act.session, act.actor, Action.GIVE_REVIEW, ExpertiseRequest, request_id, lock=True)
    if request.state is not ExpertiseState.GEVRAAGD:
        raise ReviewRefused("Deze vraag is al beantwoord of ingetrokken.")
    if not review.strip() or len(review) > LONGEST_TEXT:
        raise ReviewRefused(f"Schrijf uw beoordeling op, in ten hoogste {LONGEST_TEXT} tekens.")
    case = policy.fetch(act.session, act.actor, Action.READ_INTAKE, Intake, request.intake_id, lock=True)
    sealing.put(act.session, request, "review", review.strip())
    request.state, request.voorzieningen = ExpertiseState.BEOORDEELD, list(route.voorzieningen)
    request.reviewed_by, request.reviewed_at = act.actor.account_id, act.clock.now()
    request.reviewed_name, request.reviewed_function = act.actor.naam, act.actor.functie
    audit.record(act.session, act.actor, Action.GIVE_REVIEW, about=request)
    text = f"De expertisefunctie heeft de zaak beoordeeld ({request.weight.value})."
    timeline.tell(act, case, kind="expertise", text=text)
    expertise.close(act.session, act.actor, case, request)
    if request.weight is ReviewWeight.BESLUIT:
        taking.decide_as_expertise(act, case, route=route, reden=review)
    message.tell_worker(act.session, case, Told(MessageKind.EXPERTISE_GEANTWOORD), clock=act.clock)
    return request


def proposal(session: Session, request: ExpertiseRequest) -> taking.Route:
    """What the rules advise, as a first answer for the reviewer; the caller has fetched the question."""
    return taking.route_of(giving.opened(session, giving.latest(session, request.intake_id)))
