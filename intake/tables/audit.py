"""The audit log: NEN 7513 rows in a hash chain per tenant, to which the application can only add."""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import DDL, CheckConstraint, Index, event
from sqlalchemy.orm import Mapped, mapped_column

from intake.tables.access_path import AccessPath
from intake.tables.schema import Base, closed_list

APPEND_ONLY_SQLITE = (
    """CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit_event
    BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END""",
    """CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit_event
    BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END""",
)
APPEND_ONLY_POSTGRESQL = (
    """CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS
    $$ BEGIN RAISE EXCEPTION 'the audit log is append-only' USING ERRCODE = 'insufficient_privilege'; END $$""",
    """CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_event
    FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only()""",
)
APPEND_ONLY_DROP_POSTGRESQL = (
    "DROP TRIGGER IF EXISTS audit_append_only ON audit_event",
    "DROP FUNCTION IF EXISTS audit_append_only()",
)

OF_CLIENTS = (
    "advice",
    "besluit",
    "break_glass",
    "case_mark",
    "correction",
    "deadline",
    "destruction",
    "draft",
    "event",
    "expertise",
    "intake",
    "legal_hold",
    "letter",
    "placement",
    "referral",
    "suspension",
    "task",
)
"""Tables whose rows are about one client: a row of the log about them names the data subject."""
COMPLETE = """length({row}action) > 0 AND length({row}code) > 0 AND {row}at IS NOT NULL AND length({row}user_name) > 0
    AND ({row}outcome <> 'gedaan' OR {row}account_id IS NULL OR {row}organisation_id IS NOT NULL
        OR {row}action = 'inloggen')
    AND ({row}outcome <> 'gedaan' OR {row}subject_id IS NOT NULL OR {row}subject_kind NOT IN ({kinds}))"""
"""NEN 7513 ch. 5: which event, when, who, for which responsible organisation, of which client."""
_NEW = COMPLETE.format(row="NEW.", kinds=", ".join(f"'{kind}'" for kind in OF_CLIENTS))
COMPLETE_SQLITE = (
    f"""CREATE TRIGGER audit_complete BEFORE INSERT ON audit_event WHEN NOT ({_NEW})
    BEGIN SELECT RAISE(ABORT, 'CHECK failed: a row of the audit log misses what NEN 7513 asks'); END""",
)
COMPLETE_POSTGRESQL = (
    """CREATE FUNCTION audit_incomplete() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS
    $$ BEGIN RAISE EXCEPTION 'CHECK failed: a row of the audit log misses what NEN 7513 asks'
    USING ERRCODE = 'check_violation'; END $$""",
    f"""CREATE TRIGGER audit_complete BEFORE INSERT ON audit_event FOR EACH ROW
    WHEN (NOT ({_NEW})) EXECUTE FUNCTION audit_incomplete()""",
)
COMPLETE_DROP_POSTGRESQL = (
    "DROP TRIGGER IF EXISTS audit_complete ON audit_event",
    "DROP FUNCTION IF EXISTS audit_incomplete()",
)
"""Not for the rows of before: those were written without it and can never be changed."""


class AuditCode(StrEnum):
    """EventActionCode of NEN 7513."""

    CREATE = "C"
    READ = "R"
    UPDATE = "U"
    DELETE = "D"
    EXECUTE = "E"


class Outcome(StrEnum):
    """EventOutcomeIndicator of NEN 7513."""

    DONE = "gedaan"
    REFUSED = "geweigerd"
    FAILED = "mislukt"


class AuditEvent(Base):
    """One act of one person on the data of one data subject. Never holds content, a name of a client or a bsn."""

    __tablename__ = "audit_event"
    __access__: ClassVar = AccessPath(gemeente="chain_id")
    __table_args__ = (
        CheckConstraint("length(hash) = 32 AND length(prev_hash) = 32", name="hash_length"),
        Index(None, "subject_id", "at"),
        Index(None, "account_id", "at"),
        Index(None, "at"),
    )

    chain_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    """The tenant, or `NO_TENANT` for what concerns none (AuditEnterpriseSiteID)."""
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    """EventDateTime: moment in UTC, as the clock of the request told it. The order is `seq`, not this."""
    action: Mapped[str]
    """EventID: the action of `intake.access.policy` that was done or tried."""
    code: Mapped[AuditCode] = mapped_column(closed_list(AuditCode, "code"))
    outcome: Mapped[Outcome] = mapped_column(closed_list(Outcome, "outcome"))
    account_id: Mapped[uuid.UUID | None]
    """userID; none for an unknown person who tries to log in and for the job worker."""
    user_name: Mapped[str]
    functie: Mapped[str]
    organisation_id: Mapped[uuid.UUID | None]
    roles: Mapped[str]
    """roleIDCode: the roles held at that moment, separated by spaces."""
    rule: Mapped[str]
    """autorisatieProtocol: which rule of the policy allowed it."""
    subject_kind: Mapped[str]
    """participantObjectTypeCode: table of the object."""
    object_id: Mapped[uuid.UUID | None]
    subject_id: Mapped[uuid.UUID | None]
    """participantObjectID: the case (pseudonym of the data subject)."""
    emergency: Mapped[bool]
    trace_id: Mapped[str]
    """The request, so that rows of one act can be put together."""
    detail: Mapped[str]
    """A code or number from a closed vocabulary of ours (`regels=20`, `wachtwoord_onjuist`); never typed text."""
    prev_hash: Mapped[bytes]
    hash: Mapped[bytes]


class AuditHead(Base):
    """Where each chain ends: what a cut tail would contradict."""

    __tablename__ = "audit_head"

    chain_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    seq: Mapped[int]
    hash: Mapped[bytes]
    key_version: Mapped[int] = mapped_column(default=1, server_default="1")
    """The key that chains the next row."""


def _on_create(dialect: str, statements: tuple[str, ...], moment: str = "after_create") -> None:
    for statement in statements:
        event.listen(AuditEvent.__table__, moment, DDL(statement).execute_if(dialect=dialect))  # type: ignore[no-untyped-call]


_on_create("sqlite", APPEND_ONLY_SQLITE)
_on_create("sqlite", COMPLETE_SQLITE)
_on_create("postgresql", APPEND_ONLY_POSTGRESQL)
_on_create("postgresql", COMPLETE_POSTGRESQL)
_on_create("postgresql", APPEND_ONLY_DROP_POSTGRESQL, "before_drop")
_on_create("postgresql", COMPLETE_DROP_POSTGRESQL, "before_drop")
