"""How long files are kept: fifteen years after the last change, six weeks after a withdrawal before any besluit."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from config.clock import AMSTERDAM
from intake.access import policy
from intake.access.action import Action
from intake.access.actor import Actor
from intake.case.days import RETENTION_YEARS, WITHDRAWN_WEEKS, destroy_from, destroy_withdrawn_from
from intake.tables.besluit import Besluit
from intake.tables.destruction import Destruction, DestructionGround, DestructionState
from intake.tables.event import CaseEvent
from intake.tables.intake import Intake, IntakeState

WITHDRAWN = "ingetrokken"


@dataclass(frozen=True, slots=True)
class DueFile:
    """A file whose time is over since `since`."""

    intake_id: uuid.UUID
    reference: str
    ground: DestructionGround
    since: date


def due_files(session: Session, actor: Actor, *, today: date) -> tuple[DueFile, ...]:
    """The files of the actor's gemeente that may be destroyed today and for which nobody asked it yet.

    Raises:
        Forbidden: this is not for the actor's role.
    """
    policy.require(actor, Action.DESTROY_FILE)
    found = (*_too_old(session, actor, today), *_withdrawn(session, actor, today))
    asked = set(session.scalars(select(Destruction.intake_id).where(Destruction.state != DestructionState.AFGEWEZEN)))
    unique = {one.intake_id: one for one in found if one.intake_id not in asked}
    return tuple(sorted(unique.values(), key=lambda one: (one.since, one.reference)))


def _too_old(session: Session, actor: Actor, today: date) -> list[DueFile]:
    roughly = _morning(today - timedelta(days=RETENTION_YEARS * 365 - 1))
    query = select(Intake).where(policy.scope(actor, Action.DESTROY_FILE, Intake), Intake.changed_at < roughly)
    found = []
    for case in session.scalars(query):
        since = destroy_from(case.changed_at.astimezone(AMSTERDAM).date())
        if since <= today:
            found.append(DueFile(case.id, case.reference, DestructionGround.BEWAARTERMIJN, since))
    return found


def _withdrawn(session: Session, actor: Actor, today: date) -> list[DueFile]:
    withdrawn_at = select(func.max(CaseEvent.at)).where(CaseEvent.intake_id == Intake.id, CaseEvent.kind == WITHDRAWN)
    query = select(Intake, withdrawn_at.scalar_subquery()).where(
        policy.scope(actor, Action.DESTROY_FILE, Intake),
        Intake.state == IntakeState.INGETROKKEN,
        ~select(Besluit.id).where(Besluit.intake_id == Intake.id).exists(),
        Intake.submitted_at < _morning(today - timedelta(weeks=WITHDRAWN_WEEKS, days=-1)),
    )
    found = []
    for case, moment in session.execute(query):
        since = destroy_withdrawn_from((moment or case.changed_at).astimezone(AMSTERDAM).date())
        if since <= today:
            found.append(DueFile(case.id, case.reference, DestructionGround.INGETROKKEN, since))
    return found


def _morning(day: date) -> datetime:
    return datetime.combine(day, time.min, AMSTERDAM)
