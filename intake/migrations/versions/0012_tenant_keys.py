"""A row points only at rows of its own tenant: every foreign key between tables of a tenant holds the tenant too.

SQLite cannot change the keys of a table: the table is made anew with the same text, less and more what is said here,
and its rows, indexes and triggers are put back.
"""

import re
from dataclasses import dataclass

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

UNIQUE = ("advice", "deadline", "grant_", "mandate", "referral")
"""Tables that others point at by tenant and id."""
KEYS = (
    ("besluit", "mandate_id", "mandate"),
    ("besluit", "advice_id", "advice"),
    ("break_glass", "grant_id", "grant_"),
    ("draft", "intake_id", "intake"),
    ("event", "referral_id", "referral"),
    ("letter", "besluit_id", "besluit"),
    ("letter", "referral_id", "referral"),
    ("placement", "referral_id", "referral"),
    ("referral", "besluit_id", "besluit"),
    ("referral", "previous_id", "referral"),
    ("suspension", "deadline_id", "deadline"),
)
"""Table, column, table pointed at: the tenant is added."""


class RowsOfAnotherTenant(RuntimeError):
    """Some row points at a row of another tenant; it must be looked into before the schema can forbid it."""


@dataclass(frozen=True, slots=True)
class Change:
    """What goes out of and comes into the definition of one table."""

    out: tuple[str, ...]
    into: tuple[str, ...]


def upgrade() -> None:
    """Add the tenant to the keys. The log of nobody's tenant can be reviewed too, so its review points at none.

    Raises:
        RowsOfAnotherTenant: a row that is there would break a key.
    """
    new = {
        "grant_": [("grant_", "zaak_id", "intake")],
        **{table: [key for key in KEYS if key[0] == table] for table, *_ in KEYS},
    }
    changes = {table: Change((), ()) for table in (*UNIQUE, *new, "log_review")}
    for table in changes:
        keys = new.get(table, [])
        out = tuple(f"fk_{table}_{column}" for _, column, _ in keys if table != "grant_")
        unique = (_unique(table),) if table in UNIQUE else ()
        changes[table] = Change(out, (*unique, *(_composite(*key) for key in keys)))
    changes["log_review"] = Change(("fk_log_review_gemeente_id",), ())
    _apply(changes)


def downgrade() -> None:
    """The keys without the tenant."""
    tables = (*dict.fromkeys(table for table, *_ in KEYS if table != "referral"), "referral", *UNIQUE, "log_review")
    changes = {}
    for table in tables:
        keys = [key for key in KEYS if key[0] == table]
        out = [f"fk_{table}_gemeente_id_{column}" for _, column, _ in keys]
        out += ["fk_grant__gemeente_id_zaak_id"] if table == "grant_" else []
        out += [f"uq_{table}_gemeente_id_id"] if table in UNIQUE else []
        changes[table] = Change(tuple(out), tuple(_single(*key) for key in keys))
    changes["log_review"] = Change(
        (), ("CONSTRAINT fk_log_review_gemeente_id FOREIGN KEY(gemeente_id) REFERENCES organisation (id)",)
    )
    _apply(changes)


def _unique(table: str) -> str:
    return f"CONSTRAINT uq_{table}_gemeente_id_id UNIQUE (gemeente_id, id)"


def _composite(table: str, column: str, parent: str) -> str:
    name = f"fk_{table}_gemeente_id_{column}"
    return f"CONSTRAINT {name} FOREIGN KEY(gemeente_id, {column}) REFERENCES {parent} (gemeente_id, id)"


def _single(table: str, column: str, parent: str) -> str:
    return f"CONSTRAINT fk_{table}_{column} FOREIGN KEY({column}) REFERENCES {parent} (id)"


def _apply(changes: dict[str, Change]) -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("PRAGMA defer_foreign_keys=ON")
        for table, change in changes.items():
            _make_anew(table, change)
        broken = op.get_bind().execute(sa.text("PRAGMA foreign_key_check")).first()
        if broken is not None:
            raise RowsOfAnotherTenant(f"a row of {broken[0]} points at a row of {broken[2]} that is not of its tenant")
        return
    names = [(table, name) for table, change in changes.items() for name in change.out]
    for table, name in sorted(names, key=lambda one: not one[1].startswith("fk_")):
        op.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    texts = [(table, text) for table, change in changes.items() for text in change.into]
    for table, text in sorted(texts, key=lambda one: " FOREIGN KEY" in one[1]):
        op.execute(f"ALTER TABLE {table} ADD {text}")


def _make_anew(table: str, change: Change) -> None:
    """The same table in place, with its rows: what points at it goes on pointing at it."""
    connection = op.get_bind()
    made = sa.text("SELECT sql FROM sqlite_master WHERE tbl_name = :table AND sql IS NOT NULL AND type = :type")
    (text,) = connection.execute(made, {"table": table, "type": "table"}).scalars()
    beside = [sql for kind in ("index", "trigger") for sql in _sql(made, table, kind)]
    kept = f"_{table}_kept"
    op.execute(f"CREATE TABLE {kept} AS SELECT * FROM {table}")  # noqa: S608 - our own names
    op.execute(f"DROP TABLE {table}")
    connection.exec_driver_sql(_changed(text, change))
    op.execute(f"INSERT INTO {table} SELECT * FROM {kept}")  # noqa: S608 - our own names
    op.execute(f"DROP TABLE {kept}")
    for sql in beside:
        connection.exec_driver_sql(sql)


def _sql(query: sa.TextClause, table: str, kind: str) -> list[str]:
    return list(op.get_bind().execute(query, {"table": table, "type": kind}).scalars())


def _changed(text: str, change: Change) -> str:
    """The definition of a table with other constraints; they stand behind its columns, parted by commas."""
    for name in change.out:
        found = re.search(rf",\s*CONSTRAINT \"?{name}\"?\s+(?:FOREIGN KEY|UNIQUE)\s*\([^)]*\)", text)
        assert found is not None, f"no {name} in {text}"
        rest = text[found.end() :]
        target = re.match(r"\s*REFERENCES \"?\w+\"?\s*\([^)]*\)", rest)
        text = text[: found.start()] + rest[target.end() if target else 0 :]
    body, close, tail = text.rpartition(")")
    return body.rstrip() + "".join(f",\n\t{constraint}" for constraint in change.into) + "\n" + close + tail
