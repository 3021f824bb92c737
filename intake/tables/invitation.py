"""One-time links by which a person chooses a password, and the requests for one."""

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from intake.tables.schema import Base, Identified, closed_list


class InvitationKind(StrEnum):
    """What the link is for."""

    UITNODIGING = "uitnodiging"
    HERSTEL = "herstel"


class Invitation(Identified, Base):
    """One link to one account. The person holds a random 256-bit token; here lies only its SHA-256."""

    __tablename__ = "invitation"
    __table_args__ = (
        CheckConstraint("expires_at > created_at", name="expires_after_made"),
        Index(None, "account_id", "created_at"),
    )

    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    kind: Mapped[InvitationKind] = mapped_column(closed_list(InvitationKind, "kind"))
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    made_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
    """Who hands the link over; none when it was made at the command line."""
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    """A newer link took its place, or the account was blocked."""


class LinkRequest(Identified, Base):
    """A person who cannot log in asks for a link; answered by who manages the account."""

    __tablename__ = "link_request"

    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"), index=True)
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
