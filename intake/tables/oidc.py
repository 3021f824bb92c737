"""Single sign-on: the identity providers of organisations, and which of their people are which accounts of ours."""

import uuid
from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from intake.tables.access_path import AccessPath
from intake.tables.schema import Base, Identified
from intake.tables.sealed import WrappedSecret


class IdentityProvider(Identified, Base):
    """Where the people of one organisation, and of what stands under it, prove who they are (OpenID Connect)."""

    __tablename__ = "identity_provider"
    __access__: ClassVar = AccessPath(organisatie="organisation_id", persoonsgegevens=False)
    __table_args__ = (
        CheckConstraint("tot IS NULL OR tot >= van", name="tot_after_van"),
        CheckConstraint("NOT obliged OR emergency_account_id IS NOT NULL", name="obliged_has_emergency"),
    )

    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    naam: Mapped[str]
    """As the button on the login page calls it."""
    issuer: Mapped[str]
    client_id: Mapped[str]
    client_secret: Mapped[bytes | None] = mapped_column(WrappedSecret())
    """None for a public client."""
    second_factor_values: Mapped[list[str]]
    """Values of `acr` or in `amr` that prove a second factor; with none of these ours is asked."""
    domains: Mapped[list[str]]
    """E-mail domains by which the login page finds this provider. They never tell who somebody is."""
    obliged: Mapped[bool] = mapped_column(default=False)
    """Whether its people can log in in no other way, save the emergency account."""
    emergency_account_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
    van: Mapped[date]
    tot: Mapped[date | None]
    created_at: Mapped[datetime]
    stopped_at: Mapped[datetime | None]
    """From then on nobody comes in through it; a stopped one stays for the log."""


class LinkedIdentity(Identified, Base):
    """The subject of an issuer that is this account; made with an invitation, never by an e-mail address."""

    __tablename__ = "linked_identity"
    __table_args__ = (UniqueConstraint("issuer", "sub"), UniqueConstraint("account_id", "issuer"))

    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    provider_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("identity_provider.id"), index=True)
    issuer: Mapped[str]
    sub: Mapped[str]
    linked_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]


class SpentToken(Base):
    """The SHA-256 of what could be used once and was: the state of a login elsewhere, the challenge of a passkey."""

    __tablename__ = "spent_token"

    hash: Mapped[bytes] = mapped_column(primary_key=True)
    spent_at: Mapped[datetime] = mapped_column(index=True)
