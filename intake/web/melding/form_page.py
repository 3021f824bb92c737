"""A page of the form: its questions as fields, with what was typed, and the errors with where they lead."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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


def form_page(
    section: Section,
    raw: Raw,
    *,
    asked: frozenset[str],
    gemeenten: Choices,
    errors: Mapping[str, str] | None = None,
    more_of: str = "",
) -> FormPage:
    """The page of `section` with `raw` typed in it.

    Args:
        section: the section.
        raw: what stands in the fields, by posted name.
        asked: the questions that matter now.
        gemeenten: what a gemeente is chosen from.
        errors: a sentence per posted name.
        more_of: the question that gets an empty row more.
    """
    found = errors or {}
    fields = tuple(
        _field(question, raw, found, asked=asked, gemeenten=gemeenten, more=question.key == more_of)
        for question in section.questions
    )
    return FormPage(section, fields, _summary(fields))


def section_after(key: str, asked: frozenset[str]) -> Section | None:
    """The next section that has something to ask; none after the last."""
    keys = [section.key for section in INTAKE_FORM.sections]
    later = INTAKE_FORM.sections[keys.index(key) + 1 :]
    return next((section for section in later if any(one.key in asked for one in section.questions)), None)


def _field(
    question: Question, raw: Raw, errors: Mapping[str, str], *, asked: frozenset[str], gemeenten: Choices, more: bool
) -> Field:
    return Field(
        question=question,
        asked=question.key in asked,
        values=tuple(_as_option(question.type, text) for text in raw.get(question.key, ())),
        error=errors.get(question.key, ""),
        rows=_rows(question, raw, errors, more=more),
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
    for field in fields:
        for row in field.rows:
            for cell in row:
                if cell.error:
                    found[cell.input_id] = _line(cell.column.label, cell.error)
        if field.error:
            found[field.first_id] = _line(field.question.label, field.error)
    return found


def _line(label: str, error: str) -> str:
    """The error with what it is about, as the summary shows it."""
    return f"{label} {error}" if label.endswith("?") else f"{label}: {error}"
