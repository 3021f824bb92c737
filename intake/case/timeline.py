"""The timeline of a case: each thing that happened, as its people read it."""

import uuid
from dataclasses import dataclass

from sqlalchemy import Uuid, bindparam, func, insert, select
from sqlalchemy.orm import Session

from intake.access.act import Act
from intake.tables.event import CaseEvent
from intake.tables.intake import Intake

VERWIJZING = "verwijzing"
BESLUIT, OVERBRUGGING = "besluit", "overbrugging"
GEEN_PLEK, GEEN_BED = "geen_plek", "geen_bed"
"""Lines from which the state of a case follows (`intake.case.standing`): what was decided, and that nobody has room."""

_LINES_SO_FAR = select(func.count()).where(CaseEvent.intake_id == bindparam("of_case", type_=Uuid()))
_TELL = insert(CaseEvent).values(number=_LINES_SO_FAR.scalar_subquery() + 1)
"""A line gets the next number of its case, in the same statement."""


@dataclass(frozen=True, slots=True)
class _Line:
    kind: str
    text: str
    referral_id: uuid.UUID | None = None


def tell(act: Act, case: Intake, *, kind: str, text: str) -> None:
    """Add a line to the timeline; with that the case has changed, and its fifteen years begin anew (Wmo 5.3.4).

    `text` is a plain Dutch sentence without personal data of the client.
    """
    _add(act, case, _Line(kind, text))


def tell_of_referral(act: Act, case: Intake, referral_id: uuid.UUID, *, text: str) -> None:
    """As `tell`, of what happened to a referral of the case."""
    _add(act, case, _Line(VERWIJZING, text, referral_id))


def _add(act: Act, case: Intake, told: _Line) -> None:
    case.changed_at = max(case.changed_at, act.clock.now())
    act.session.flush()
    line = {
        "id": uuid.uuid4(),
        "gemeente_id": case.gemeente_id,
        "intake_id": case.id,
        "at": act.clock.now(),
        "kind": told.kind,
        "text": told.text,
        "account_id": act.actor.signature.account_id,
        "name": act.actor.signature.name,
        "referral_id": told.referral_id,
    }
    act.session.connection().execute(_TELL, {**line, "of_case": case.id})


def timeline(session: Session, intake_id: uuid.UUID) -> tuple[CaseEvent, ...]:
    """What happened to the case, newest first; the caller has fetched the case."""
    query = select(CaseEvent).where(CaseEvent.intake_id == intake_id)
    return tuple(session.scalars(query.order_by(CaseEvent.at.desc(), CaseEvent.number.desc())))
