"""What each kind of receiver reads of a form, and how an answer reads in plain Dutch."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from forms.definition.sections import RECEIVERS
from forms.values.dates import in_words, iso_date, iso_month, month_in_words
from forms.values.places import name_of
from forms.values.question import Column, Gevoeligheid, Question, QuestionType, Section

_SHIELDING = {
    "geheim_adres": frozenset({"ja"}),
    "geweld_afhankelijkheidsrelatie": frozenset({"ja", "vermoeden"}),
    "dreiging_buiten_relatie": frozenset({"ja"}),
    "mensenhandel": frozenset({"ja", "vermoeden"}),
}


@dataclass(frozen=True, slots=True)
class ShownSection:
    """One section as a receiver reads it: its title, and a label with an answer per question."""

    title: str
    lines: tuple[tuple[str, str], ...]


def shown_to(sections: tuple[Section, ...], answers: Mapping[str, object], receiver: str) -> tuple[ShownSection, ...]:
    """The answers that this kind of receiver needs (Wmo 2015 art. 5.2.1); sections without any are left out.

    Where the client must not be found, the address stays out for everybody but the client. Where the client refused
    sharing with a provider, a provider reads nothing about health but what tonight's safety needs (Wmo 2015
    art. 5.3.3; AVG art. 9 lid 2 c).

    Raises:
        ValueError: there is no such kind of receiver.
    """
    if receiver not in RECEIVERS:
        raise ValueError(f"“{receiver[:60]}” is geen soort ontvanger; kies uit: {', '.join(RECEIVERS)}")
    found = (ShownSection(section.titel, tuple(_lines(section, answers, receiver))) for section in sections)
    return tuple(section for section in found if section.lines)


def is_shielded(answers: Mapping[str, object]) -> bool:
    """Whether the client's address must stay hidden: geheim adres, violence, threat or trafficking, suspected too."""
    return any(answers.get(key) in values for key, values in _SHIELDING.items())


def answer_as_text(asked: Question | Column, value: object) -> str:
    """An answer in plain Dutch; an unanswered question reads "Niet ingevuld"."""
    if value is None:
        return "Niet ingevuld"
    if isinstance(value, list | tuple):
        return _list_as_text(asked, value)
    if isinstance(value, dict):
        return "; ".join(_pair_as_text(asked, key, inner) for key, inner in value.items())
    text = str(value)
    label = next((option.label for option in asked.options if option.value == text), "")
    return label or _typed_as_text(asked.type, text)


def _lines(section: Section, answers: Mapping[str, object], receiver: str) -> Iterator[tuple[str, str]]:
    for question in section.questions:
        answered = receiver in question.ontvangers and question.key in answers
        if answered and not _is_withheld(question, answers, receiver):
            yield question.label, answer_as_text(question, answers[question.key])


def _is_withheld(question: Question, answers: Mapping[str, object], receiver: str) -> bool:
    if question.adres and receiver != "client" and is_shielded(answers):
        return True
    refused = receiver == "aanbieder" and answers.get("toestemming_aanbieder") in ("nee", "ingetrokken")
    return refused and question.gevoeligheid is Gevoeligheid.BIJZONDER and not question.spoedstart


def _list_as_text(asked: Question | Column, values: list[object] | tuple[object, ...]) -> str:
    if not values:
        return "Geen"
    if isinstance(asked, Question) and asked.type is QuestionType.RIJEN:
        return "\n".join(_row_as_text(asked, row) for row in values if isinstance(row, Mapping))
    return ", ".join(answer_as_text(asked, value) for value in values)


def _row_as_text(question: Question, row: Mapping[str, object]) -> str:
    cells = (f"{one.label}: {answer_as_text(one, row[one.key])}" for one in question.columns if one.key in row)
    return "; ".join(cells)


def _pair_as_text(asked: Question | Column, key: str, value: object) -> str:
    columns = asked.columns if isinstance(asked, Question) else ()
    label = next((column.label for column in columns if column.key == key), key)
    return f"{label}: {value}"


def _typed_as_text(kind: QuestionType, text: str) -> str:
    if kind is QuestionType.DATUM and (day := iso_date(text)):
        return in_words(day)
    if kind is QuestionType.MAAND and (month := iso_month(text)):
        return month_in_words(month)
    if kind in (QuestionType.GEMEENTE, QuestionType.GEMEENTEN):
        return name_of(text)
    return text
