"""Keys by which the same request, sent twice, is done once."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from intake.tables.schema import Base, Identified


class IdempotencyKey(Identified, Base):
    """One request of one account. `answer` holds the id of what was made, no content."""

    __tablename__ = "idempotency"
    __table_args__ = (UniqueConstraint("account_id", "key"), Index(None, "created_at"))

    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    key: Mapped[str] = mapped_column(String(200))
    body_hash: Mapped[str] = mapped_column(String(80))
    answer: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
