"""Which questions are asked, given the answers. What is unknown never hides a question that the rules may need."""

from collections.abc import Iterable, Mapping
from datetime import date
from graphlib import TopologicalSorter

from forms.values.condition import Answer, Mark
from forms.values.dates import age_on, iso_date
from forms.values.question import ONBEKEND, WIL_NIET_ZEGGEN, Question

_UNKNOWN_WORDS = frozenset({ONBEKEND, WIL_NIET_ZEGGEN})


class Relevance:
    """Decides which questions are asked; made once per form.

    A question about a fact is dropped only when what is *known* excludes it: with fewer answers known, never fewer
    questions are asked (waarborg 5). A follow-up (`vervolg`) waits for its condition, but once answered it stays
    while that is unknown.
    """

    def __init__(self, questions: Iterable[Question]) -> None:
        by_key = {question.key: question for question in questions}
        needs = {
            key: {one.fact for one in question.when.comparisons() if one.fact in by_key} if question.when else set()
            for key, question in by_key.items()
        }
        self._in_order = tuple(by_key[key] for key in TopologicalSorter(needs).static_order())

    def asked(self, answers: Mapping[str, object]) -> frozenset[str]:
        """The keys of the questions that are asked."""
        asked: set[str] = set()
        conditional: set[str] = {question.key for question in self._in_order}

        def look_up(key: str) -> Answer:
            if key == "leeftijd":
                return age_at_melding(answers)
            if key in conditional and key not in asked:
                return Mark.NOT_ASKED
            return known_answer(answers.get(key))

        for question in self._in_order:
            holds = question.when.holds(look_up) if question.when else True
            waits = question.vervolg and question.key not in answers
            if holds or (holds is None and not waits):
                asked.add(question.key)
        return frozenset(asked)


def known_answer(value: object) -> Answer:
    """The value as conditions compare it; absent, "onbekend" and "wil niet zeggen" are all unknown."""
    if isinstance(value, list | tuple):
        known = tuple(item for item in value if isinstance(item, str) and item not in _UNKNOWN_WORDS)
        return known if known or not value else Mark.UNKNOWN
    if isinstance(value, str | int) and value not in _UNKNOWN_WORDS:
        return value
    return Mark.UNKNOWN


def age_at_melding(answers: Mapping[str, object]) -> Answer:
    """Whole years of age on the day of the melding; unknown when either date is."""
    born, melding = (day_of(answers.get(key)) for key in ("geboortedatum", "melding_datum"))
    if born is None or melding is None or born > melding:
        return Mark.UNKNOWN
    return age_on(born, melding)


def day_of(value: object) -> date | None:
    """The date in an answer, or None."""
    return iso_date(value) if isinstance(value, str) else None
