"""Messages within the house."""

import uuid
from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from intake.tables.access_path import AccessPath
from intake.tables.schema import Base, Identified, Json


class Message(Identified, Base):
    """A message within the house: something is ready or has changed. Holds no personal data."""

    __tablename__ = "message"
    __access__: ClassVar = AccessPath(ontvanger="organisation_id", account="account_id", persoonsgegevens=False)
    __table_args__ = (
        Index(None, "organisation_id", "read_at"),
        Index(None, "account_id", "read_at"),
        Index(None, "about_id"),
    )

    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    account_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
    """To this person; without one, to everybody of the organisation."""
    subject: Mapped[str] = mapped_column(String(20))
    """What it is about: `intake`, `verwijzing`, `expertise`, `concept`."""
    subject_id: Mapped[uuid.UUID]
    kind: Mapped[str] = mapped_column(String(40))
    """What happened (`intake.people.messages.kind`); the sentence is made when somebody reads it."""
    reference: Mapped[str | None] = mapped_column(String(11))
    """The number of the case that the sentence names."""
    about_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("organisation.id"))
    """The organisation that the sentence names."""
    words: Mapped[dict[str, str]] = mapped_column(Json)
    """What else the sentence needs: codes, days, moments, names of people who work here."""
    text: Mapped[str | None]
    """Of a message from before there were kinds: what was written."""
    created_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
