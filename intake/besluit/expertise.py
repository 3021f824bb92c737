"""The regional expertise function looks at a complex case. Tonight's shelter never waits for it.

Its review is advies to who decides, or the decision itself: the register of mandates says which.
"""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from config.calendar import add_working_days
from intake.access import grant, policy
from intake.access.act import Act
from intake.access.action import Action
from intake.access.actor import Actor
from intake.access.audit import audit
from intake.advice import giving as advice
from intake.advice.giving import AdviceOutcome
from intake.besluit import mandate
from intake.case import standing, timeline
from intake.keys import sealing
from intake.people.messages import message
from intake.people.messages.kind import MessageKind, Told
from intake.people.messages.message import Behind, Subject, To
from intake.tables.expertise import ExpertiseRequest, ExpertiseState
from intake.tables.grant import GrantKind
from intake.tables.intake import Intake
from intake.tables.organisation import Organisation, OrganisationKind
from rules import Advice
from rules.values import Urgentie

TERM_WORKING_DAYS = 5
LONGEST_TEXT = 4000
GROUND = "Wmo 2015 art. 2.6.1 en Awb 3:5"


class NoExpertise(RuntimeError):
    """There is no expertise function in the register; the message is Dutch and says what to do."""


@dataclass(frozen=True, slots=True)
class RequestView:
    """A question to the expertise function, opened."""

    request: ExpertiseRequest
    question: str
    review: str
    case: Intake
    advice: Advice


def ask_review(act: Act, intake_id: uuid.UUID, *, question: str) -> ExpertiseRequest:
    """Ask the expertise function to look at the case; an open question stays and is returned.

    Raises:
        NotFound: no such case, or not for this actor.
        NoExpertise: the register holds no expertise function.
    """
    case = policy.fetch(act.session, act.actor, Action.ASK_REVIEW, Intake, intake_id, lock=True)
    return ask_for(act, case, advice.opened(act.session, advice.latest(act.session, case.id)), question)


def ask_for(act: Act, case: Intake, given: Advice, question: str) -> ExpertiseRequest:
    """As `ask_review`, for a case that the caller has fetched or is making.

    Raises:
        NoExpertise: the register holds no expertise function.
    """
    living = open_for(act.session, case.id)
    if living is not None:
        return living
    desk = _desk(act.session)
    request = _new_request(act, case, given, desk=desk, question=question)
    grant.give(
        act.session,
        act.actor,
        grant.NewGrant(
            gemeente_id=case.gemeente_id,
            zaak_id=case.id,
            to=desk.id,
            kind=GrantKind.EXPERTISE,
            ontvanger=OrganisationKind.REGIONALE_TOEGANG.value,
            grondslag=GROUND,
        ),
    )
    standing.settle(act.session, case)
    audit.record(act.session, act.actor, Action.ASK_REVIEW, about=case)
    timeline.tell(act, case, kind="expertise", text=f"Gevraagd aan {desk.naam} om mee te kijken.")
    asked = Told(MessageKind.EXPERTISE_GEVRAAGD, words={"hoe_snel": case.urgentie.value})
    behind = Behind(Subject.EXPERTISE, request.id, case.reference)
    message.send(act.session, asked, to=To(desk.id), behind=behind, clock=act.clock)
    return request


def _desk(session: Session) -> Organisation:
    """The expertise function of the region."""
    found = session.scalars(
        select(Organisation)
        .where(Organisation.kind == OrganisationKind.EXPERTISE, Organisation.closed_at.is_(None))
        .order_by(Organisation.created_at)
        .limit(1)
    ).first()
    if found is None:
        raise NoExpertise("Er is geen expertisefunctie in het register. Bel uw regio en vraag de beheerder om hulp.")
    return found


def _new_request(act: Act, case: Intake, given: Advice, *, desk: Organisation, question: str) -> ExpertiseRequest:
    product = given.voorzieningen[0] if given.voorzieningen else mandate.OVERBRUGGING
    request = ExpertiseRequest(
        id=uuid.uuid4(),
        gemeente_id=case.gemeente_id,
        intake_id=case.id,
        organisation_id=act.actor.organisation_id or case.organisation_id,
        receiver_id=desk.id,
        state=ExpertiseState.GEVRAAGD,
        weight=mandate.weight_of_review(act.session, case.gemeente_id, product, act.clock.today()),
        reasons=list(given.expertise_redenen),
        asked_by=act.actor.account_id or case.submitted_by,
        asked_at=act.clock.now(),
        due_on=add_working_days(act.clock.today(), TERM_WORKING_DAYS),
    )
    sealing.put(act.session, request, "question", question.strip()[:LONGEST_TEXT])
    act.session.add(request)
    return request


def open_for(session: Session, intake_id: uuid.UUID) -> ExpertiseRequest | None:
    """The question that is open on this case; the caller has fetched the case."""
    query = select(ExpertiseRequest).where(
        ExpertiseRequest.intake_id == intake_id, ExpertiseRequest.state == ExpertiseState.GEVRAAGD
    )
    return session.scalars(query.limit(1)).first()


def requests_of(session: Session, intake_id: uuid.UUID) -> tuple[ExpertiseRequest, ...]:
    """All questions on this case, newest first; the caller has fetched the case."""
    query = select(ExpertiseRequest).where(ExpertiseRequest.intake_id == intake_id)
    return tuple(session.scalars(query.order_by(ExpertiseRequest.asked_at.desc())))


def open_requests(session: Session, actor: Actor) -> tuple[ExpertiseRequest, ...]:
    """The questions that wait for the actor's expertise function: most urgent first, then first due first."""
    urgentie = select(Intake.urgentie).where(Intake.id == ExpertiseRequest.intake_id).scalar_subquery()
    return tuple(
        policy.fetch_all(
            session,
            actor,
            Action.READ_REVIEW,
            ExpertiseRequest,
            ExpertiseRequest.state == ExpertiseState.GEVRAAGD,
            order_by=[urgentie, ExpertiseRequest.due_on, ExpertiseRequest.asked_at],
        )
    )


def urgencies(session: Session, actor: Actor, requests: Iterable[ExpertiseRequest]) -> Mapping[uuid.UUID, Urgentie]:
    """How urgent the case of each question is, by the id of the case."""
    ids = {one.intake_id for one in requests}
    query = select(Intake.id, Intake.urgentie).where(policy.scope(actor, Action.READ_INTAKE, Intake))
    return {row[0]: row[1] for row in session.execute(query.where(Intake.id.in_(ids)))}


def open_request(session: Session, actor: Actor, request_id: uuid.UUID) -> RequestView:
    """One question with its case and advies.

    Raises:
        NotFound: no such question, or not for this actor.
    """
    request = policy.fetch(session, actor, Action.READ_REVIEW, ExpertiseRequest, request_id)
    case = policy.fetch(session, actor, Action.READ_INTAKE, Intake, request.intake_id)
    return RequestView(
        request=request,
        question=sealing.get(session, request, "question") or "",
        review=sealing.get(session, request, "review") or "",
        case=case,
        advice=advice.opened(session, advice.latest(session, case.id)),
    )


def withdraw_request(act: Act, request_id: uuid.UUID) -> None:
    """The question need not be answered any more: the one who asks decides without it.

    Raises:
        NotFound: no such question, or not for this actor.
    """
    request = policy.fetch(act.session, act.actor, Action.ASK_REVIEW, ExpertiseRequest, request_id, lock=True)
    if request.state is not ExpertiseState.GEVRAAGD:
        return
    case = policy.fetch(act.session, act.actor, Action.ASK_REVIEW, Intake, request.intake_id, lock=True)
    request.state = ExpertiseState.INGETROKKEN
    close(act.session, act.actor, case, request)
    timeline.tell(act, case, kind="expertise", text="De vraag aan de expertisefunctie is ingetrokken.")


def close(session: Session, actor: Actor, case: Intake, request: ExpertiseRequest) -> None:
    """What ends with a question: the case waits no more, and the expertise function no longer looks at it."""
    standing.settle(session, case)
    grant.withdraw(session, actor, grant.Right(zaak_id=case.id, to=request.receiver_id, kind=GrantKind.EXPERTISE))
    audit.record(session, actor, Action.ASK_REVIEW, about=request)


def ask_expertise(act: Act, case: Intake, outcome: AdviceOutcome) -> None:
    """Ask the expertise function because the rules say so; without one in the register the timeline says that."""
    try:
        ask_for(act, case, outcome.advice, "")
    except NoExpertise as error:
        timeline.tell(act, case, kind="expertise", text=str(error))
