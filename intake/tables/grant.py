"""Routed access: an explicit, dated, withdrawable right of one organisation to one case of another."""

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from intake.tables.schema import Base, Identified, closed_list


class GrantKind(StrEnum):
    """Why the other organisation may look: the relation of `intake.access.policy` that the row gives."""

    ROUTERING = "routering"
    """Shared in the chain, before or beside a referral (warme overdracht)."""
    VERWIJZING = "verwijzing"
    """A referral to this organisation, while it is active."""
    EXPERTISE = "expertise"
    """The regional expertise function looks at this case."""
    DOORBREKEN = "doorbreken"
    """Emergency access by one person, with reason, for a short time."""


class Grant(Identified, Base):
    """One right of one organisation to one case. Ended by `withdrawn_at` or `valid_until`; never deleted."""

    __tablename__ = "grant_"
    __table_args__ = (
        ForeignKeyConstraint(["gemeente_id", "zaak_id"], ["intake.gemeente_id", "intake.id"]),
        UniqueConstraint("gemeente_id", "id"),
        CheckConstraint("valid_until IS NULL OR valid_until > valid_from", name="until_after_from"),
        Index(None, "organisation_id", "zaak_id"),
        Index(None, "zaak_id"),
    )

    gemeente_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    """The controller of the case: who gives."""
    zaak_id: Mapped[uuid.UUID]
    """The submitted case (the key of the table `intake`)."""
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    """Who may look."""
    account_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
    """For `doorbreken`: the one person to whom it is given."""
    kind: Mapped[GrantKind] = mapped_column(closed_list(GrantKind, "kind"))
    ontvanger: Mapped[str]
    """Kind of receiver whose projection of the form is shown (`Form.shown`)."""
    grondslag: Mapped[str]
    """Article of law or basis on which the data are shared."""
    reason: Mapped[str] = mapped_column(default="")
    valid_from: Mapped[datetime]
    valid_until: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    given_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
