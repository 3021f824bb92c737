"""A question to the regional expertise function, and its answer."""

import uuid
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from intake.tables.access_path import AccessPath
from intake.tables.intake import OfCase, of_case
from intake.tables.schema import Base, Identified, closed_list
from intake.tables.sealed import EncryptedBlob


class ExpertiseState(StrEnum):
    """Where the question is."""

    GEVRAAGD = "gevraagd"
    BEOORDEELD = "beoordeeld"
    INGETROKKEN = "ingetrokken"


class ReviewWeight(StrEnum):
    """What the review is, by the mandate register: advies to who decides, or the besluit itself."""

    ADVIES = "advies"
    BESLUIT = "besluit"


class ExpertiseRequest(OfCase, Identified, Base):
    """One question. `question` and `review` are sealed text; `reasons` are the codes of the rules (T7.…)."""

    __tablename__ = "expertise"
    __access__: ClassVar = AccessPath(
        gemeente="gemeente_id", zaak="intake_id", organisatie="organisation_id", ontvanger="receiver_id"
    )
    __table_args__ = (
        of_case(),
        CheckConstraint("state <> 'beoordeeld' OR reviewed_by IS NOT NULL", name="reviewed_by_a_person"),
        Index(None, "receiver_id", "state", "due_on"),
    )

    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    """Who asks."""
    receiver_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    """The expertise function that is asked."""
    state: Mapped[ExpertiseState] = mapped_column(closed_list(ExpertiseState, "state"), default=ExpertiseState.GEVRAAGD)
    weight: Mapped[ReviewWeight] = mapped_column(closed_list(ReviewWeight, "weight"))
    reasons: Mapped[list[str]]
    question: Mapped[bytes | None] = mapped_column(EncryptedBlob())
    asked_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    asked_at: Mapped[datetime]
    due_on: Mapped[date]
    review: Mapped[bytes | None] = mapped_column(EncryptedBlob())
    voorzieningen: Mapped[list[str] | None]
    """What the reviewer finds fitting; may equal the advies of the rules."""
    reviewed_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
    reviewed_name: Mapped[str | None]
    reviewed_function: Mapped[str | None]
    reviewed_at: Mapped[datetime | None]
