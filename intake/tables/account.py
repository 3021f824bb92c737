"""Accounts of people, and the roles they hold in organisations from one day to another."""

import uuid
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from intake.tables.access_path import AccessPath
from intake.tables.schema import Base, Identified, closed_list
from intake.tables.sealed import WrappedSecret


class Role(StrEnum):
    """What somebody does in an organisation. `systeem` is the job worker: no membership can give it."""

    WIJKTEAMMEDEWERKER = "wijkteammedewerker"
    TEAMLEIDER = "teamleider"
    REGIONALE_TOEGANG = "regionale_toegang"
    EXPERTISE = "expertise"
    AANBIEDER = "aanbieder"
    BELEID = "beleid"
    FUNCTIONEEL_BEHEERDER = "functioneel_beheerder"
    LOGBEHEERDER = "logbeheerder"
    FG = "fg"
    SYSTEEM = "systeem"


class Account(Identified, Base):
    """One person who can log in. Never deleted: the audit log and the besluiten name it."""

    __tablename__ = "account"
    __access__: ClassVar = AccessPath(account="id", persoonsgegevens=False)

    email: Mapped[str] = mapped_column(unique=True)
    """The name to log in with, in lower case."""
    naam: Mapped[str]
    functie: Mapped[str]
    fictief: Mapped[bool] = mapped_column(default=False)
    password_hash: Mapped[str | None]
    """argon2id; none until the person has chosen a password."""
    password_changed_at: Mapped[datetime | None]
    totp_secret: Mapped[bytes | None] = mapped_column(WrappedSecret())
    """None until enrolled."""
    woonadres: Mapped[bytes | None] = mapped_column(WrappedSecret(kind="woonadres"))
    """Postcode and house number, if the person gave them: so that the log tells of opening a neighbour's file."""
    totp_last_step: Mapped[int] = mapped_column(default=0)
    """The last time step whose code was used, so that a code works once (RFC 6238 5.2)."""
    blocked_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    last_login_at: Mapped[datetime | None]


class Membership(Identified, Base):
    """A role of a person in an organisation, from the first day (`van`) up to and including the last (`tot`)."""

    __tablename__ = "membership"
    __table_args__ = (
        CheckConstraint("tot IS NULL OR tot >= van", name="tot_after_van"),
        CheckConstraint("role <> 'systeem'", name="never_systeem"),
        Index(None, "account_id", "organisation_id"),
    )

    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    role: Mapped[Role] = mapped_column(closed_list(Role, "role"))
    van: Mapped[date]
    tot: Mapped[date | None]


class RecoveryCode(Identified, Base):
    """A code that replaces the second factor, once."""

    __tablename__ = "recovery_code"

    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"), index=True)
    code_hash: Mapped[bytes]
    used_at: Mapped[datetime | None]
