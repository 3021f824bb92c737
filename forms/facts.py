"""From answers to facts: only what the rules may read, only what is known, with what follows from rows."""

from collections.abc import Iterable, Mapping

from forms.relevance import known_answer
from forms.rows import derived_from_rows
from forms.values.condition import Mark
from forms.values.question import Question, QuestionType

FactValue = str | int | tuple[str, ...] | Mapping[str, int]


def with_derived(answers: Mapping[str, object]) -> dict[str, object]:
    """`answers`, and the facts that follow from their rows."""
    return dict(answers) | derived_from_rows(answers)


def facts_from(
    questions: Iterable[Question], answers: Mapping[str, object], asked: frozenset[str]
) -> dict[str, FactValue]:
    """The known facts among `asked`, in the order of the form; unknown ones are absent (contract, Facts)."""
    complete = with_derived(answers)
    facts: dict[str, FactValue] = {}
    for question in questions:
        if question.feit and question.key in asked and question.key in complete:
            value = complete[question.key]
            if question.type is QuestionType.ZRM and isinstance(value, Mapping):
                facts[question.key] = {str(domain): int(score) for domain, score in value.items()}
            elif not isinstance(known := known_answer(value), Mark):
                facts[question.key] = known
    return facts
