"""Emergency access: who opened whose case, and why, for how long; and that the privacy officer has seen it."""

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from intake.tables.intake import OfCase, of_case, of_tenant
from intake.tables.schema import Base, Identified, words_of
from intake.tables.sealed import EncryptedBlob


class EmergencyReason(StrEnum):
    """Why it cannot wait."""

    LEVENSGEVAAR = "levensgevaar"
    GEWELD = "geweld"
    MEDISCH = "medisch"
    KIND = "kind_in_gevaar"
    BED = "bed_vannacht"
    ANDERS = "anders"


class BreakGlass(OfCase, Identified, Base):
    """One act of emergency access by one person. `reason` is sealed text; the right itself is a grant."""

    __tablename__ = "break_glass"
    __table_args__ = (
        of_case(),
        of_tenant("grant_id", "grant_"),
        CheckConstraint("length(naam) > 0", name="named_person"),
        CheckConstraint("until > at", name="period"),
        CheckConstraint("(seen_at IS NULL) = (seen_by IS NULL)", name="seen_by_a_person"),
        Index(None, "gemeente_id", "at"),
    )

    grant_id: Mapped[uuid.UUID]
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    naam: Mapped[str]
    functie: Mapped[str]
    organisatie: Mapped[str]
    kind: Mapped[EmergencyReason | None] = mapped_column(words_of(EmergencyReason, length=40))
    """None of an act from before it was asked."""
    reason: Mapped[bytes] = mapped_column(EncryptedBlob())
    at: Mapped[datetime]
    until: Mapped[datetime]
    seen_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
    seen_at: Mapped[datetime | None]
    escalated_at: Mapped[datetime | None]
    """When the next in line was told, since nobody had seen it after a working day."""
