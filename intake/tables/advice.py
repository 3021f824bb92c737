"""The advies as the rules gave it: every one that a case ever had, in order."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from intake.tables.intake import OfCase, of_case
from intake.tables.schema import Base, Identified, closed_list
from intake.tables.sealed import EncryptedBlob


class AdviceOccasion(StrEnum):
    """Why the rules were asked."""

    INDIENING = "indiening"
    HERBEREKENING = "herberekening"
    CORRECTIE = "correctie"


class StoredAdvice(OfCase, Identified, Base):
    """One advies. `content` is the sealed JSON of it, `content_hash` its SHA-256."""

    __tablename__ = "advice"
    __table_args__ = (of_case(), UniqueConstraint("gemeente_id", "id"), UniqueConstraint("intake_id", "number"))

    number: Mapped[int]
    occasion: Mapped[AdviceOccasion] = mapped_column(closed_list(AdviceOccasion, "occasion"))
    made_at: Mapped[datetime]
    on: Mapped[date] = mapped_column("peildatum")
    ruleset: Mapped[str] = mapped_column(String(80))
    ruleset_hash: Mapped[str] = mapped_column(String(80))
    content: Mapped[bytes] = mapped_column(EncryptedBlob())
    content_hash: Mapped[str] = mapped_column(String(80))
    reserve: Mapped[bool] = mapped_column(default=False)
    """The rules could not answer; this is the safe answer for tonight, with expertise asked."""
    reserve_reason: Mapped[str | None]
    facts_hash: Mapped[str | None]
    """With what it was made, so that it can be made again: hash of the facts, version of the form and of the engine."""
    form_version: Mapped[str | None]
    engine: Mapped[str | None]
