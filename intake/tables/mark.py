"""Marks on a case: its processing is restricted (AVG art. 18), or the client is somebody whom many people know."""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from intake.tables.access_path import AccessPath
from intake.tables.intake import OfCase, of_case
from intake.tables.schema import Base, Identified, closed_list
from intake.tables.sealed import EncryptedBlob


class MarkKind(StrEnum):
    """What the mark says."""

    BEPERKT = "beperkt"
    """The processing is restricted (AVG art. 18): few may read it, nothing is done with it, no rule runs on it."""
    BEKEND = "bekend_persoon"
    """Many people know the client: who opens the file stands out in the log."""


class CaseMark(OfCase, Identified, Base):
    """One mark on one case, from when to when. `reason` and `end_reason` are sealed text."""

    __tablename__ = "case_mark"
    __table_args__ = (
        of_case(),
        CheckConstraint("length(naam) > 0", name="named_person"),
        CheckConstraint(
            "(ended_at IS NULL) = (ended_by IS NULL) AND (ended_at IS NULL) = (end_reason IS NULL)",
            name="ended_with_reason",
        ),
        Index(
            "uq_case_mark_one_of_each",
            "intake_id",
            "kind",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    kind: Mapped[MarkKind] = mapped_column(closed_list(MarkKind, "kind"))
    reason: Mapped[bytes] = mapped_column(EncryptedBlob())
    since: Mapped[datetime]
    by: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    naam: Mapped[str]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
    ended_name: Mapped[str | None]
    end_reason: Mapped[bytes | None] = mapped_column(EncryptedBlob())


class RestrictedCase(Base):
    """The cases that are restricted now: ids only, so that the policy can ask it of any case, also of a hidden one."""

    __tablename__ = "restricted_case"
    __access__: ClassVar = AccessPath(gemeente="gemeente_id", zaak="intake_id", persoonsgegevens=False)
    __table_args__ = (of_case(),)

    gemeente_id: Mapped[uuid.UUID]
    intake_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
