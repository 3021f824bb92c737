"""Changing the keys of the gemeenten while people work: a new key, the keys of the cases wrapped anew bit by bit.

Nothing that is sealed is touched: only the wrapping of each case's own key. Old keys stay until no case needs them.
"""

import uuid
from dataclasses import dataclass

from sqlalchemy import ScalarSelect, delete, func, select
from sqlalchemy.orm import Session

from intake.keys.keys import renew_tenant_key, rewrap
from intake.store.database import Database
from intake.tables.key import CaseKey, KeyPurpose, TenantKey

BATCH = 200


@dataclass(frozen=True, slots=True)
class KeyUse:
    """One version of the key of one gemeente, and how many cases and drafts it wraps."""

    gemeente_id: uuid.UUID
    version: int
    cases: int


def rotate_tenant_keys(database: Database, gemeente_id: uuid.UUID) -> int:
    """Give the gemeente a new key and wrap every case with it, in short transactions of their own; how many."""
    with database.unit_of_work() as session:
        version = renew_tenant_key(session, gemeente_id)
    done = 0
    while True:
        with database.unit_of_work() as session:
            some = _rewrap_some(session, gemeente_id, version)
        done += some
        if not some:
            return done


def retire_tenant_keys(session: Session) -> int:
    """Delete the old keys that wrap nothing; how many. Wait an hour after `rotate`: no request lasts longer."""
    newest = _newest()
    used = select(CaseKey.tenant_version).where(CaseKey.gemeente_id == TenantKey.gemeente_id)
    gone = session.scalars(
        delete(TenantKey)
        .where(TenantKey.purpose == KeyPurpose.ZAKEN, TenantKey.version < newest, TenantKey.version.not_in(used))
        .returning(TenantKey.id)
        .execution_options(synchronize_session=False)
    )
    return len(gone.all())


def tenant_key_uses(session: Session) -> tuple[KeyUse, ...]:
    """Every key for cases with how many it wraps, by gemeente and version."""
    count = select(func.count()).where(
        CaseKey.gemeente_id == TenantKey.gemeente_id, CaseKey.tenant_version == TenantKey.version
    )
    query = select(TenantKey.gemeente_id, TenantKey.version, count.scalar_subquery()).where(
        TenantKey.purpose == KeyPurpose.ZAKEN
    )
    rows = session.execute(query.order_by(TenantKey.gemeente_id, TenantKey.version))
    return tuple(KeyUse(*row) for row in rows)


def _rewrap_some(session: Session, gemeente_id: uuid.UUID, version: int) -> int:
    old = select(CaseKey).where(CaseKey.gemeente_id == gemeente_id, CaseKey.tenant_version < version)
    rows = list(session.scalars(old.limit(BATCH).with_for_update()))
    for row in rows:
        rewrap(session, row)
    return len(rows)


def _newest() -> ScalarSelect[int]:
    other = TenantKey.__table__.alias("other")
    return (
        select(func.max(other.c.version))
        .where(other.c.gemeente_id == TenantKey.gemeente_id, other.c.purpose == KeyPurpose.ZAKEN)
        .scalar_subquery()
    )
