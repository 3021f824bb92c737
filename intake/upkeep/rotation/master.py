"""Replacing the master key while the program runs: what the old one wrapped is wrapped by the new one, bit by bit.

Both stand in the settings meanwhile, so that everything opens at every moment. What hangs from the wrapped keys is not
touched. When nothing is left that the old key wrapped, it can go from the settings.
"""

import uuid
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Column, Table, select, update
from sqlalchemy.orm import Session

from intake.keys.cipher import KEY_ID_BYTES
from intake.keys.crypto import unwrap_secret, wrap_secret
from intake.keys.keys import forget, keyring, tenant_aad
from intake.store.database import Database
from intake.tables import Base
from intake.tables.key import TenantKey
from intake.tables.sealed import WrappedSecret

BATCH = 200
Again = Callable[[Session, Any], bytes]


def rotate_master(database: Database) -> int:
    """Wrap everything that another master key wrapped with the first one of the settings; how many values.

    Raises:
        CannotOpen: something was wrapped by a key that is not in the settings; what was done before it stays.
    """
    return sum(_rotate_column(database, column, again) for column, again in _columns())


def master_uses(session: Session) -> Mapping[bytes, int]:
    """How many values each master key wraps, by its id."""
    found: Counter[bytes] = Counter()
    for column, _ in _columns():
        query = select(column).where(column.is_not(None))
        found.update(bytes(wrapped)[:KEY_ID_BYTES] for wrapped in session.scalars(query))
    return found


def _columns() -> list[tuple[Column[Any], Again]]:
    """Every column whose values a master key wraps, found from the tables: none can be forgotten."""
    keys = TenantKey.__table__.c.wrapped
    return [(keys, _key_again)] + [
        (column, _secret_again)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, WrappedSecret)
    ]


def _rotate_column(database: Database, column: Column[Any], again: Again) -> int:
    done, table = 0, column.table
    assert isinstance(table, Table)
    key = _key(table)
    with database.reading() as session:
        ours = keyring(session).key_id
        rows = session.execute(select(key, column).where(column.is_not(None))).all()
    old = [row_key for row_key, wrapped in rows if bytes(wrapped)[:KEY_ID_BYTES] != ours]
    for start in range(0, len(old), BATCH):
        with database.unit_of_work() as session:
            done += sum(_rewrap(session, column, row_key, again) for row_key in old[start : start + BATCH])
            forget(session)
    return done


def _rewrap(session: Session, column: Column[Any], row_key: uuid.UUID, again: Again) -> int:
    """Only if nobody changed the value since we read it."""
    table = column.table
    assert isinstance(table, Table)
    key = _key(table)
    row = session.execute(select(table).where(key == row_key)).one_or_none()
    before = None if row is None else row._mapping[column]  # noqa: SLF001 - the documented way to read a Row by column
    if row is None or before is None:
        return 0
    made = again(session, (column, row))
    changed = session.execute(update(table).where(key == row_key, column == before).values({column.name: made}))
    return int(getattr(changed, "rowcount", 0))


def _key_again(session: Session, found: tuple[Column[Any], Any]) -> bytes:
    _, row = found
    keys, aad = keyring(session), tenant_aad(row)
    return keys.wrap(keys.unwrap(row.wrapped, aad), aad)


def _secret_again(session: Session, found: tuple[Column[Any], Any]) -> bytes:
    column, row = found
    kind = column.type
    assert isinstance(kind, WrappedSecret)
    owner = getattr(row, kind.owner)
    return wrap_secret(session, unwrap_secret(session, getattr(row, column.name), owner, kind.kind), owner, kind.kind)


def _key(table: Table) -> Column[Any]:
    """The key of a table whose rows have one of a single column."""
    (key,) = table.primary_key.columns
    return key
