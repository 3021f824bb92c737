"""A draft: what a worker has typed so far, kept page by page."""

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from intake.tables.schema import Base, Identified, closed_list


class DraftState(StrEnum):
    """Where a draft is."""

    OPEN = "open"
    INGEDIEND = "ingediend"
    WEGGEGOOID = "weggegooid"
    VERLOPEN = "verlopen"


class Draft(Identified, Base):
    """One half-filled form. `answers` and `raw` are sealed JSON; `version` counts the saves."""

    __tablename__ = "draft"
    __table_args__ = (
        CheckConstraint("(state = 'ingediend') = (intake_id IS NOT NULL)", name="submitted_has_intake"),
        Index(None, "account_id", "state"),
    )

    gemeente_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    state: Mapped[DraftState] = mapped_column(closed_list(DraftState, "state"), default=DraftState.OPEN)
    version: Mapped[int] = mapped_column(default=1)
    form_version: Mapped[str]
    answers: Mapped[bytes]
    raw: Mapped[bytes]
    pages: Mapped[list[str]]
    """The sections saved without an error."""
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    warned_at: Mapped[datetime | None]
    intake_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("intake.id"))
