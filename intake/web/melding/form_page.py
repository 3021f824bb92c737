"""A page of the form: its questions as fields, with what was typed, and the errors with where they lead."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from config.gemeenten import UnknownGemeente, find
from forms import INTAKE_FORM, Question, QuestionType, Section
from forms.page import row_places
from intake.web.melding.gemeenten import Choices
from intake.web.melding.question import Cell, Field

Raw = Mapping[str, Sequence[str]]
_PLACES = frozenset({QuestionType.GEMEENTE, QuestionType.GEMEENTEN})


@dataclass(frozen=True, slots=True)
class FormPage:
    """One section of the form as it is shown.

    Attributes:
        section: which one.
        fields: its questions, the ones that are not asked included (hidden).
        errors: id of a field to the sentence that the summary shows for it, in the order of the page.
    """

    section: Section
    fields: tuple[Field, ...]
    errors: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands in the fields of a page.

    Attributes:
        raw: the texts, by posted name.
        errors: a sentence per posted name.
        more_of: the question that gets an empty row more.
    """

    raw: Raw
    errors: Mapping[str, str] = field(default_factory=dict)
    more_of: str = ""


def form_page(section: Section, filled: Filled, *, asked: frozenset[str], gemeenten: Choices) -> FormPage:
    """The page of a section as it is filled in.

    Args:
        section: the section.
        filled: what stands in its fields.
        asked: the questions that matter now.
        gemeenten: what a gemeente is chosen from.
    """
    fields = tuple(_field(question, filled, asked=asked, gemeenten=gemeenten) for question in section.questions)
    return FormPage(section, fields, _summary(fields))


def section_after(key: str, asked: frozenset[str]) -> Section | None:
    """The next section that has something to ask; none after the last."""
    keys = [section.key for section in INTAKE_FORM.sections]
    later = INTAKE_FORM.sections[keys.index(key) + 1 :]
    return next((section for section in later if any(one.key in asked for one in section.questions)), None)


def _field(question: Question, filled: Filled, *, asked: frozenset[str], gemeenten: Choices) -> Field:
    raw, errors = filled.raw, filled.errors
    return Field(
        question=question,
        asked=question.key in asked,
        values=tuple(_as_option(question.type, text) for text in raw.get(question.key, ())),
        error=errors.get(question.key, ""),
        rows=_rows(question, raw, errors, more=question.key == filled.more_of),
        gemeenten=gemeenten,
    )


def _rows(question: Question, raw: Raw, errors: Mapping[str, str], *, more: bool) -> tuple[tuple[Cell, ...], ...]:
    if question.type is QuestionType.ZRM:
        return (_cells(question, question.key, raw, errors),)
    if question.type is not QuestionType.RIJEN:
        return ()
    places = row_places(question, raw)
    if more or not places:
        places.append(max(places, default=-1) + 1)
    return tuple(_cells(question, f"{question.key}.{place}", raw, errors) for place in places)


def _cells(question: Question, stem: str, raw: Raw, errors: Mapping[str, str]) -> tuple[Cell, ...]:
    return tuple(
        Cell(
            column,
            name := f"{stem}.{column.key}",
            _as_option(column.type, next(iter(raw.get(name, ())), "")),
            errors.get(name, "") or (errors.get(stem, "") if stem != question.key and not number else ""),
        )
        for number, column in enumerate(question.columns)
    )


def _as_option(kind: QuestionType, text: str) -> str:
    """A gemeente by its code, as the lists offer it; whatever is none stays as it was typed."""
    if kind not in _PLACES:
        return text
    try:
        return find(text).code
    except UnknownGemeente:
        return text


def _summary(fields: Sequence[Field]) -> dict[str, str]:
    found: dict[str, str] = {}
    for shown in fields:
        for row in shown.rows:
            for cell in row:
                if cell.error:
                    found[cell.input_id] = _line(cell.column.label, cell.error)
        if shown.error:
            found[shown.first_id] = _line(shown.question.label, shown.error)
    return found


def _line(label: str, error: str) -> str:
    """The error with what it is about, as the summary shows it."""
    return f"{label} {error}" if label.endswith("?") else f"{label}: {error}"
