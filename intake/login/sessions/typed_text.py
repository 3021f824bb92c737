"""Text that was typed into a page whose session had ended: kept sealed until its owner has logged in again."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from intake.keys.crypto import Place, open_sealed, seal
from intake.keys.keys import NO_TENANT, destroy_case_key
from intake.tables.login_session import TypedText

KEPT_FOR = timedelta(days=2)
KEPT_AT_MOST = 20


@dataclass(frozen=True, slots=True)
class Posted:
    """A posted page: where it went, and its fields in the order of the page."""

    path: str
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """One posted page as it was kept: where it went, and its fields in the order of the page."""

    id: uuid.UUID
    path: str
    fields: tuple[tuple[str, str], ...]
    created_at: datetime


def keep_typed(session: Session, account_id: uuid.UUID, posted: Posted, *, now: datetime) -> None:
    """Keep a posted page for its owner for two days; of many, the last twenty."""
    forget_old(session, now=now)
    row_id = uuid.uuid4()
    sealed = seal(session, _place(row_id), [list(pair) for pair in posted.fields])
    session.add(TypedText(id=row_id, account_id=account_id, path=posted.path, sealed=sealed, created_at=now))
    session.flush()
    rows = session.scalars(
        select(TypedText.id).where(TypedText.account_id == account_id).order_by(TypedText.created_at.desc())
    )
    for surplus in rows.all()[KEPT_AT_MOST:]:
        discard_typed(session, account_id, surplus)


def typed_for(session: Session, account_id: uuid.UUID, *, now: datetime) -> list[Kept]:
    """What is kept for this person, the latest first."""
    query = select(TypedText).where(TypedText.account_id == account_id, TypedText.created_at > now - KEPT_FOR)
    return [
        Kept(row.id, row.path, _pairs(open_sealed(session, _place(row.id), row.sealed)), row.created_at)
        for row in session.scalars(query.order_by(TypedText.created_at.desc()))
    ]


def discard_typed(session: Session, account_id: uuid.UUID, row_id: uuid.UUID) -> None:
    """It was sent again, or is not wanted any more; what is kept for somebody else stays."""
    mine = delete(TypedText).where(TypedText.id == row_id, TypedText.account_id == account_id)
    if session.scalars(mine.returning(TypedText.id)).first() is not None:
        destroy_case_key(session, NO_TENANT, row_id)


def forget_old(session: Session, *, now: datetime) -> None:
    """Destroy what nobody came back for."""
    query = select(TypedText.id, TypedText.account_id).where(TypedText.created_at <= now - KEPT_FOR)
    for row_id, account_id in session.execute(query).all():
        discard_typed(session, account_id, row_id)


def _place(row_id: uuid.UUID) -> Place:
    return Place("typed_text.sealed", NO_TENANT, row_id, row_id)


def _pairs(value: Sequence[Sequence[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, text) for name, text in value)
