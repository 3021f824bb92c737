"""What happened to a case, as its people read it: the timeline."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from intake.tables.intake import OfCase, of_case, of_tenant
from intake.tables.schema import Base, Identified


class CaseEvent(OfCase, Identified, Base):
    """One line of the timeline. `text` is a plain Dutch sentence without personal data of the client."""

    __tablename__ = "event"
    __table_args__ = (of_case(), of_tenant("referral_id", "referral"), Index(None, "intake_id", "at"))

    at: Mapped[datetime]
    number: Mapped[int]
    """The order within the case; two moments may be equal."""
    kind: Mapped[str] = mapped_column(String(40))
    text: Mapped[str]
    account_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
    name: Mapped[str]
    """Who, with function or organisation, as it was then; 'Toegang' when a job did it."""
    referral_id: Mapped[uuid.UUID | None]
