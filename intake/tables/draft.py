"""A draft: what a worker has typed so far, kept page by page."""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from intake.tables.access_path import AccessPath
from intake.tables.intake import of_case
from intake.tables.schema import Base, Identified, closed_list
from intake.tables.sealed import EncryptedBlob


class DraftState(StrEnum):
    """Where a draft is."""

    OPEN = "open"
    INGEDIEND = "ingediend"
    WEGGEGOOID = "weggegooid"
    VERLOPEN = "verlopen"


class Draft(Identified, Base):
    """One half-filled form. `answers` and `raw` are sealed JSON; `version` counts the saves."""

    __tablename__ = "draft"
    __access__: ClassVar = AccessPath(gemeente="gemeente_id", organisatie="organisation_id", account="account_id")
    __table_args__ = (
        of_case(),
        CheckConstraint("(state = 'ingediend') = (intake_id IS NOT NULL)", name="submitted_has_intake"),
        Index(None, "account_id", "state"),
    )

    gemeente_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    """The team or desk that took the melding (`actor.organisation_id`): its people may go on with the draft."""
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    state: Mapped[DraftState] = mapped_column(closed_list(DraftState, "state"), default=DraftState.OPEN)
    version: Mapped[int] = mapped_column(default=1)
    form_version: Mapped[str]
    answers: Mapped[bytes] = mapped_column(EncryptedBlob())
    raw: Mapped[bytes] = mapped_column(EncryptedBlob())
    pages: Mapped[list[str]]
    """The sections saved without an error."""
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    warned_at: Mapped[datetime | None]
    intake_id: Mapped[uuid.UUID | None]
