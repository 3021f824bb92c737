"""The name under which a hidden place stands in the rows of one case: which place it is, only the keys can tell."""

import uuid
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from intake.tables.access_path import AccessPath
from intake.tables.schema import Base, Identified
from intake.tables.sealed import WrappedSecret


class Cover(Identified, Base):
    """One receiver of one referral, under cover. Holds no case: the referral names `organisation_id`."""

    __tablename__ = "cover"
    __access__: ClassVar = AccessPath(persoonsgegevens=False)
    __table_args__ = (Index(None, "organisation_id", unique=True), Index(None, "place_id"), Index(None, "holder"))

    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    """The organisation without address that the rows of the case name."""
    place_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("place.id"))
    """The place without address that the rows of the case name; none where no place is asked."""
    holder: Mapped[str] = mapped_column(String(64))
    """A keyed hash of the organisation behind it: its own people find their referrals by it, and nobody else."""
    behind: Mapped[bytes] = mapped_column(WrappedSecret(kind="cover"))
    """The organisation and the place behind it (16 bytes each), wrapped by the master key."""
