"""Letters: asked for in the case's transaction, made by a job, then never changed."""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from intake.tables.access_path import AccessPath
from intake.tables.intake import OfCase, of_case, of_tenant
from intake.tables.schema import Base, Identified, closed_list
from intake.tables.sealed import EncryptedBlob


class LetterKind(StrEnum):
    """Which letter."""

    ONTVANGSTBEVESTIGING = "ontvangstbevestiging"
    VERWIJSBRIEF = "verwijzing"


class LetterState(StrEnum):
    """Whether it is there yet."""

    WORDT_GEMAAKT = "wordt_gemaakt"
    KLAAR = "klaar"
    MISLUKT = "mislukt"


class Letter(OfCase, Identified, Base):
    """One letter. `pdf` is sealed; `sha256` is of the PDF itself, so that a paper can be proven."""

    __tablename__ = "letter"
    __access__: ClassVar = AccessPath(
        gemeente="gemeente_id",
        zaak="intake_id",
        organisatie="organisation_id",
        verwijzing="referral_id",
    )
    __table_args__ = (
        of_case(),
        of_tenant("besluit_id", "besluit"),
        of_tenant("referral_id", "referral"),
        CheckConstraint("(state = 'klaar') = (pdf IS NOT NULL AND sha256 IS NOT NULL)", name="ready_has_pdf"),
        Index(None, "intake_id"),
    )

    kind: Mapped[LetterKind] = mapped_column(closed_list(LetterKind, "kind"))
    taal: Mapped[str] = mapped_column(String(8), default="nl")
    state: Mapped[LetterState] = mapped_column(closed_list(LetterState, "state"), default=LetterState.WORDT_GEMAAKT)
    besluit_id: Mapped[uuid.UUID | None]
    referral_id: Mapped[uuid.UUID | None]
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    """Who sends it."""
    asked_at: Mapped[datetime]
    asked_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    made_at: Mapped[datetime | None]
    pdf: Mapped[bytes | None] = mapped_column(EncryptedBlob())
    sha256: Mapped[str | None] = mapped_column(String(64))
    pages: Mapped[int | None]
    problem: Mapped[str | None]
    """What the worker must mend before it can be made, in plain Dutch."""


IMMUTABLE_SQLITE = (
    """CREATE TRIGGER letter_no_update BEFORE UPDATE ON letter WHEN OLD.state = 'klaar'
    BEGIN SELECT RAISE(ABORT, 'a letter that is ready never changes'); END""",
)
IMMUTABLE_POSTGRESQL = (
    """CREATE FUNCTION letter_immutable() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS
    $$ BEGIN RAISE EXCEPTION 'a letter that is ready never changes' USING ERRCODE = 'insufficient_privilege'; END $$""",
    """CREATE TRIGGER letter_immutable BEFORE UPDATE ON letter
    FOR EACH ROW WHEN (OLD.state = 'klaar') EXECUTE FUNCTION letter_immutable()""",
)
IMMUTABLE_DROP_POSTGRESQL = (
    "DROP TRIGGER IF EXISTS letter_immutable ON letter",
    "DROP FUNCTION IF EXISTS letter_immutable()",
)
