"""What the report of the investigation still lacks: a list to work off, which never blocks advice or shelter."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from forms.values.question import Question, QuestionType

_SCORES = "zelfredzaamheid"
_REASONS = "zelfredzaamheid_redenen"


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is missing: the question to go to, and a Dutch sentence."""

    key: str
    text: str


def gaps_in(questions: Iterable[Question], answers: Mapping[str, object], asked: frozenset[str]) -> tuple[Gap, ...]:
    """The gaps, in the order of the form.

    Every subject of Wmo 2015 art. 2.3.2 lid 4 needs a text, and every scored domain of the ZRM a reason: a domain
    without one is registered without necessity (AVG art. 5 lid 1 c).
    """
    return tuple(gap for question in questions if question.key in asked for gap in _gaps_of(question, answers))


def _gaps_of(question: Question, answers: Mapping[str, object]) -> Iterator[Gap]:
    if question.verslag and question.key not in answers:
        yield Gap(question.key, f"Onderwerp {question.letter} van het onderzoek heeft nog geen tekst.")
    if question.key == _SCORES and question.type is QuestionType.ZRM:
        scores = answers.get(_SCORES)
        reasons = {row.get("domein") for row in _rows(answers.get(_REASONS))}
        labels = {column.key: column.label for column in question.columns}
        for domain in scores if isinstance(scores, Mapping) else ():
            if domain not in reasons:
                yield Gap(_REASONS, f"Bij “{labels.get(domain, domain)}” staat een score, maar nog geen reden.")


def _rows(value: object) -> list[Mapping[str, object]]:
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, list) else []
