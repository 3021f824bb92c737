"""A referral: the case laid before one receiver, and each thing that happens to it."""

import uuid
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from intake.tables.access_path import AccessPath
from intake.tables.intake import OfCase, of_case, of_tenant
from intake.tables.schema import Base, Identified, closed_list
from intake.tables.sealed import EncryptedBlob


class ReferralKind(StrEnum):
    """A referral within the register, or a warm hand-over to another region (landelijke toegankelijkheid)."""

    VERWIJZING = "verwijzing"
    OVERDRACHT = "overdracht"


class ReferralState(StrEnum):
    """Where a referral is. Which may follow which stands in `intake.referrals.sending.steps.STEPS`."""

    VOORSTEL = "voorstel"
    BESPROKEN = "besproken_met_client"
    VERZONDEN = "verzonden"
    TERUGGEVRAAGD = "teruggevraagd"
    GEACCEPTEERD = "geaccepteerd"
    GEWEIGERD = "geweigerd"
    VERLOPEN = "verlopen"
    INGETROKKEN = "ingetrokken"
    ESCALATIE = "escalatie_regioadviseur"
    GESCHIL = "geschil"
    OVERGEDRAGEN = "overgedragen"
    AANGEKOMEN = "aankomst_bevestigd"


class RefusalReason(StrEnum):
    """Why a receiver declines. Lack of regional ties is not among them: the law does not know it."""

    GEEN_PLEK = "geen_plek"
    VEILIGHEID_GROEP = "veiligheid_groep"
    ZORGVRAAG_TE_ZWAAR = "zorgvraag_te_zwaar"
    ZORGVRAAG_TE_LICHT = "zorgvraag_te_licht"
    EISEN_PASSEN_NIET = "eisen_passen_niet"
    CLIENT_WIL_NIET = "client_wil_niet"
    ANDERS = "anders"


class Referral(OfCase, Identified, Base):
    """One case before one receiver. `reden_toelichting`, `vraag` and `antwoord` are sealed text.

    Of a hand-over to another region `antwoord` holds our reasons and `vraag` what the client thinks of it.
    """

    __tablename__ = "referral"
    __access__: ClassVar = AccessPath(
        gemeente="gemeente_id", zaak="intake_id", organisatie="organisation_id", ontvanger="receiver_id"
    )
    __table_args__ = (
        of_case(),
        of_tenant("besluit_id", "besluit"),
        of_tenant("previous_id", "referral"),
        UniqueConstraint("gemeente_id", "id"),
        CheckConstraint("state <> 'geweigerd' OR reden IS NOT NULL", name="refusal_has_reason"),
        CheckConstraint("state <> 'geaccepteerd' OR answered_by IS NOT NULL", name="accepted_by_a_person"),
        Index(None, "receiver_id", "state", "respond_by"),
        Index(None, "intake_id"),
        Index(
            "uq_referral_one_open",
            "intake_id",
            "purpose",
            unique=True,
            sqlite_where=text("active"),
            postgresql_where=text("active"),
        ),
    )

    besluit_id: Mapped[uuid.UUID]
    kind: Mapped[ReferralKind] = mapped_column(closed_list(ReferralKind, "kind"))
    purpose: Mapped[str] = mapped_column(String(20))
    """`traject` or `overbrugging`: a case may have one open referral for each."""
    voorziening: Mapped[str] = mapped_column(String(40))
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    """Who sends."""
    receiver_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    """Before whom the case is laid."""
    place_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("place.id"))
    rank: Mapped[int] = mapped_column(default=1)
    """Which receiver in line this is, from 1."""
    previous_id: Mapped[uuid.UUID | None]
    state: Mapped[ReferralState] = mapped_column(closed_list(ReferralState, "state"))
    active: Mapped[bool] = mapped_column(default=True)
    """Whether an answer is still awaited; follows from the state, kept for the unique index."""
    version: Mapped[int] = mapped_column(default=1)
    sent_at: Mapped[datetime]
    sent_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    respond_by: Mapped[date]
    """The last day on which the receiver answers."""
    respond_at: Mapped[datetime | None]
    """For what cannot wait until tomorrow: the moment on that day by which it answers."""
    reden: Mapped[RefusalReason | None] = mapped_column(closed_list(RefusalReason, "reden"))
    reden_toelichting: Mapped[bytes | None] = mapped_column(EncryptedBlob())
    vraag: Mapped[bytes | None] = mapped_column(EncryptedBlob())
    antwoord: Mapped[bytes | None] = mapped_column(EncryptedBlob())
    answered_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
    answered_name: Mapped[str | None]
    answered_at: Mapped[datetime | None]
    start_on: Mapped[date | None]
    """From when the client can come, as the receiver says."""
