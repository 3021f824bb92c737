"""Messages within the house."""

import uuid
from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from intake.tables.access_path import AccessPath
from intake.tables.schema import Base, Identified


class Message(Identified, Base):
    """A message within the house: something is ready or has changed. Holds no personal data."""

    __tablename__ = "message"
    __access__: ClassVar = AccessPath(ontvanger="organisation_id", account="account_id", persoonsgegevens=False)
    __table_args__ = (Index(None, "organisation_id", "read_at"), Index(None, "account_id", "read_at"))

    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    account_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
    """To this person; without one, to everybody of the organisation."""
    subject: Mapped[str] = mapped_column(String(20))
    """What it is about: `intake`, `verwijzing`, `expertise`, `concept`."""
    subject_id: Mapped[uuid.UUID]
    text: Mapped[str]
    created_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
