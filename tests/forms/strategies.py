"""Random answers that the form accepts, random pages, and random JSON."""

from datetime import date

from hypothesis import strategies as st

from config.gemeenten import GEMEENTEN
from forms import INTAKE_FORM, Column, Question, QuestionType
from forms.schema.fields import passes_elfproef

CODES = st.sampled_from(sorted(GEMEENTEN))
DAYS = st.dates(date(1990, 1, 1), date(2026, 11, 23)).map(date.isoformat)
MONTHS = st.dates(date(2015, 1, 1), date(2026, 11, 1)).map(lambda day: day.isoformat()[:7])
BSNS = st.integers(10_000_000, 999_999_999).map(lambda number: f"{number:09}").filter(passes_elfproef)
PRINTABLE = st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs"))
LINES = st.text(PRINTABLE, max_size=25)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
KEYS = st.sampled_from([question.key for question in INTAKE_FORM.questions])


def words(asked: Question | Column, *, without: tuple[str, ...] = ()):
    return st.sampled_from([option.value for option in asked.options if option.value not in without])


def value_for(asked: Question | Column):
    """Values that the schema may take for this question; some are still refused for what other answers say."""
    if asked.type is QuestionType.RIJEN:
        return st.lists(row_for(asked), min_size=1, max_size=3)
    if asked.type is QuestionType.ZRM:
        domains = st.sampled_from([column.key for column in asked.columns])
        return st.dictionaries(domains, st.integers(1, 5), min_size=1, max_size=4) | words(asked)
    typed = _TYPED[asked.type](asked)
    many = asked.type in (QuestionType.MEERKEUZE, QuestionType.GEMEENTEN)
    ticks = words(asked, without=("geen",) if many else ()) if asked.options else st.nothing()
    return typed | ticks


def row_for(question: Question):
    cells = {column.key: value_for(column) for column in question.columns}
    needed = {key: cells.pop(key) for key in [one.key for one in question.columns if one.verplicht]}
    return st.fixed_dictionaries(needed, optional=cells)


def answers(*keys: str):
    """Dictionaries of accepted answers to any of these questions (all of the form when none is named)."""
    asked = [INTAKE_FORM.question(key) for key in keys] or list(INTAKE_FORM.questions)
    random = st.fixed_dictionaries({}, optional={question.key: value_for(question) for question in asked})
    return random.map(accepted)


def accepted(given: dict) -> dict:
    right, _ = INTAKE_FORM._schema.split({"melding_datum": "2026-11-23"} | given)
    return right


_TYPED = {
    QuestionType.KEUZE: words,
    QuestionType.JA_NEE: words,
    QuestionType.MEERKEUZE: lambda asked: st.lists(
        words(asked, without=("geen", "onbekend", "wil_niet_zeggen")), unique=True, max_size=4
    ),
    QuestionType.GEMEENTE: lambda _: CODES,
    QuestionType.GEMEENTEN: lambda _: st.lists(CODES, unique=True, max_size=4),
    QuestionType.DATUM: lambda _: DAYS,
    QuestionType.MAAND: lambda _: MONTHS,
    QuestionType.GETAL: lambda asked: st.integers(*(asked.bereik or (0, 99))),
    QuestionType.TEKST: lambda _: LINES,
    QuestionType.VERHAAL: lambda _: st.lists(LINES, max_size=4).map("\n".join),
    QuestionType.BSN: lambda _: BSNS,
}
