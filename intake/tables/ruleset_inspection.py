"""What a draft of rules was looked at for, after the commit: the check, the difference in cases, past cases again."""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from intake.tables.access_path import AccessPath
from intake.tables.schema import Base, Identified, closed_list


class InspectionKind(StrEnum):
    """What is looked at."""

    CONTROLE = "controle"
    VERSCHIL = "verschil"
    NASPELEN = "naspelen"


class RulesetInspection(Identified, Base):
    """The last time that a draft was looked at in one way, and of exactly which texts.

    `digest` is that of all that the outcome depends on; the outcome counts only as long as it is still the same.
    """

    __tablename__ = "ruleset_inspection"
    __access__: ClassVar = AccessPath(persoonsgegevens=False)
    __table_args__ = (UniqueConstraint("draft_id", "kind"),)

    draft_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("ruleset_draft.id"))
    kind: Mapped[InspectionKind] = mapped_column(closed_list(InspectionKind, "kind"))
    digest: Mapped[str] = mapped_column(String(80))
    asked_at: Mapped[datetime]
    asked_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    done_at: Mapped[datetime | None]
    """When the outcome was there; none while it is still being worked on."""
    outcome: Mapped[dict[str, Any] | None]
