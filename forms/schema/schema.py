"""The one marshmallow schema of the form, built from its questions; pages and JSON both pass through it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from difflib import get_close_matches

from marshmallow import RAISE, Schema, ValidationError, validates_schema

from forms.schema.compound import field_for
from forms.schema.fields import FIRST_DAY, LAST_DAY
from forms.values.dates import in_words, iso_date, years_later
from forms.values.question import Question, QuestionType

MAX_KEYS = 400
_MAX_UNKNOWN = 20
_WHOLE = "bestand"


class InvalidAnswers(ValueError):
    """Answers that are refused; `errors` holds per key (`woongeschiedenis.0.van` in a row) one Dutch sentence."""

    def __init__(self, errors: dict[str, str]) -> None:
        self.errors = errors
        super().__init__("\n".join(f"{key}: {text}" for key, text in errors.items()))


class AnswerSchema:
    """Checks answers in their JSON form against the questions of a form."""

    def __init__(self, questions: Iterable[Question]) -> None:
        self._questions = {question.key: question for question in questions}
        made = {question.key: field_for(question) for question in self._questions.values()}
        self._schema: Schema = _Checked.from_dict(made)(unknown=RAISE)  # type: ignore[arg-type]  # invariant dict
        self._schema.questions = tuple(self._questions.values())  # type: ignore[attr-defined]

    def load(self, data: object) -> dict[str, object]:
        """The answers in `data`, in the order of the form; null means absent.

        Raises:
            InvalidAnswers: with a Dutch sentence for each key that is wrong.
        """
        answers, errors = self.split(data)
        if errors:
            raise InvalidAnswers(errors)
        return answers

    def split(self, data: object) -> tuple[dict[str, object], dict[str, str]]:
        """The answers that are right, and the errors of those that are not."""
        if not isinstance(data, dict):
            return {}, {_WHOLE: "Dit is geen object met antwoorden, zoals {“slaapplek_vannacht”: “geen”}."}
        if len(data) > MAX_KEYS:
            return {}, {_WHOLE: f"Dit zijn {len(data)} antwoorden; het formulier heeft {len(self._questions)} vragen."}
        given: dict[str, object] = {
            key: value for key, value in data.items() if value is not None or key not in self._questions
        }
        try:
            return dict(self._schema.load(given)), {}
        except ValidationError as refused:
            errors = dict(self._flattened(_messages(refused)))
            wrong = {name.partition(".")[0] for name in errors}
            right: Mapping[str, object] = refused.valid_data if isinstance(refused.valid_data, dict) else {}
            return {name: value for name, value in right.items() if name not in wrong}, errors

    def _flattened(self, messages: Mapping[object, object]) -> Iterator[tuple[str, str]]:
        unknown = [key for key in messages if key not in self._questions]
        for key in self._questions:
            if key in messages:
                yield from _leaves(key, messages[key])
        for name in unknown[:_MAX_UNKNOWN]:
            yield _printable(name), self._no_such_question(name)
        if len(unknown) > _MAX_UNKNOWN:
            yield _WHOLE, f"Er staan nog {len(unknown) - _MAX_UNKNOWN} andere sleutels in die het formulier niet kent."

    def _no_such_question(self, key: object) -> str:
        close = get_close_matches(key[:60], self._questions, n=1) if isinstance(key, str) else []
        hint = f" Bedoelde u “{close[0]}”?" if close else " Haal deze sleutel weg."
        return f"Het formulier heeft geen vraag met deze naam.{hint}"


class _Checked(Schema):
    """What holds between answers: a date lies in its years around the melding."""

    questions: tuple[Question, ...] = ()

    @validates_schema(skip_on_field_errors=False)
    def check_dates(self, data: dict[str, object], **_rest: object) -> None:
        """Refuses dates too far before or after the melding."""
        faults: dict[str, object] = {}
        melding = _day(data.get("melding_datum"))
        for question in self.questions:
            value = data.get(question.key)
            if question.type is QuestionType.DATUM and question.bereik:
                fault = _outside(_day(value), question.bereik, melding)
                if fault:
                    faults[question.key] = [fault]
        if faults:
            raise ValidationError(faults)


def _outside(day: date | None, years: tuple[int, int], melding: date | None) -> str:
    if day is None:
        return ""
    first = years_later(melding, years[0]) if melding and melding.year + years[0] >= FIRST_DAY.year else FIRST_DAY
    last = years_later(melding, years[1]) if melding and melding.year + years[1] <= LAST_DAY.year else LAST_DAY
    if first <= day <= last:
        return ""
    around = f" (de melding is van {in_words(melding)})" if melding else ""
    return f"{in_words(day)} kan hier niet{around}. Vul een datum in van {in_words(first)} tot en met {in_words(last)}."


def _messages(error: ValidationError) -> Mapping[object, object]:
    return error.messages if isinstance(error.messages, dict) else {_WHOLE: error.messages}


def _leaves(path: str, messages: object) -> Iterator[tuple[str, str]]:
    if isinstance(messages, dict):
        for key, inner in messages.items():
            yield from _leaves(path if key == "_schema" else f"{path}.{_printable(key)}", inner)
    elif isinstance(messages, list) and messages:
        yield path, str(messages[0])


def _printable(key: object) -> str:
    return "".join(char if char.isprintable() else "?" for char in str(key)[:60])


def _day(value: object) -> date | None:
    return iso_date(value) if isinstance(value, str) else None
