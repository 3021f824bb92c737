"""A besluit: what a named person decided, for whom, by which mandate, on which facts. And the register of mandates."""

import uuid
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from intake.tables.access_path import AccessPath
from intake.tables.intake import OfCase, of_case, of_tenant
from intake.tables.schema import Base, Identified, closed_list
from intake.tables.sealed import EncryptedBlob


class BesluitKind(StrEnum):
    """What is decided."""

    ROUTE = "route"
    OVERBRUGGING = "overbrugging"
    """Tonight's shelter, pending the investigation (Wmo 2.3.3)."""


class Besluit(OfCase, Identified, Base):
    """One decision. `facts` (sealed) are the facts as they were; `reden` (sealed) says why it deviates."""

    __tablename__ = "besluit"
    __access__: ClassVar = AccessPath(gemeente="gemeente_id", zaak="intake_id", organisatie="organisation_id")
    __table_args__ = (
        of_case(),
        of_tenant("mandate_id", "mandate"),
        of_tenant("advice_id", "advice"),
        UniqueConstraint("gemeente_id", "id"),
        UniqueConstraint("intake_id", "number"),
        CheckConstraint("NOT wijkt_af OR reden IS NOT NULL", name="deviation_has_reason"),
        CheckConstraint("length(naam) > 0 AND length(functie) > 0", name="named_person"),
    )

    number: Mapped[int]
    kind: Mapped[BesluitKind] = mapped_column(closed_list(BesluitKind, "kind"))
    voorzieningen: Mapped[list[str]]
    overbrugging: Mapped[str] = mapped_column(String(40))
    bestemming_soort: Mapped[str] = mapped_column(String(40))
    bestemming_naam: Mapped[str]
    bestemming_gemeente: Mapped[str | None] = mapped_column(String(6))
    wijkt_af: Mapped[bool]
    reden: Mapped[bytes | None] = mapped_column(EncryptedBlob())
    bevestigd_door: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    naam: Mapped[str]
    functie: Mapped[str]
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    bevoegd: Mapped[bool]
    """Whether this organisation decides by the register of mandates; else it is a referral to who does, no besluit."""
    namens: Mapped[str]
    """On whose behalf (Awb 10:10): 'het college van burgemeester en wethouders van …'."""
    mandate_id: Mapped[uuid.UUID | None]
    decided_at: Mapped[datetime]
    decided_on: Mapped[date]
    advice_id: Mapped[uuid.UUID]
    advice_hash: Mapped[str] = mapped_column(String(80))
    ruleset: Mapped[str] = mapped_column(String(80))
    ruleset_hash: Mapped[str] = mapped_column(String(80))
    facts: Mapped[bytes] = mapped_column(EncryptedBlob())


class Mandate(Identified, Base):
    """Who may decide what for which gemeente, from when to when. `besluit_door` is the organisation that decides."""

    __tablename__ = "mandate"
    __table_args__ = (
        CheckConstraint("tot IS NULL OR tot >= van", name="period"),
        UniqueConstraint("gemeente_id", "id"),
        Index(None, "gemeente_id", "product"),
    )

    gemeente_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    product: Mapped[str] = mapped_column(String(40))
    """A voorziening of the advies, or `overbrugging`."""
    besluit_door: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    expertise_besluit: Mapped[bool] = mapped_column(default=False)
    """Whether the review of the expertise function is itself the decision (else it is advies)."""
    van: Mapped[date]
    tot: Mapped[date | None]
    bron: Mapped[str]
