"""Fields for bodies, queries and answers: JSON types taken strictly, and Dutch sentences for what is refused."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate

from forms.values import TextError, clean, quoted

_NEEDED = "Dit ontbreekt."
_NULL = "Hier kan geen null. Laat de sleutel weg of vul iets in."
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
FIRST_YEAR, LAST_YEAR = 1900, 2100
HIGHEST_VERSION = 999_999_999
"""Of a row, as a caller may name it."""


class Strict(Schema):
    """A body or query in which every key is known."""

    error_messages = {  # noqa: RUF012 - as marshmallow declares it
        "unknown": "Deze sleutel bestaat hier niet. Haal hem weg.",
        "type": "Dit is geen object met sleutels en waarden.",
    }

    class Meta:
        """Unknown keys are refused."""

        unknown = RAISE


class Text(fields.String):
    """Text in one Unicode form, without control characters or tricks of direction, of at most `longest` characters."""

    def __init__(self, *, longest: int, lines: int = 1, **options: Any) -> None:
        super().__init__(error_messages={"required": _NEEDED, "null": _NULL}, **options)
        self.longest, self.lines = longest, lines
        self.metadata = {"maxLength": longest, **({"minLength": 1} if self.required else {}), **self.metadata}

    def _deserialize(self, value: object, attr: str | None, data: Mapping[str, Any] | None, **rest: Any) -> str:
        del attr, data, rest
        if not isinstance(value, str):
            raise ValidationError("Dit is geen tekst.")
        try:
            tidy = clean(value, max_length=self.longest, max_lines=self.lines)
        except TextError as error:
            raise ValidationError(str(error)) from None
        if not tidy and self.required:
            raise ValidationError(_NEEDED)
        return tidy


class Choice(fields.String):
    """One of a closed list of words."""

    def __init__(self, values: Sequence[str] | type[StrEnum], **options: Any) -> None:
        self.values = tuple(str(one) for one in values)
        allowed = validate.OneOf(self.values, error=f"Dit kan hier niet. Kies uit: {', '.join(self.values)}.")
        super().__init__(validate=allowed, error_messages={"required": _NEEDED, "null": _NULL}, **options)

    def _deserialize(self, value: object, attr: str | None, data: Mapping[str, Any] | None, **rest: Any) -> str:
        del attr, data, rest
        if not isinstance(value, str):
            raise ValidationError(f"Dit is geen tekst. Kies uit: {', '.join(self.values)}.")
        return value


class Number(fields.Integer):
    """A whole number from `low` up to and including `high`; in a query its digits."""

    def __init__(self, low: int, high: int, *, in_query: bool = False, **options: Any) -> None:
        self.told = f"Vul een heel getal in van {low} tot en met {high}."
        self.in_query = in_query
        super().__init__(
            validate=validate.Range(low, high, error=self.told),
            error_messages={"required": _NEEDED, "null": _NULL},
            **options,
        )

    def _deserialize(self, value: object, attr: str | None, data: Mapping[str, Any] | None, **rest: Any) -> int:
        del attr, data, rest
        if self.in_query and isinstance(value, str) and re.fullmatch(r"[0-9]{1,6}", value):
            return int(value)
        if isinstance(value, float) and value.is_integer() and abs(value) < 10**9:
            return int(value)  # JSON knows one kind of number: 3.0 is 3
        if isinstance(value, bool) or not isinstance(value, int):
            raise ValidationError(f"{quoted(value)} kan hier niet. {self.told}")
        return value


class Flag(fields.Boolean):
    """True or false, and nothing that looks like it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(error_messages={"required": _NEEDED, "null": _NULL}, **options)

    def _deserialize(self, value: object, attr: str | None, data: Mapping[str, Any] | None, **rest: Any) -> bool:
        del attr, data, rest
        if not isinstance(value, bool):
            raise ValidationError("Vul true of false in.")
        return value


class Day(fields.Date):
    """A day as YYYY-MM-DD, between 1900 and 2100."""

    def __init__(self, **options: Any) -> None:
        super().__init__(error_messages={"required": _NEEDED, "null": _NULL}, **options)

    def _deserialize(self, value: object, attr: str | None, data: Mapping[str, Any] | None, **rest: Any) -> date:
        del attr, data, rest
        if isinstance(value, str) and _DAY.match(value):
            try:
                day = date.fromisoformat(value)
            except ValueError:
                day = date.min
            if FIRST_YEAR <= day.year <= LAST_YEAR:
                return day
        raise ValidationError("Dit is geen bestaande datum. Schrijf jjjj-mm-dd, zoals 2026-11-23.")
