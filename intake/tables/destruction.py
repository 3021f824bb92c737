"""The end of a file: asked for or due, approved by two people, done; what remains is a certificate without content."""

import uuid
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from intake.tables.access_path import AccessPath
from intake.tables.intake import OfCase, of_case
from intake.tables.schema import Base, Identified, closed_list
from intake.tables.sealed import EncryptedBlob


class DestructionGround(StrEnum):
    """Why the file goes."""

    VERZOEK = "verzoek"
    """The client asks for it (Wmo 2015 art. 5.3.5): within three months."""
    BEWAARTERMIJN = "bewaartermijn"
    """Fifteen years after the last change (Wmo 2015 art. 5.3.4)."""
    INGETROKKEN = "ingetrokken"
    """Withdrawn before there was a besluit: six weeks later."""


class DestructionState(StrEnum):
    """Where it is."""

    GEVRAAGD = "gevraagd"
    EERSTE_AKKOORD = "eerste_akkoord"
    VERNIETIGD = "vernietigd"
    AFGEWEZEN = "afgewezen"


class Destruction(Identified, Base):
    """One file to be destroyed; afterwards the certificate. Names the case by id only, and holds no content.

    `intake_id` is no foreign key: the certificate outlives the case.
    """

    __tablename__ = "destruction"
    __access__: ClassVar = AccessPath(gemeente="gemeente_id", zaak="intake_id")
    __table_args__ = (
        CheckConstraint("second_by IS NULL OR second_by <> first_by", name="two_people"),
        CheckConstraint("state <> 'vernietigd' OR (second_by IS NOT NULL AND done_at IS NOT NULL)", name="done_by_two"),
        Index(None, "gemeente_id", "state", "due_on"),
        Index(
            "uq_destruction_one_open",
            "intake_id",
            unique=True,
            sqlite_where=text("state IN ('gevraagd', 'eerste_akkoord')"),
            postgresql_where=text("state IN ('gevraagd', 'eerste_akkoord')"),
        ),
    )

    gemeente_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    intake_id: Mapped[uuid.UUID]
    ground: Mapped[DestructionGround] = mapped_column(closed_list(DestructionGround, "ground"))
    state: Mapped[DestructionState] = mapped_column(
        closed_list(DestructionState, "state"), default=DestructionState.GEVRAAGD
    )
    asked_at: Mapped[datetime]
    asked_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    due_on: Mapped[date]
    first_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
    first_name: Mapped[str | None]
    first_at: Mapped[datetime | None]
    second_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
    second_name: Mapped[str | None]
    done_at: Mapped[datetime | None]
    rows: Mapped[int | None]
    """How many rows went."""


class LegalHold(OfCase, Identified, Base):
    """While this lasts, the file is not destroyed: an objection, an appeal, a complaint. `reason` is sealed."""

    __tablename__ = "legal_hold"
    __table_args__ = (of_case(), Index(None, "intake_id", "ended_at"))

    reason: Mapped[bytes] = mapped_column(EncryptedBlob())
    since: Mapped[datetime]
    by: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    naam: Mapped[str]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
