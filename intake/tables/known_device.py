"""Browsers in which somebody logged in before: so that a login elsewhere can be told."""

import uuid
from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from intake.tables.access_path import AccessPath
from intake.tables.schema import Base, Identified


class KnownDevice(Identified, Base):
    """One browser of one person, by the hash of what lies in it."""

    __tablename__ = "known_device"
    __access__: ClassVar = AccessPath(account="account_id", persoonsgegevens=False)
    __table_args__ = (Index(None, "account_id", "token_hash", unique=True),)

    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    token_hash: Mapped[bytes] = mapped_column(LargeBinary)
    first_seen_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
