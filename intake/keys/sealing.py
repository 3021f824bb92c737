"""Opening and sealing the columns of a row, each at its own place (`intake.keys.crypto.Place`)."""

from typing import Any, Protocol

from sqlalchemy.orm import Session

from intake.keys.crypto import JSONValue, Place, open_bytes, open_sealed, seal, seal_bytes
from intake.tables.access_path import path_of
from intake.tables.schema import Base


class Sealable(Protocol):
    """A row of a tenant."""

    id: Any
    gemeente_id: Any


def put(session: Session, row: Sealable, column: str, value: JSONValue) -> None:
    """Seal `value` into a column of `row`, which has its id and gemeente already."""
    setattr(row, column, seal(session, _place(row, column), value))


def get(session: Session, row: Sealable, column: str) -> Any:
    """What is sealed in a column of `row`; None when nothing is.

    Raises:
        CannotOpen: it was moved, damaged, or the key of the case was destroyed.
    """
    sealed = getattr(row, column)
    return None if sealed is None else open_sealed(session, _place(row, column), sealed)


def put_document(session: Session, row: Sealable, column: str, content: bytes) -> None:
    """Seal a document into a column of `row`."""
    setattr(row, column, seal_bytes(session, _place(row, column), content))


def get_document(session: Session, row: Sealable, column: str) -> bytes:
    """The document that is sealed in a column of `row`.

    Raises:
        CannotOpen: it was moved, damaged, or the key of the case was destroyed.
    """
    return open_bytes(session, _place(row, column), getattr(row, column))


def _place(row: Sealable, column: str) -> Place:
    assert isinstance(row, Base)
    zaak = getattr(row, path_of(type(row)).zaak or "id")
    return Place(f"{row.__tablename__}.{column}", row.gemeente_id, zaak, row.id)
