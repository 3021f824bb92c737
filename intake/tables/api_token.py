"""Keys with which another system of an organisation uses the JSON interface. Only a hash of each is kept."""

import uuid
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from intake.tables.access_path import AccessPath
from intake.tables.schema import Base, Identified


class Scope(StrEnum):
    """What a key may be used for, as an organisation grants it."""

    ROUTEADVIEZEN = "routeadviezen"
    INTAKES_LEZEN = "intakes:lezen"
    INTAKES_INDIENEN = "intakes:indienen"
    BESLUITEN_NEMEN = "besluiten:nemen"
    VERWIJZINGEN_LEZEN = "verwijzingen:lezen"
    VERWIJZINGEN_BEANTWOORDEN = "verwijzingen:beantwoorden"
    BRIEVEN_LEZEN = "brieven:lezen"
    PLEKKEN_LEZEN = "plekken:lezen"
    PLEKKEN_WIJZIGEN = "plekken:wijzigen"


class ApiToken(Identified, Base):
    """One key of one organisation: 256 random bits, of which the SHA-256 lies here.

    `account_id` is the system that holds it, as the log names it: an account in which nobody can log in, the same for
    every key of that name, so that a renewed key goes on where the old one stopped.
    """

    __tablename__ = "api_token"
    __access__: ClassVar = AccessPath(organisatie="organisation_id", persoonsgegevens=False)
    __table_args__ = (CheckConstraint("tot >= van", name="tot_after_van"),)

    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"), index=True)
    naam: Mapped[str]
    """What people call the system: `Zaaksysteem`."""
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    shown: Mapped[str] = mapped_column(String(20))
    """The first characters of the key, by which people tell keys apart."""
    scopes: Mapped[list[str]]
    van: Mapped[date]
    tot: Mapped[date]
    """The last day on which it works."""
    created_at: Mapped[datetime]
    created_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
    """None when made at the command line."""
    withdrawn_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]
