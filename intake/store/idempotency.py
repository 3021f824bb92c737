"""The same request, sent twice, is done once: double click, back and again, retry after an answer that got lost.

The key is claimed in the transaction of the work itself. A second request with the key waits for the first, then gets
its answer; with another body it is refused.
"""

import hashlib
import json
import re
import secrets
import uuid
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from config.clock import Clock
from intake.access.act import Act
from intake.access.actor import Actor
from intake.tables.idempotency import IdempotencyKey

KEPT = timedelta(days=7)
_KEY = re.compile(r"[!-~]{8,200}")


class KeyRefused(ValueError):
    """The key is no key; the message is Dutch and says what one is."""


class KeyReused(ValueError):
    """The key was used before for something else; nothing was stored."""

    def __init__(self) -> None:
        super().__init__("Deze aanvraag is al eerder verstuurd met andere gegevens. Begin opnieuw vanaf het overzicht.")


def new_key() -> str:
    """A key for one form, that nobody can guess."""
    return secrets.token_urlsafe(24)


def body_hash(body: object) -> str:
    """SHA-256 of `body` as canonical JSON, with its name in front."""
    text = json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def claim(act: Act, key: str, digest: str) -> Mapping[str, Any] | None:
    """Claim `key` for the request with this body; None when it is ours to do, else the answer given before.

    Raises:
        KeyRefused: not 8 to 200 printable ASCII characters.
        KeyReused: claimed before with another body.
    """
    if not _KEY.fullmatch(key):
        raise KeyRefused("De sleutel van deze aanvraag klopt niet. Open het formulier opnieuw.")
    forget_old(act.session, clock=act.clock)
    values: dict[str, object] = {
        "id": uuid.uuid4(),
        "account_id": act.actor.account_id,
        "key": key,
        "body_hash": digest,
        "answer": {},
        "created_at": act.clock.now(),
    }
    insert = postgresql.insert if act.session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = insert(IdempotencyKey).values(values).on_conflict_do_nothing(index_elements=["account_id", "key"])
    if act.session.execute(statement.returning(IdempotencyKey.id)).first() is not None:
        return None
    stored = _stored(act.session, act.actor, key)
    if stored.body_hash != digest:
        raise KeyReused
    return stored.answer


def remember(session: Session, actor: Actor, key: str, answer: Mapping[str, str]) -> None:
    """Keep the answer to a claimed key, in the same transaction."""
    claimed = (IdempotencyKey.account_id == actor.account_id) & (IdempotencyKey.key == key)
    kept = update(IdempotencyKey).where(claimed).values(answer=dict(answer))
    session.execute(kept, execution_options={"synchronize_session": False})


def forget_old(session: Session, *, clock: Clock) -> None:
    """Drop keys after seven days."""
    session.execute(delete(IdempotencyKey).where(IdempotencyKey.created_at < clock.now() - KEPT))


def _stored(session: Session, actor: Actor, key: str) -> IdempotencyKey:
    query = select(IdempotencyKey).where(IdempotencyKey.account_id == actor.account_id, IdempotencyKey.key == key)
    return session.scalars(query).one()
