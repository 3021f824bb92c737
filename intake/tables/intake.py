"""An intake: what was submitted, and where the case is now."""

import uuid
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from intake.tables.access_path import AccessPath
from intake.tables.schema import Base, Identified, closed_list, words_of
from intake.tables.sealed import EncryptedBlob
from rules.values import Urgentie


class IntakeState(StrEnum):
    """Where a case is, as the worker says it."""

    INGEDIEND = "ingediend"
    IN_EXPERTISE = "in_expertise"
    BESLOTEN = "besloten"
    VERWEZEN = "verwezen"
    GEEN_PLEK = "geen_plek"
    GEPLAATST = "geplaatst"
    AFGESLOTEN = "afgesloten"
    INGETROKKEN = "ingetrokken"


class Intake(Identified, Base):
    """One case of one controlling gemeente.

    `answers` and `facts` are sealed JSON as they were on the day of submission. `reference` is for people to
    name the case; it is drawn at random and is never a key to look a case up by.
    """

    __tablename__ = "intake"
    __access__: ClassVar = AccessPath(gemeente="gemeente_id", zaak="id", organisatie="organisation_id")
    __table_args__ = (
        UniqueConstraint("gemeente_id", "id"),
        UniqueConstraint("reference"),
        Index(None, "gemeente_id", "state", "urgentie"),
        Index(None, "gemeente_id", "bsn_index"),
    )

    gemeente_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    """The team or desk that filed it (`actor.organisation_id`): a regional desk reads what it filed itself."""
    reference: Mapped[str] = mapped_column(String(20))
    state: Mapped[IntakeState] = mapped_column(closed_list(IntakeState, "state"), default=IntakeState.INGEDIEND)
    version: Mapped[int] = mapped_column(default=1)
    melding_datum: Mapped[date]
    form_version: Mapped[str]
    answers: Mapped[bytes] = mapped_column(EncryptedBlob())
    facts: Mapped[bytes] = mapped_column(EncryptedBlob())
    bsn_index: Mapped[bytes | None]
    achternaam_index: Mapped[bytes | None]
    adres_index: Mapped[bytes | None]
    """Keyed hashes of bsn, surname and address (`intake.case.lookup`)."""
    index_version: Mapped[int] = mapped_column(default=0, server_default="0")
    """The tenant's key with which they were made; 0 when some are still to be made."""
    receipt_hash: Mapped[str]
    urgentie: Mapped[Urgentie] = mapped_column(words_of(Urgentie, length=2))
    """The urgency of the latest advies: U0 (now) to U4."""
    expertise: Mapped[bool]
    submitted_at: Mapped[datetime]
    submitted_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    worker_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    """Who looks after the case now."""
    changed_at: Mapped[datetime]
    """The last change of the person's data: from here the fifteen years of Wmo 5.3.4 run."""


def of_tenant(column: str, parent: str) -> ForeignKeyConstraint:
    """The foreign key of `column` to a row of the same tenant: no tenant hangs a row on another's. May be empty."""
    return ForeignKeyConstraint(["gemeente_id", column], [f"{parent}.gemeente_id", f"{parent}.id"])


def of_case() -> ForeignKeyConstraint:
    """The foreign key of a row that belongs to a case: tenant and case together, so no tenant adds to another's."""
    return ForeignKeyConstraint(["gemeente_id", "intake_id"], ["intake.gemeente_id", "intake.id"])


class OfCase:
    """The two columns of a row that belongs to a case; add `of_case()` to its table arguments."""

    __access__: ClassVar = AccessPath(gemeente="gemeente_id", zaak="intake_id")

    gemeente_id: Mapped[uuid.UUID]
    intake_id: Mapped[uuid.UUID]
