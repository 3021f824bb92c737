"""Renewing the key with which a bsn, a surname and an address are found, while people go on searching.

The new hashes are made beside the old ones, some cases at a time; both are looked for until the last is done. Cases
whose hashes were never made (from before there were any) are done in the same way, once a day.
"""

import uuid
from dataclasses import dataclass

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from intake.case.lookup import index_case
from intake.keys import sealing
from intake.keys.cipher import CannotOpen
from intake.keys.keys import preload_case_keys, renew_tenant_key, tenant_key
from intake.store.database import Database
from intake.tables.intake import Intake
from intake.tables.key import KeyPurpose, TenantKey

BATCH = 100
FIRST = uuid.UUID(int=0)


@dataclass(slots=True)
class Progress:
    """How many cases got new hashes, and how many could not be opened and keep what they had."""

    done: int = 0
    left: int = 0


def rotate_index(database: Database, gemeente_id: uuid.UUID) -> Progress:
    """Give the gemeente a new key for finding and make every hash anew, in short transactions of their own."""
    with database.unit_of_work() as session:
        renew_tenant_key(session, gemeente_id, KeyPurpose.INDEX)
    return catch_up(database, gemeente_id)


def catch_up(database: Database, gemeente_id: uuid.UUID) -> Progress:
    """Make the hashes of every case of the gemeente whose hashes are of an older key, or were never made."""
    progress, after = Progress(), FIRST
    while True:
        with database.unit_of_work() as session:
            last = some(session, gemeente_id, after, progress)
        if last is None:
            return progress
        after = last


def catch_up_here(session: Session, gemeente_id: uuid.UUID, *, most: int) -> int:
    """As `catch_up`, in this transaction and for about so many cases; how many."""
    progress, after = Progress(), FIRST
    while progress.done < most:
        last = some(session, gemeente_id, after, progress)
        if last is None:
            break
        after = last
    return progress.done


def some(session: Session, gemeente_id: uuid.UUID, after: uuid.UUID, progress: Progress) -> uuid.UUID | None:
    """The next few cases, in the order of their ids; the last of them, or none when there are no more."""
    version, _ = tenant_key(session, gemeente_id, KeyPurpose.INDEX)
    behind = (Intake.gemeente_id == gemeente_id, Intake.index_version < version, Intake.id > after)
    rows = list(session.scalars(select(Intake).where(*behind).order_by(Intake.id).limit(BATCH).with_for_update()))
    preload_case_keys(session, [row.id for row in rows])
    for row in rows:
        try:
            index_case(session, row, sealing.get(session, row, "answers"))
            progress.done += 1
        except CannotOpen:
            progress.left += 1
    session.flush()
    return rows[-1].id if rows else None


def behind(session: Session, gemeente_id: uuid.UUID) -> int:
    """How many cases of this gemeente still have hashes of an older key, or none."""
    version, _ = tenant_key(session, gemeente_id, KeyPurpose.INDEX)
    query = select(func.count()).where(Intake.gemeente_id == gemeente_id, Intake.index_version < version)
    return session.scalar(query) or 0


def retire_index(session: Session) -> int:
    """Delete the old keys for finding with which no hash is left; how many. Wait an hour after `rotate`."""
    other = TenantKey.__table__.alias("other")
    newest = select(func.max(other.c.version)).where(
        other.c.gemeente_id == TenantKey.gemeente_id, other.c.purpose == KeyPurpose.INDEX
    )
    used = select(Intake.id).where(
        Intake.gemeente_id == TenantKey.gemeente_id,
        or_(Intake.index_version == TenantKey.version, Intake.index_version == 0),
    )
    gone = session.scalars(
        delete(TenantKey)
        .where(TenantKey.purpose == KeyPurpose.INDEX, TenantKey.version < newest.scalar_subquery(), ~used.exists())
        .returning(TenantKey.id)
        .execution_options(synchronize_session=False)
    )
    return len(gone.all())
