"""Wrapped keys. The master key that opens them is never in the database."""

import uuid
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from intake.tables.schema import Base, Identified, closed_list


class KeyPurpose(StrEnum):
    """What a tenant's key is for."""

    ZAKEN = "zaken"
    """Wraps the keys of the cases."""
    INDEX = "index"
    """Blind indexes, so that a bsn can be looked up (`intake.case.lookup`)."""
    LOGBOEK = "logboek"
    """Chains the audit log."""


class TenantKey(Identified, Base):
    """One key of one tenant, wrapped with the master key. No foreign key: the log of nobody's tenant has one too."""

    __tablename__ = "tenant_key"
    __table_args__ = (UniqueConstraint("gemeente_id", "purpose", "version"),)

    gemeente_id: Mapped[uuid.UUID]
    purpose: Mapped[KeyPurpose] = mapped_column(closed_list(KeyPurpose, "purpose"))
    version: Mapped[int]
    from_seq: Mapped[int | None]
    """For the log: the first row that this key chains; none for the first key. Sealed along with the key."""
    wrapped: Mapped[bytes]


class CaseKey(Base):
    """The key of one case or draft, wrapped with its tenant's key. Destroying it destroys every sealed value."""

    __tablename__ = "case_key"

    gemeente_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    zaak_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    tenant_version: Mapped[int]
    wrapped: Mapped[bytes]
