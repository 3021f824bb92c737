"""Places of providers, and who holds one."""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from intake.tables.access_path import AccessPath
from intake.tables.intake import OfCase, of_case, of_tenant
from intake.tables.schema import Base, Identified, closed_list


class PlaceState(StrEnum):
    """Whether a provider takes people in here now."""

    OPEN = "open"
    DICHT = "dicht"


class Place(Identified, Base):
    """A group of equal places of one provider. `bezet` counts the reserved and the occupied ones together."""

    __tablename__ = "place"
    __access__: ClassVar = AccessPath(organisatie="organisation_id", persoonsgegevens=False)
    __table_args__ = (
        CheckConstraint("bezet >= 0", name="bezet_not_negative"),
        CheckConstraint("bezet <= capaciteit", name="bezet_within_capaciteit"),
        CheckConstraint("capaciteit >= 0", name="capaciteit_not_negative"),
        UniqueConstraint("organisation_id", "naam"),
        Index(None, "voorziening", "state"),
    )

    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    naam: Mapped[str]
    voorziening: Mapped[str] = mapped_column(String(40))
    gemeente_code: Mapped[str] = mapped_column(String(6))
    kenmerken: Mapped[list[str]]
    """Which of the `plaatsingseisen` it meets."""
    min_leeftijd: Mapped[int] = mapped_column(default=18)
    max_leeftijd: Mapped[int] = mapped_column(default=120)
    kinderen: Mapped[bool] = mapped_column(default=False)
    capaciteit: Mapped[int]
    bezet: Mapped[int] = mapped_column(default=0)
    wachtweken: Mapped[int] = mapped_column(default=0)
    state: Mapped[PlaceState] = mapped_column(closed_list(PlaceState, "state"), default=PlaceState.OPEN)
    version: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime]


class PlacementState(StrEnum):
    """What a case has of a place."""

    GERESERVEERD = "gereserveerd"
    BEZET = "bezet"
    VRIJGEGEVEN = "vrijgegeven"


class PlacementPurpose(StrEnum):
    """What the place is for; a case may hold one of each."""

    TRAJECT = "traject"
    OVERBRUGGING = "overbrugging"


class Placement(OfCase, Identified, Base):
    """One place held by one case, through one referral."""

    __tablename__ = "placement"
    __table_args__ = (
        of_case(),
        of_tenant("referral_id", "referral"),
        Index(
            "uq_placement_one_active",
            "intake_id",
            "purpose",
            unique=True,
            sqlite_where=text("state IN ('gereserveerd', 'bezet')"),
            postgresql_where=text("state IN ('gereserveerd', 'bezet')"),
        ),
        Index(None, "place_id", "state"),
    )

    place_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("place.id"))
    referral_id: Mapped[uuid.UUID]
    purpose: Mapped[PlacementPurpose] = mapped_column(closed_list(PlacementPurpose, "purpose"))
    state: Mapped[PlacementState] = mapped_column(closed_list(PlacementState, "state"))
    since: Mapped[datetime]
    ended_at: Mapped[datetime | None]
