"""The chain of the audit log: how a row is sealed to the one before it, and how a break is found.

`hash = HMAC-SHA256(key of the tenant, prev_hash | canonical JSON of the row)`. Without the key nobody can make a chain
that holds; a missing tail contradicts the head, and a head that was put back contradicts an anchor kept elsewhere.
A tenant's key can be renewed: each chains the rows from its own first one on (`intake.access.audit.log_key`), and no
others.
"""

import hmac
import json
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, ColumnElement, Enum, String, Uuid, select, type_coerce
from sqlalchemy.orm import Session

from intake.access.audit import log_key
from intake.access.row_security import bind_system
from intake.tables.audit import AuditEvent, AuditHead
from intake.tables.schema import UtcDateTime

FIRST = bytes(32)
"""What stands before the first row."""
BATCH = 5_000
_CANONICAL = json.JSONEncoder(separators=(",", ":")).encode
_TOLD = tuple(
    sorted(column.name for column in AuditEvent.__table__.columns if column.name not in {"hash", "prev_hash"})
)
"""What the hash is made of, in the order in which it is written."""
_SEQ = _TOLD.index("seq")


class BreakKind(StrEnum):
    """What is wrong with a chain."""

    GAP = "regel_ontbreekt"
    CHANGED = "regel_gewijzigd"
    CUT = "einde_ontbreekt"
    ANCHOR = "anker_klopt_niet"


@dataclass(frozen=True, slots=True)
class Break:
    """The first place where a chain does not hold."""

    chain_id: uuid.UUID
    seq: int
    kind: BreakKind

    def __str__(self) -> str:
        told = {
            BreakKind.GAP: "hier ontbreekt een regel, of staan regels in een andere volgorde",
            BreakKind.CHANGED: "deze regel is na het schrijven veranderd",
            BreakKind.CUT: "de regels hierna zijn weg",
            BreakKind.ANCHOR: "deze regel is niet meer de regel die bij het anker hoort",
        }
        return f"Logboek {self.chain_id}, regel {self.seq}: {told[self.kind]}."


@dataclass(frozen=True, slots=True)
class Anchor:
    """The head of a chain as it was, to be kept outside the database: in the daily report, a mail, another system."""

    chain_id: uuid.UUID
    seq: int
    hash: str

    def __str__(self) -> str:
        return f"{self.chain_id} {self.seq} {self.hash}"


def chained(key: bytes, seq: int, prev: bytes, entry: Any) -> dict[str, Any]:
    """The row of `entry` (an `audit.Entry`) at number `seq`, after the row whose hash is `prev`."""
    row = {field.name: getattr(entry, field.name) for field in fields(entry)}
    row |= {"seq": seq, "prev_hash": prev}
    return row | {"hash": _hash(key, prev, row)}


def verify_log(session: Session, anchors: tuple[Anchor, ...] = ()) -> list[Break]:
    """The first break of each chain that does not hold; nothing when the whole log is as it was written.

    A million rows take under a minute; the log is read in batches and never held whole.
    """
    bind_system(session)
    heads = {head.chain_id: head for head in session.scalars(select(AuditHead))}
    chains = set(session.scalars(select(AuditEvent.chain_id).distinct())) | set(heads) | {a.chain_id for a in anchors}
    found = (_verify_chain(session, chain_id, heads.get(chain_id), anchors) for chain_id in sorted(chains))
    return [broken for broken in found if broken is not None]


def anchors_now(session: Session) -> tuple[Anchor, ...]:
    """The heads of all chains, to be kept elsewhere."""
    heads = session.scalars(select(AuditHead).order_by(AuditHead.chain_id))
    return tuple(Anchor(head.chain_id, head.seq, head.hash.hex()) for head in heads)


def _verify_chain(
    session: Session, chain_id: uuid.UUID, head: AuditHead | None, anchors: tuple[Anchor, ...]
) -> Break | None:
    spans = log_key.spans(session, chain_id)
    key = spans[1]
    kept = {anchor.seq: anchor.hash for anchor in anchors if anchor.chain_id == chain_id}
    seq, last = 0, FIRST
    for *told, prev, stored in _rows(session, chain_id):
        row = dict(zip(_TOLD, told, strict=True))
        if row["seq"] != seq + 1 or prev != last:
            return Break(chain_id, seq + 1, BreakKind.GAP)
        seq = row["seq"]
        key = spans.get(seq, key)
        row["at"] = _moment(row["at"])
        if not hmac.compare_digest(stored, _digest(key, last, row)):
            return Break(chain_id, seq, BreakKind.CHANGED)
        if kept and kept.pop(seq, stored.hex()) != stored.hex():
            return Break(chain_id, seq, BreakKind.ANCHOR)
        last = stored
    if head is None or (head.seq, head.hash) != (seq, last) or kept:
        return Break(chain_id, seq, BreakKind.CUT)
    return None


def _rows(session: Session, chain_id: uuid.UUID) -> Iterator[Sequence[Any]]:
    """The rows in order, some at a time: what is told in the order of `_TOLD`, then the two hashes."""
    done = 0
    table = AuditEvent.__table__
    columns = [*(_as_told(table.c[name]) for name in _TOLD), table.c.prev_hash, table.c.hash]
    query = select(*columns).where(table.c.chain_id == chain_id).order_by(table.c.seq).limit(BATCH)
    while True:
        batch = session.execute(query.where(table.c.seq > done)).all()
        yield from batch
        if len(batch) < BATCH:
            return
        done = batch[-1][_SEQ]


def _as_told(column: Column[Any]) -> ColumnElement[Any]:
    """The column in the spelling of `_spelled` as far as the database can give it: a million rows are a lot."""
    if isinstance(column.type, Uuid):
        return type_coerce(column, Uuid(as_uuid=False))
    return type_coerce(column, String) if isinstance(column.type, Enum | UtcDateTime) else column


def _moment(value: str | datetime) -> str:
    """As `_spelled` spells it; SQLite keeps moments as text, in UTC."""
    return f"{value[:10]}T{value[11:]}+00:00" if isinstance(value, str) else _spelled_moment(value)


def _hash(key: bytes, prev: bytes, row: dict[str, Any]) -> bytes:
    """Of the row without its own hash; every value in one spelling, whichever database gave it."""
    return _digest(key, prev, {name: _spelled(row[name]) for name in _TOLD})


def _digest(key: bytes, prev: bytes, told: dict[str, Any]) -> bytes:
    return hmac.digest(key, prev + _CANONICAL(told).encode(), "sha256")


def _spelled(value: object) -> str | int | None:
    if isinstance(value, datetime):
        return _spelled_moment(value)
    return value if isinstance(value, int | None) else str(value)


def _spelled_moment(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="microseconds")
