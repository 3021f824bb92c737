"""The audit log: who did or saw what, of whom, by which rule; chained so that no quiet change passes.

`record` notes an act in the session; the rows are numbered, chained and inserted as the last thing before the commit,
in the same transaction as what they tell: no change and no read without its row, and the chain is locked for as short
as can be. An entry noted inside a savepoint that is rolled back goes with it.
"""

import uuid
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, event, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, SessionTransaction

from intake.access.action import Action, audit_code
from intake.access.actor import Actor
from intake.access.allowed_by import rule_for
from intake.access.audit.chain import FIRST, chained
from intake.keys.keys import NO_TENANT, tenant_key
from intake.tables.access_path import path_of
from intake.tables.audit import AuditCode, AuditEvent, AuditHead, Outcome
from intake.tables.key import KeyPurpose
from intake.tables.schema import Base

PENDING = "toegang_audit"
SEALED = "verzegeld="
"""Before the sealed id of somebody who works for a hidden place."""

_OF_CHAIN = AuditHead.chain_id == bindparam("chain")
_HEAD = select(AuditHead.seq, AuditHead.hash, AuditHead.key_version).where(_OF_CHAIN).with_for_update()
_ADD = insert(AuditEvent)
_MOVE_HEAD = update(AuditHead).where(_OF_CHAIN).values(seq=bindparam("last_seq"), hash=bindparam("last_hash"))
"""Run in every request, so made once."""
UNKNOWN = "Onbekend"
"""Who tries to log in with a name that we do not know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row to be, without its place in the chain. The fields are those of `AuditEvent`."""

    chain_id: uuid.UUID
    at: datetime
    action: str
    code: AuditCode
    outcome: Outcome
    account_id: uuid.UUID | None
    user_name: str
    functie: str
    organisation_id: uuid.UUID | None
    roles: str
    rule: str
    subject_kind: str
    object_id: uuid.UUID | None
    subject_id: uuid.UUID | None
    emergency: bool
    trace_id: str
    detail: str


def record(
    session: Session,
    actor: Actor,
    action: Action,
    outcome: Outcome = Outcome.DONE,
    *,
    about: Base | None = None,
    rule: str = "",
    detail: str = "",
) -> None:
    """Note that the actor did this; the row is written when the transaction commits, or the commit fails.

    Args:
        session: the transaction that does it.
        actor: who.
        action: what.
        outcome: done, refused or failed.
        about: the row it was done to; its gemeente and case become the chain and the data subject. One call for each
            data subject.
        rule: the rule that allowed it (`Decision.rule`); looked up when it is not given (`intake.access.allowed_by`).
        detail: a code or a number of ours, such as `regels=20`; never what somebody typed.
    """
    allowed = rule or ("" if outcome is Outcome.REFUSED else rule_for(session, actor, action, about))
    note(session, entry(actor, action, outcome=outcome, about=about, rule=allowed, detail=detail))


def note(session: Session, made: Entry) -> None:
    """As `record`, for an entry that was made before: a refusal, written after its transaction was rolled back."""
    session.info.setdefault(PENDING, []).append((session.get_nested_transaction(), made))
    session.connection()


def entry(
    actor: Actor,
    action: Action,
    *,
    outcome: Outcome = Outcome.DONE,
    about: Base | None = None,
    rule: str = "",
    detail: str = "",
) -> Entry:
    """What the log will say of this act."""
    made = Entry(
        chain_id=_of(about, "gemeente") or actor.tenant_id or NO_TENANT,
        at=actor.moment,
        action=action.value,
        code=audit_code(action),
        outcome=outcome,
        account_id=actor.account_id,
        user_name=actor.naam or UNKNOWN,
        functie=actor.functie,
        organisation_id=actor.organisation_id,
        roles=" ".join(sorted(actor.roles)),
        rule=rule,
        subject_kind="" if about is None else about.__tablename__,
        object_id=None if about is None else getattr(about, "id", None),
        subject_id=_of(about, "zaak"),
        emergency=rule.endswith("/doorbreken"),
        trace_id=actor.trace_id,
        detail=_one_line(detail),
    )
    return _under_cover(actor, made) if _of(about, "zaak") is not None else made


def refused(actor: Actor, action: Action, *, subject_kind: str = "", object_id: uuid.UUID | None = None) -> Entry:
    """What the log will say of an attempt on a row that the actor may not have, or that does not exist.

    It stands in the actor's own chain: whether the row exists, and whose it is, was not looked up.
    """
    made = replace(entry(actor, action, outcome=Outcome.REFUSED), subject_kind=subject_kind, object_id=object_id)
    return _under_cover(actor, made) if object_id is not None else made


def _under_cover(actor: Actor, made: Entry) -> Entry:
    """The same, of somebody who works for a hidden place without who, and where; only the keys tell who it was."""
    if not actor.sealed_id:
        return made
    signed = actor.signature
    return replace(
        made,
        account_id=None,
        user_name=signed.naam,
        functie="",
        organisation_id=None,
        detail=_one_line(f"{made.detail} {SEALED}{actor.sealed_id}".strip()),
    )


@event.listens_for(Session, "before_commit")
def _write(session: Session) -> None:
    """Number, chain and insert what was noted; chains in a fixed order, so that two commits cannot block each other."""
    if session.in_nested_transaction():
        return
    noted: list[tuple[object, Entry]] = session.info.pop(PENDING, [])
    entries = [made for _, made in noted]
    for chain_id in sorted({made.chain_id for made in entries}):
        _append(session, chain_id, [made for made in entries if made.chain_id == chain_id])


@event.listens_for(Session, "after_soft_rollback")
def _forget(session: Session, ended: SessionTransaction) -> None:
    """What was noted in a transaction that did not happen, did not happen."""
    if not ended.nested:
        session.info.pop(PENDING, None)
        return
    noted = session.info.get(PENDING, [])
    session.info[PENDING] = [(inside, made) for inside, made in noted if inside is not ended]


def _append(session: Session, chain_id: uuid.UUID, entries: list[Entry]) -> None:
    seq, last, version = _lock_head(session, chain_id)
    _, key = tenant_key(session, chain_id, KeyPurpose.LOGBOEK, version)
    rows: list[dict[str, Any]] = []
    for made in entries:
        row = chained(key, seq + 1, last, made)
        seq, last = row["seq"], row["hash"]
        rows.append(row)
    written = session.connection()
    written.execute(_ADD, rows)
    written.execute(_MOVE_HEAD, {"chain": chain_id, "last_seq": seq, "last_hash": last})


def _lock_head(session: Session, chain_id: uuid.UUID) -> tuple[int, bytes, int]:
    """Number and hash of the last row, and the key for the next; nobody else can add to this chain until our commit."""
    head = session.connection().execute(_HEAD, {"chain": chain_id}).one_or_none()
    if head is None:
        tenant_key(session, chain_id, KeyPurpose.LOGBOEK)
        make = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
        session.execute(make(AuditHead).values(chain_id=chain_id, seq=0, hash=FIRST).on_conflict_do_nothing())
        head = session.connection().execute(_HEAD, {"chain": chain_id}).one()
    return head.seq, head.hash, head.key_version


def _of(about: Base | None, part: str) -> uuid.UUID | None:
    column = "" if about is None else getattr(path_of(type(about)), part)
    if part == "zaak" and about is not None and not column and path_of(type(about)).persoonsgegevens:
        column = "id"
    found: uuid.UUID | None = getattr(about, column) if column else None
    return found


def _one_line(text: str) -> str:
    """The text as one printable line of at most 200 characters (no log injection)."""
    return "".join(sign if sign.isprintable() else " " for sign in text)[:200]
