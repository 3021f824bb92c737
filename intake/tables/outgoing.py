"""What leaves the house by mail or as a text message: asked for in a transaction, sent after it."""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from intake.tables.access_path import AccessPath
from intake.tables.schema import Base, Identified, Json, closed_list
from intake.tables.sealed import WrappedSecret


class Channel(StrEnum):
    """The way out."""

    MAIL = "mail"
    SMS = "sms"


class OutgoingState(StrEnum):
    """Where it is. `terug`: refused for good, or tried too often; a person must look."""

    WACHT = "wacht"
    VERSTUURD = "verstuurd"
    TERUG = "terug"


class Outgoing(Identified, Base):
    """One piece of post to one person who works here. Holds nothing of a client: it says that there is something."""

    __tablename__ = "outgoing"
    __access__: ClassVar = AccessPath(organisatie="organisation_id", account="account_id", persoonsgegevens=False)
    __table_args__ = (Index(None, "organisation_id", "state", "asked_at"), Index(None, "account_id"))

    organisation_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("organisation.id"))
    """For whom the person works; its beheerders see what came back."""
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    channel: Mapped[Channel] = mapped_column(closed_list(Channel, "channel"))
    to: Mapped[bytes] = mapped_column(WrappedSecret(kind="post"))
    """The address or number, wrapped by the master key: it stays as it was when the post was asked for."""
    notice: Mapped[str] = mapped_column(String(40))
    """What it says (`intake.post.notice`)."""
    words: Mapped[dict[str, str]] = mapped_column(Json)
    """What the text needs: moments and numbers, never anything of a client."""
    state: Mapped[OutgoingState] = mapped_column(closed_list(OutgoingState, "state"), default=OutgoingState.WACHT)
    attempts: Mapped[int] = mapped_column(default=0)
    problem: Mapped[str] = mapped_column(String(40), default="")
    """Why it came back, as a code of ours (`intake.post.carrier.Problem`)."""
    asked_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
