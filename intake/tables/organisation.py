"""Organisations: gemeenten, their wijkteams, the regional desks, the expertise function, providers."""

import uuid
from datetime import datetime, time
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import ForeignKey, false
from sqlalchemy.orm import Mapped, mapped_column

from intake.tables.access_path import AccessPath
from intake.tables.schema import Base, Identified, closed_list


class OrganisationKind(StrEnum):
    """What an organisation is in the region; the receivers of `bestemming.soort` are among them."""

    GEMEENTE = "gemeente"
    WIJKTEAM = "wijkteam"
    REGIONALE_TOEGANG = "regionale_toegang"
    JONGERENLOKET = "jongerenloket"
    EXPERTISE = "expertise"
    AANBIEDER = "aanbieder"
    VROUWENOPVANG = "vrouwenopvang"
    CRISISDIENST = "crisisdienst"
    ZORGKANTOOR = "zorgkantoor"
    COA = "coa"
    ANDERE_REGIO = "andere_regio"
    REGIO = "regio"


class Organisation(Identified, Base):
    """One organisation.

    A gemeente is a controller (AVG art. 4(7)): its id is the tenant that every case names. A wijkteam and a desk that
    works under a gemeente name it as `parent_id`; what they file belongs to that gemeente. A provider has no parent.
    """

    __tablename__ = "organisation"
    __access__: ClassVar = AccessPath(gemeente="id", organisatie="id", persoonsgegevens=False)

    kind: Mapped[OrganisationKind] = mapped_column(closed_list(OrganisationKind, "kind"))
    naam: Mapped[str]
    gemeente_code: Mapped[str | None] = mapped_column(index=True)
    """CBS code of the gemeente that it is, or in which it works."""
    parent_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    fictief: Mapped[bool] = mapped_column(default=False)
    """Invented, for the demo region; pages say so."""
    afgeschermd: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Nobody may learn through a client where this is (`intake.places.hidden`); a vrouwenopvang is so by its kind."""
    adres: Mapped[str] = mapped_column(default="")
    telefoon: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    website: Mapped[str] = mapped_column(default="")
    openingstijden: Mapped[str] = mapped_column(default="")
    """When `telefoon` is answered, in words."""
    nachttelefoon: Mapped[str] = mapped_column(default="")
    """Answered when `telefoon` is not: in the evening, at night, at the weekend. Empty: there is none."""
    dag_van: Mapped[time | None]
    """From this hour of a working day, in Amsterdam, `telefoon` is answered."""
    dag_tot: Mapped[time | None]
    """Until this hour."""
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    """From then on nobody can log in for it and nothing can be sent to it."""
