"""Whether somebody logs in where he did before. Gives no rights: it only tells what is new."""

import hashlib
import secrets
import uuid
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from config.clock import Clock
from intake.tables.known_device import KnownDevice

REMEMBERED = timedelta(days=180)
TOKEN_BYTES = 24
LONGEST_TOKEN = 64


@dataclass(frozen=True, slots=True)
class Seen:
    """What the browser is to keep, and whether the person was elsewhere until now."""

    token: str
    is_new: bool


def recognise(session: Session, account_id: uuid.UUID, token: str, *, clock: Clock) -> Seen:
    """Note that this person logs in in the browser that holds `token` (empty: none).

    The first browser of all is not new: there is nothing that it differs from. One that was not used for half a year is
    forgotten. A browser that several people use keeps one token, and is known for each by itself.
    """
    now = clock.now()
    session.execute(
        delete(KnownDevice)
        .where(KnownDevice.account_id == account_id, KnownDevice.last_seen_at < now - REMEMBERED)
        .execution_options(synchronize_session=False)
    )
    kept = token if token and len(token) <= LONGEST_TOKEN else secrets.token_urlsafe(TOKEN_BYTES)
    mine = KnownDevice.account_id == account_id
    known = session.scalars(select(KnownDevice).where(mine, KnownDevice.token_hash == _hash(kept))).one_or_none()
    if known is not None:
        known.last_seen_at = now
        return Seen(kept, is_new=False)
    elsewhere = bool(session.scalar(select(exists().where(mine))))
    made = KnownDevice(
        id=uuid.uuid4(), account_id=account_id, token_hash=_hash(kept), first_seen_at=now, last_seen_at=now
    )
    session.add(made)
    session.flush()
    return Seen(kept, is_new=elsewhere)


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode(errors="replace")).digest()
