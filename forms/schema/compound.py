"""Fields for answers made of parts (rows and ZRM scores), and the choice of the field that checks a question."""

from collections.abc import Mapping

from marshmallow import Schema, ValidationError, missing

from forms.schema.fields import Answer, Bsn, Choices, Day, Gemeente, Gemeenten, Month, Number, Text
from forms.values.dates import iso_month, month_in_words
from forms.values.question import Column, Question, QuestionType
from forms.values.text import quoted

MAX_ROWS = 40


class Scores(Answer):
    """ZRM 2017: the domains that were opened, each with 1 (acute problems) to 5 (fully self-reliant)."""

    def _checked(self, value: object) -> object:
        if not isinstance(value, dict):
            raise ValidationError(f"{quoted(value)} is geen object van domein en score, zoals {{“financien”: 2}}.")
        domains = {column.key for column in self.asked.columns} if isinstance(self.asked, Question) else set()
        faults: dict[str, list[str]] = {}
        for domain, score in value.items():
            if domain not in domains:
                faults[str(domain)[:60]] = [f"{quoted(domain)} is geen domein. Kies uit: {', '.join(sorted(domains))}."]
            elif isinstance(score, bool) or not isinstance(score, int) or score not in range(1, 6):
                faults[domain] = [f"{quoted(score)} kan hier niet. Vul een score in van 1 tot en met 5."]
        if faults:
            raise ValidationError(faults)
        return {key: value[key] for key in sorted(value)}


class Rows(Answer):
    """A list of rows; an error keeps the number of its row and the name of its column."""

    def __init__(self, asked: Question) -> None:
        super().__init__(asked)
        self._row = Schema.from_dict({column.key: field_for(column) for column in asked.columns})()

    def _checked(self, value: object) -> object:
        if not isinstance(value, list):
            raise ValidationError(f"{quoted(value)} is geen lijst van rijen.")
        if len(value) > MAX_ROWS:
            raise ValidationError(f"Dit zijn {len(value)} rijen; hoogstens {MAX_ROWS} mag.")
        rows: list[object] = []
        faults: dict[int, object] = {}
        for number, given in enumerate(value):
            try:
                rows.append(self._checked_row(given))
            except ValidationError as error:
                faults[number] = error.messages
        if faults:
            raise ValidationError(faults)
        return [row for row in rows if row] or missing

    def _checked_row(self, given: object) -> object:
        if not isinstance(given, dict):
            raise ValidationError("Een rij is een object met een waarde per kolom.")
        row = {key: value for key, value in given.items() if value is not None}
        unknown = [key for key in row if key not in self._row.fields]
        if unknown:
            allowed = ", ".join(self._row.fields)
            raise ValidationError(f"{quoted(unknown[0])} is geen kolom. Kies uit: {allowed}.")
        checked: dict[str, object] = self._row.load(row) if row else {}
        _refuse_backward(checked)
        return checked


def field_for(asked: Question | Column) -> Answer:
    """The field that checks the answers to this question or column."""
    if asked.type is QuestionType.RIJEN and isinstance(asked, Question):
        return Rows(asked)
    return _FIELDS[asked.type](asked)


def _refuse_backward(row: Mapping[str, object]) -> None:
    start, end = (iso_month(value) if isinstance(value := row.get(key), str) else None for key in ("van", "tot"))
    if start and end and end < start:
        raise ValidationError({"tot": [f"Deze rij eindigt vóór {month_in_words(start)}. Draai de maanden om."]})


_FIELDS: dict[QuestionType, type[Answer]] = {
    QuestionType.KEUZE: Answer,
    QuestionType.JA_NEE: Answer,
    QuestionType.MEERKEUZE: Choices,
    QuestionType.GEMEENTE: Gemeente,
    QuestionType.GEMEENTEN: Gemeenten,
    QuestionType.DATUM: Day,
    QuestionType.MAAND: Month,
    QuestionType.GETAL: Number,
    QuestionType.TEKST: Text,
    QuestionType.VERHAAL: Text,
    QuestionType.BSN: Bsn,
    QuestionType.ZRM: Scores,
}
