"""What can be used once: the state of a login elsewhere, the challenge of a passkey. Its hash is remembered."""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from intake.tables.oidc import SpentToken

KEPT = timedelta(days=1)
"""Longer than anything that is used once stays good."""


def spend(session: Session, token: bytes, *, now: datetime) -> bool:
    """Use it up; False when somebody did before, also when both do it at once."""
    session.execute(
        delete(SpentToken).where(SpentToken.spent_at < now - KEPT).execution_options(synchronize_session=False)
    )
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    added = session.execute(
        insert(SpentToken)
        .values(hash=hashlib.sha256(token).digest(), spent_at=now)
        .on_conflict_do_nothing()
        .returning(SpentToken.hash)
    )
    return added.first() is not None
