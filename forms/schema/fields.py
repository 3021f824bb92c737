"""A marshmallow field per type of question: strict, and every refusal a Dutch sentence that says what is allowed.

A field takes JSON values. Page text becomes JSON values in `forms.page.page` first, so that both doors meet one check.
"""

import re
from collections.abc import Mapping
from datetime import date

from marshmallow import ValidationError, fields, missing

from forms.values import places
from forms.values.dates import iso_date, iso_month
from forms.values.question import CHOICE_TYPES, GEEN, ONBEKEND, WIL_NIET_ZEGGEN, Column, Question, QuestionType
from forms.values.text import TextError, clean, quoted

FIRST_DAY = date(1900, 1, 1)
LAST_DAY = date(2100, 12, 31)
MAX_LIST = 30
MAX_LINES = 200
_BSN = re.compile(r"[0-9]{9}\Z")
_BSN_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)
_SHOWN_OPTIONS = 20
_MANY = frozenset({QuestionType.MEERKEUZE, QuestionType.GEMEENTEN, QuestionType.RIJEN})


class Answer(fields.Field[object]):
    """The value of one question or column; the tickable options of a typed question are always accepted."""

    def __init__(self, asked: Question | Column) -> None:
        required = isinstance(asked, Column) and asked.verplicht
        super().__init__(required=required, error_messages={"required": "Vul dit in.", "null": "Vul dit in."})
        self.asked = asked
        words = tuple(option.value for option in asked.options)
        many = asked.type in _MANY
        self.values = tuple(word for word in words if word != GEEN) if many else words
        self.alone = tuple(word for word in words if word in (ONBEKEND, WIL_NIET_ZEGGEN)) if many else words

    def _deserialize(
        self, value: object, attr: str | None, data: Mapping[str, object] | None, **kwargs: object
    ) -> object:
        del attr, data, kwargs
        if isinstance(value, str) and value in self.alone:
            return value
        if isinstance(value, list) and self.asked.type not in _MANY:
            raise ValidationError(f"Geef één antwoord. {self._allowed()}")
        return self._checked(value)

    def _checked(self, value: object) -> object:
        """The value in its one form.

        Raises:
            ValidationError: it is not an answer to this question; the message is Dutch.
        """
        raise ValidationError(f"{quoted(value)} is geen antwoord op deze vraag. {self._allowed()}")

    def _allowed(self) -> str:
        if not self.values:
            return "Typ het antwoord in het veld."
        shown = ", ".join(self.values[:_SHOWN_OPTIONS])
        return f"Kies uit: {shown}." if self.asked.type in CHOICE_TYPES else f"Vul iets in of kies: {shown}."


class Choices(Answer):
    """A list of options, each once."""

    def _checked(self, value: object) -> object:
        if not isinstance(value, list):
            raise ValidationError(f"{quoted(value)} is geen lijst. {self._allowed()}")
        if len(value) == 1 and value[0] in self.alone:
            return value[0]
        if WIL_NIET_ZEGGEN in value or (GEEN in value and len(value) > 1):
            raise ValidationError("Kies “geen”, “wil niet zeggen” of andere antwoorden; niet door elkaar.")
        _refuse_doubles(value)
        for item in value:
            if item not in self.values:
                raise ValidationError(f"{quoted(item)} kan hier niet. {self._allowed()}")
        return value


class Gemeente(Answer):
    """The CBS code of one gemeente."""

    def _checked(self, value: object) -> object:
        return _gemeente(value, self.values)


class Gemeenten(Answer):
    """A list of CBS codes, each once."""

    def _checked(self, value: object) -> object:
        if not isinstance(value, list):
            raise ValidationError(f"{quoted(value)} is geen lijst van gemeentecodes, zoals [“GM0599”].")
        if len(value) > MAX_LIST:
            raise ValidationError(f"Dit zijn {len(value)} gemeenten; hoogstens {MAX_LIST} mag.")
        _refuse_doubles(value)
        return [_gemeente(item, ()) for item in value]


class Day(Answer):
    """A date as YYYY-MM-DD between 1900 and 2100."""

    def _checked(self, value: object) -> object:
        day = iso_date(value) if isinstance(value, str) else None
        if day is None:
            raise ValidationError(
                f"{quoted(value)} is geen bestaande datum. Typ dag, maand en jaar, zoals 23-11-2026 "
                "(in een bestand: 2026-11-23)."
            )
        _refuse_outside(day)
        return value


class Month(Answer):
    """A month as YYYY-MM between 1900 and 2100."""

    def _checked(self, value: object) -> object:
        month = iso_month(value) if isinstance(value, str) else None
        if month is None:
            raise ValidationError(
                f"{quoted(value)} is geen maand. Typ maand en jaar, zoals 11-2026 (in een bestand: 2026-11)."
            )
        _refuse_outside(month)
        return value


class Number(Answer):
    """A whole number within the range of the question; ASCII digits on a page, a number in JSON."""

    def _checked(self, value: object) -> object:
        low, high = self.asked.bereik or (0, 999)
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise ValidationError(f"{quoted(value)} kan hier niet. Vul een heel getal in van {low} tot en met {high}.")
        return value


class Text(Answer):
    """One line of text, or for `verhaal` several."""

    def _deserialize(
        self, value: object, attr: str | None, data: Mapping[str, object] | None, **kwargs: object
    ) -> object:
        del attr, data, kwargs
        if not isinstance(value, str):
            raise ValidationError("Dit is geen tekst. Vul één stuk tekst in.")
        lines = MAX_LINES if self.asked.type is QuestionType.VERHAAL else 1
        try:
            text = clean(value, max_length=self.asked.max_lengte, max_lines=lines)
        except TextError as error:
            raise ValidationError(str(error)) from None
        if not text and self.required:
            raise self.make_error("required")
        return text or missing


class Bsn(Answer):
    """Nine digits that pass the elfproef (the number is never repeated in a message)."""

    def _checked(self, value: object) -> object:
        if not isinstance(value, str) or not _BSN.match(value):
            raise ValidationError("Een bsn heeft precies 9 cijfers, zoals 123456782. Neem het over van een document.")
        if not passes_elfproef(value):
            raise ValidationError("Dit bsn bestaat niet: het voldoet niet aan de elfproef. Kijk de 9 cijfers na.")
        return value


def passes_elfproef(bsn: str) -> bool:
    """Whether nine digits form a possible bsn: the weighted sum is a multiple of 11, and they are not all zero."""
    total = sum(weight * int(digit) for weight, digit in zip(_BSN_WEIGHTS, bsn, strict=True))
    return total % 11 == 0 and bsn != "000000000"


def _gemeente(value: object, also: tuple[str, ...]) -> str:
    if isinstance(value, str) and places.is_code(value):
        return value
    hint = f" Bedoelde u {found}?" if isinstance(value, str) and (found := places.meant(value)) else ""
    or_else = f" of {', '.join(also)}" if also else ""
    raise ValidationError(
        f"{quoted(value)} is geen gemeente.{hint} "
        f"Vul een gemeente in (in een bestand de CBS-code, zoals GM0599){or_else}."
    )


def _refuse_outside(day: date) -> None:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValidationError(f"Het jaar {day.year} kan hier niet. Vul een jaar in van 1900 tot en met 2100.")


def _refuse_doubles(values: list[object]) -> None:
    seen: set[str] = set()
    for value in values:
        if isinstance(value, str):
            if value in seen:
                raise ValidationError(f"{quoted(value)} staat er twee keer in. Noem elk antwoord één keer.")
            seen.add(value)
