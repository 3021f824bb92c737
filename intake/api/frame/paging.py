"""Lists in parts: so many rows, and where to go on. No totals: a list tells of nothing that is not in it."""

import base64
import binascii
import json
import uuid
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from marshmallow import Schema, fields
from sqlalchemy import ColumnElement, Date, Uuid, and_, or_
from sqlalchemy.orm import InstrumentedAttribute

from intake.api.frame.fields import Number, Strict, Text
from intake.api.frame.problems import Fault, Refusal, invalid
from intake.tables.schema import UtcDateTime

MOST, USUAL = 100, 25
LONGEST_CURSOR = 400
Columns = Sequence[InstrumentedAttribute[Any]]


class PageQuery(Strict):
    """Which part of a list."""

    aantal = Number(1, MOST, in_query=True, load_default=USUAL, metadata={"description": "Hoeveel regels ten hoogste."})
    na = Text(
        longest=LONGEST_CURSOR,
        metadata={"description": "Waar u verder wilt: de waarde van volgende uit het vorige antwoord."},
    )


class Page(Schema):
    """A part of a list; each list adds its `resultaten`."""

    volgende = fields.String(
        required=True, allow_none=True, metadata={"description": "Geef dit mee als na; null als er niets meer is."}
    )


def after(columns: Columns, cursor: str | None, *, down: bool = False) -> list[ColumnElement[bool]]:
    """The condition for the rows past this cursor, in the order of these columns.

    Raises:
        Refusal: the cursor was not made by us for this list (400).
    """
    if not cursor:
        return []
    values = _values(columns, cursor)
    steps = []
    for place, column in enumerate(columns):
        same = [one == value for one, value in zip(columns[:place], values, strict=False)]
        steps.append(and_(*same, column < values[place] if down else column > values[place]))
    return [or_(*steps)]


def cursor_after(rows: Sequence[Any], columns: Columns, size: int) -> str | None:
    """Where to go on after these rows; none when the list was not full."""
    if len(rows) < size:
        return None
    values = [getattr(rows[-1], column.key) for column in columns]
    text = json.dumps([value.isoformat() if isinstance(value, date) else str(value) for value in values])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _values(columns: Columns, cursor: str) -> list[Any]:
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        texts = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        if isinstance(texts, list) and len(texts) == len(columns):
            return [_value(column, str(text)) for column, text in zip(columns, texts, strict=True)]
    except (ValueError, RecursionError, binascii.Error) as error:
        raise _no_cursor() from error
    raise _no_cursor()


def _value(column: InstrumentedAttribute[Any], text: str) -> Any:
    """The text as a value of this column."""
    if isinstance(column.type, UtcDateTime):
        return _moment(text)
    if isinstance(column.type, Uuid):
        return uuid.UUID(text)
    return date.fromisoformat(text) if isinstance(column.type, Date) else _plain(text)


def _no_cursor() -> Refusal:
    told = "Neem de waarde van volgende precies over uit het vorige antwoord, of laat na weg."
    return Refusal(invalid([Fault("query", "na", told)]))


def _moment(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError
    return found


def _plain(text: str) -> str:
    if "\x00" in text:
        raise ValueError
    return text
