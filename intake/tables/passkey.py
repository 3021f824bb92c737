"""Passkeys (WebAuthn) of accounts. The private key never leaves the device of the person."""

import uuid
from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from intake.tables.schema import Base, Identified


class Passkey(Identified, Base):
    """One passkey of one account: its public key, and how often its device says that it was used."""

    __tablename__ = "passkey"

    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"), index=True)
    credential_id: Mapped[bytes] = mapped_column(unique=True)
    public_key: Mapped[bytes]
    """In the form of COSE (RFC 9052)."""
    sign_count: Mapped[int] = mapped_column(BigInteger)
    """0 for devices that do not count; else a count that does not grow betrays a copy."""
    naam: Mapped[str]
    """What the person calls it."""
    created_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]
