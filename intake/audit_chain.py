"""The chain of the audit log: how a row is sealed to the one before it, and how a break is found.

`hash = HMAC-SHA256(key of the tenant, prev_hash | canonical JSON of the row)`. Without the key nobody can make a chain
that holds; a missing tail contradicts the head, and a head that was put back contradicts an anchor kept elsewhere.
A tenant's key can be renewed: each chains the rows from its own first one on (`intake.log_key`), and no others.
"""

import hmac
import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Protocol

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from intake import log_key
from intake.row_security import bind_system
from intake.tables.audit import AuditEvent, AuditHead

FIRST = bytes(32)
"""What stands before the first row."""
BATCH = 5_000
_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":")).encode


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


class Chainable(Protocol):
    """What can be chained: a dataclass with the fields of a row, without its place."""

    chain_id: uuid.UUID
    at: datetime


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
    for row in _rows(session, chain_id):
        if row["seq"] != seq + 1 or row["prev_hash"] != last:
            return Break(chain_id, seq + 1, BreakKind.GAP)
        seq, stored = row["seq"], row.pop("hash")
        key = spans.get(seq, key)
        if not hmac.compare_digest(stored, _hash(key, last, row)):
            return Break(chain_id, seq, BreakKind.CHANGED)
        if kept.pop(seq, stored.hex()) != stored.hex():
            return Break(chain_id, seq, BreakKind.ANCHOR)
        last = stored
    if head is None or (head.seq, head.hash) != (seq, last) or kept:
        return Break(chain_id, seq, BreakKind.CUT)
    return None


def _rows(session: Session, chain_id: uuid.UUID) -> Iterator[dict[str, Any]]:
    done = 0
    table = AuditEvent.__table__
    while True:
        query = select(table).where(table.c.chain_id == chain_id, table.c.seq > done).order_by(table.c.seq).limit(BATCH)
        batch = session.execute(query).all()
        yield from (_as_dict(row) for row in batch)
        if len(batch) < BATCH:
            return
        done = batch[-1].seq


def _as_dict(row: Row[Any]) -> dict[str, Any]:
    return dict(row._mapping)  # noqa: SLF001 - the documented way to read a Row by name


def _hash(key: bytes, prev: bytes, row: dict[str, Any]) -> bytes:
    """Of the row without its own hash; every value in one spelling, whichever database gave it."""
    told = {name: _spelled(value) for name, value in row.items() if name != "prev_hash"}
    return hmac.digest(key, prev + _CANONICAL(told).encode(), "sha256")


def _spelled(value: object) -> str | int | None:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value if isinstance(value, int | None) else str(value)
