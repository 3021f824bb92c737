"""What the server remembers of who is logged in, of failed attempts, and of text typed when a session ended."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from intake.tables.schema import Base, Identified


class LoginSession(Identified, Base):
    """One logged-in browser. The browser holds a random 256-bit token; here lies only its SHA-256."""

    __tablename__ = "login_session"

    token_hash: Mapped[bytes] = mapped_column(unique=True)
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"), index=True)
    organisation_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("organisation.id"))
    """For which organisation the person works now; chosen when there are several."""
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    """The absolute end, ten hours after the login; a clock that jumps back does not move it."""
    second_factor_at: Mapped[datetime | None]
    """When a second factor was last shown; none means a half session that reaches no personal data."""
    ended_at: Mapped[datetime | None]
    csrf_secret: Mapped[bytes]
    provider_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("identity_provider.id"))
    """The identity provider through which the person came in; none for a password or a passkey."""


class Attempt(Base):
    """A counter of login attempts in one window of five minutes (`window` = Unix time // 300)."""

    __tablename__ = "login_attempt"

    key: Mapped[str] = mapped_column(primary_key=True)
    """What is counted, no name in clear: `naam:<keyed hash>`, `adres:<keyed hash>`, `iedereen`, `code-300:<id>`."""
    window: Mapped[int] = mapped_column(primary_key=True)
    count: Mapped[int] = mapped_column(default=0)


class TypedText(Identified, Base):
    """A page that was posted without a living session, kept sealed until its owner has logged in again."""

    __tablename__ = "typed_text"
    __table_args__ = (Index(None, "account_id", "created_at"),)

    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    path: Mapped[str]
    sealed: Mapped[bytes]
    created_at: Mapped[datetime]
