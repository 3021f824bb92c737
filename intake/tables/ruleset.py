"""Rule sets in the database: drafts that policy staff write, and the versions they published, never changed after."""

import uuid
from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from intake.tables.access_path import AccessPath
from intake.tables.schema import Base, Identified, closed_list


class RulesetDraftState(StrEnum):
    """Where a draft is."""

    OPEN = "open"
    GEPUBLICEERD = "gepubliceerd"
    WEGGEGOOID = "weggegooid"


class PublishedRuleset(Identified, Base):
    """A rule set as it was published: its own texts and those it rests on (facts, national set), with its hash."""

    __tablename__ = "ruleset"
    __access__: ClassVar = AccessPath(persoonsgegevens=False)
    __table_args__ = (
        UniqueConstraint("regio", "valid_from", "issue"),
        CheckConstraint("valid_to >= valid_from", name="period"),
    )

    regio: Mapped[str] = mapped_column(String(60))
    valid_from: Mapped[date]
    valid_to: Mapped[date]
    hash: Mapped[str] = mapped_column(String(80), index=True)
    own: Mapped[dict[str, Any]]
    shared: Mapped[dict[str, Any]]
    note: Mapped[str]
    """What changes and why, in the words of policy staff."""
    published_at: Mapped[datetime]
    published_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    issue: Mapped[int] = mapped_column(default=1)
    """Which set for this day it is, from 1: another one can follow only when those before it were withdrawn."""


class RulesetWithdrawal(Identified, Base):
    """A published set was withdrawn before its first day: it never comes into force. Never changed and never undone."""

    __tablename__ = "ruleset_withdrawal"
    __access__: ClassVar = AccessPath(persoonsgegevens=False)

    ruleset_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("ruleset.id"), unique=True)
    reason: Mapped[str]
    withdrawn_at: Mapped[datetime]
    withdrawn_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))


class RulesetDraft(Identified, Base):
    """A rule set that is being written; `version` guards against two people overwriting each other."""

    __tablename__ = "ruleset_draft"
    __access__: ClassVar = AccessPath(persoonsgegevens=False)
    __table_args__ = (
        CheckConstraint("(state = 'gepubliceerd') = (ruleset_id IS NOT NULL)", name="published_has_ruleset"),
        Index(None, "regio", "state"),
    )

    regio: Mapped[str] = mapped_column(String(60))
    valid_from: Mapped[date]
    based_on: Mapped[str] = mapped_column(String(80))
    """The id of the set that it began as a copy of, and its hash then."""
    based_on_hash: Mapped[str] = mapped_column(String(80))
    state: Mapped[RulesetDraftState] = mapped_column(
        closed_list(RulesetDraftState, "state"), default=RulesetDraftState.OPEN
    )
    version: Mapped[int] = mapped_column(default=1)
    own: Mapped[dict[str, Any]]
    note: Mapped[str] = mapped_column(default="")
    editors: Mapped[list[str]]
    """The accounts that ever changed it; none of these can publish it."""
    created_at: Mapped[datetime]
    created_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    changed_at: Mapped[datetime]
    changed_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    ruleset_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("ruleset.id"))


WITHDRAWAL_IMMUTABLE_SQLITE = (
    """CREATE TRIGGER ruleset_withdrawal_no_update BEFORE UPDATE ON ruleset_withdrawal
    BEGIN SELECT RAISE(ABORT, 'a withdrawal is never undone'); END""",
    """CREATE TRIGGER ruleset_withdrawal_no_delete BEFORE DELETE ON ruleset_withdrawal
    BEGIN SELECT RAISE(ABORT, 'a withdrawal is never undone'); END""",
)
WITHDRAWAL_IMMUTABLE_POSTGRESQL = (
    """CREATE TRIGGER ruleset_withdrawal_immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON ruleset_withdrawal
    FOR EACH STATEMENT EXECUTE FUNCTION ruleset_immutable()""",
)
IMMUTABLE_SQLITE = (
    """CREATE TRIGGER ruleset_no_update BEFORE UPDATE ON ruleset
    BEGIN SELECT RAISE(ABORT, 'a published rule set never changes'); END""",
    """CREATE TRIGGER ruleset_no_delete BEFORE DELETE ON ruleset
    BEGIN SELECT RAISE(ABORT, 'a published rule set never changes'); END""",
)
IMMUTABLE_POSTGRESQL = (
    """CREATE FUNCTION ruleset_immutable() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS
    $$ BEGIN RAISE EXCEPTION 'a published rule set never changes' USING ERRCODE = 'insufficient_privilege'; END $$""",
    """CREATE TRIGGER ruleset_immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON ruleset
    FOR EACH STATEMENT EXECUTE FUNCTION ruleset_immutable()""",
)
IMMUTABLE_DROP_POSTGRESQL = (
    "DROP TRIGGER IF EXISTS ruleset_immutable ON ruleset",
    "DROP FUNCTION IF EXISTS ruleset_immutable()",
)
