"""What one beheerder asks for and a second decides: power that nobody gets by one person's hand."""

import uuid
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from intake.tables.access_path import AccessPath
from intake.tables.schema import Base, Identified, closed_list


class ProposalKind(StrEnum):
    """What is asked for."""

    ROL = "rol"
    TWEEDE_STAP = "tweede_stap"


class ProposalState(StrEnum):
    """Where it is; one that nobody answers in time ends by itself."""

    WACHT = "wacht"
    AKKOORD = "akkoord"
    GEWEIGERD = "geweigerd"
    INGETROKKEN = "ingetrokken"


class Proposal(Identified, Base):
    """A control role for somebody, or taking somebody's second factor away; done when a second person agrees."""

    __tablename__ = "proposal"
    __access__: ClassVar = AccessPath(organisatie="organisation_id", account="account_id", persoonsgegevens=False)
    __table_args__ = (
        CheckConstraint(
            "answered_by IS NULL OR state = 'ingetrokken' OR answered_by <> asked_by", name="second_person"
        ),
        CheckConstraint("answered_by IS NULL OR answered_by <> account_id", name="never_oneself"),
        CheckConstraint("(state = 'wacht') = (answered_at IS NULL)", name="answered_once"),
        Index(None, "organisation_id", "state"),
        Index(None, "account_id"),
    )

    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    """Where the role is, or for whom the person works."""
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    """About whom."""
    kind: Mapped[ProposalKind] = mapped_column(closed_list(ProposalKind, "kind"))
    role: Mapped[str | None] = mapped_column(String(40))
    van: Mapped[date | None]
    tot: Mapped[date | None]
    state: Mapped[ProposalState] = mapped_column(closed_list(ProposalState, "state"), default=ProposalState.WACHT)
    asked_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    asked_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    answered_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
    answered_at: Mapped[datetime | None]
