"""Proof that somebody looked through the audit log, and what came of it."""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from intake.tables.access_path import AccessPath
from intake.tables.schema import Base, Identified, closed_list
from intake.tables.sealed import EncryptedBlob


class Finding(StrEnum):
    """What a review of the log came to."""

    NIETS_BIJZONDERS = "niets_bijzonders"
    NAVRAAG = "navraag"
    GEMELD = "gemeld_aan_fg"


class LogReview(Identified, Base):
    """One review of one chain, up to a row. `note` is sealed text: it can name a colleague."""

    __tablename__ = "log_review"
    __access__: ClassVar = AccessPath(gemeente="gemeente_id", persoonsgegevens=False)
    __table_args__ = (
        CheckConstraint("until_seq >= from_seq", name="period"),
        CheckConstraint("length(naam) > 0", name="named_person"),
        Index(None, "gemeente_id", "reviewed_at"),
    )

    gemeente_id: Mapped[uuid.UUID]
    """Whose log; `NO_TENANT` for the one of log-ins and of the program itself, so this is no foreign key."""
    from_seq: Mapped[int]
    until_seq: Mapped[int]
    signals: Mapped[int]
    """How many signals the reviewer was shown."""
    finding: Mapped[Finding] = mapped_column(closed_list(Finding, "finding"))
    note: Mapped[bytes | None] = mapped_column(EncryptedBlob())
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    naam: Mapped[str]
    reviewed_at: Mapped[datetime]
