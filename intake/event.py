"""The timeline of a case: each thing that happened, as its people read it."""

import uuid

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from config.clock import Clock
from intake.actor import Actor
from intake.tables.event import CaseEvent
from intake.tables.intake import Intake


def tell(
    session: Session,
    actor: Actor,
    case: Intake,
    *,
    kind: str,
    text: str,
    clock: Clock,
    referral_id: uuid.UUID | None = None,
) -> CaseEvent:
    """Add a line to the timeline. `text` is a plain Dutch sentence without personal data of the client."""
    number = session.scalar(select(func.count()).where(CaseEvent.intake_id == case.id)) or 0
    event = CaseEvent(
        id=uuid.uuid4(),
        gemeente_id=case.gemeente_id,
        intake_id=case.id,
        at=clock.now(),
        number=number + 1,
        kind=kind,
        text=text,
        account_id=actor.account_id,
        name=who(actor),
        referral_id=referral_id,
    )
    session.add(event)
    session.flush()
    return event


def who(actor: Actor) -> str:
    """Name, function and organisation, as the timeline shows them."""
    return ", ".join(part for part in (actor.naam, actor.functie, actor.organisation_naam) if part)


def timeline(session: Session, intake_id: uuid.UUID) -> tuple[CaseEvent, ...]:
    """What happened to the case, newest first; the caller has fetched the case."""
    query = select(CaseEvent).where(CaseEvent.intake_id == intake_id)
    return tuple(session.scalars(query.order_by(CaseEvent.at.desc(), CaseEvent.number.desc())))
