"""Corrections of what is recorded about a client: what stood there stays readable for who may know it."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from intake.tables.intake import OfCase, of_case
from intake.tables.schema import Base, Identified
from intake.tables.sealed import EncryptedBlob


class Correction(OfCase, Identified, Base):
    """One answer that was corrected. `before`, `after` (JSON) and `reason` are sealed."""

    __tablename__ = "correction"
    __table_args__ = (
        of_case(),
        UniqueConstraint("intake_id", "number"),
        CheckConstraint("length(naam) > 0", name="named_person"),
    )

    number: Mapped[int]
    question: Mapped[str] = mapped_column(String(80))
    """Key of the question in the form."""
    before: Mapped[bytes] = mapped_column(EncryptedBlob())
    after: Mapped[bytes] = mapped_column(EncryptedBlob())
    reason: Mapped[bytes] = mapped_column(EncryptedBlob())
    at: Mapped[datetime]
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    naam: Mapped[str]
