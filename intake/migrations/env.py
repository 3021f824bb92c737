"""Where Alembic finds the schema and the connection. Run by Alembic, never imported."""

import os
from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection

from config.settings import load_settings
from intake.store import open_database
from intake.tables import Base
from intake.tables.schema import Json, UtcDateTime
from intake.tables.sealed import EncryptedBlob, WrappedSecret

JSON_SOURCE = 'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")'


def run(connection: Connection) -> None:
    """Run the asked migrations on `connection`, in its transaction."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        compare_type=True,
        render_item=plain_types,
        render_as_batch=False,
    )
    with context.begin_transaction():
        context.run_migrations()


def plain_types(kind: str, item: Any, autogen: Any) -> str | Literal[False]:
    """Write our own column types into a migration as what they are in the database."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, EncryptedBlob | WrappedSecret):
        return "sa.LargeBinary()"
    if kind == "type" and item is Json:
        autogen.imports.add("from sqlalchemy.dialects import postgresql")
        return JSON_SOURCE
    return False


def connect_and_run() -> None:
    """Run on the connection that was handed in, or on the database of the settings (`alembic upgrade head`)."""
    handed_in = context.config.attributes.get("connection")
    if handed_in is not None:
        run(handed_in)
        return
    with open_database(load_settings(os.environ).database_url).engine.begin() as connection:
        run(connection)


connect_and_run()
