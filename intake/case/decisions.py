"""What was decided on a case, read from its besluiten; taking one stands in `intake.besluit.taking`."""

import uuid
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.keys import sealing
from intake.tables.besluit import Besluit, BesluitKind
from intake.tables.intake import IntakeState

CLOSED = frozenset({IntakeState.AFGESLOTEN, IntakeState.INGETROKKEN})


class CaseClosed(RuntimeError):
    """The case is closed or withdrawn; nothing can be decided any more."""

    def __init__(self) -> None:
        super().__init__("Deze zaak is gesloten. Begin een nieuwe melding als de cliënt opnieuw hulp vraagt.")


def besluiten_of(session: Session, intake_id: uuid.UUID) -> tuple[Besluit, ...]:
    """The decisions on a case, newest first; the caller has fetched the case."""
    query = select(Besluit).where(Besluit.intake_id == intake_id).order_by(Besluit.number.desc())
    return tuple(session.scalars(query))


def newest(session: Session, intake_id: uuid.UUID, kind: BesluitKind | None = None) -> Besluit | None:
    """The last decision on a case, of this kind when one is named; the caller has fetched the case."""
    return newest_of(besluiten_of(session, intake_id), kind)


def newest_of(made: Iterable[Besluit], kind: BesluitKind | None = None) -> Besluit | None:
    """The same, from decisions that were read before, newest first."""
    return next((one for one in made if kind is None or one.kind is kind), None)


def reason_of(session: Session, besluit: Besluit) -> str:
    """Why it deviates; empty when it follows."""
    return sealing.get(session, besluit, "reden") or ""
