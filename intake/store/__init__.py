"""The database, the turn to write in it, and doing the same request once."""

from intake.store.database import (
    Database,
    DatabaseFileUnsafe,
    SchemaNotCurrent,
    UnknownDatabase,
    newest_schema,
    open_database,
)
from intake.store.idempotency import KeyRefused, KeyReused, body_hash, new_key
from intake.store.strict_json import MAX_BYTES, UnreadableJson, read_json

__all__ = [
    "MAX_BYTES",
    "Database",
    "DatabaseFileUnsafe",
    "KeyRefused",
    "KeyReused",
    "SchemaNotCurrent",
    "UnknownDatabase",
    "UnreadableJson",
    "body_hash",
    "new_key",
    "newest_schema",
    "open_database",
    "read_json",
]
