"""What must hold between questions: no key twice, no condition on what is not there, no circle of conditions."""

from collections.abc import Iterable, Iterator, Mapping

from forms.definition.part import meant
from forms.definition.sections import Placed
from forms.definition.source import Finding
from forms.values import places
from forms.values.condition import NUMERIC, Comparison, Operator
from forms.values.question import LIST_TYPES, Question, QuestionType

DERIVED_NUMBERS = ("leeftijd",)


def check_relations(placed: Iterable[Placed]) -> Iterator[Finding]:
    """Every fault between questions, each at the question that has it."""
    first: dict[str, Placed] = {}
    for item in placed:
        earlier = first.setdefault(item.question.key, item)
        if earlier is not item:
            place = f"{earlier.node.file}, regel {earlier.node.line}"
            yield item.node.wrong(f"vraag “{item.question.key}” staat er twee keer; de eerste staat in {place}")
    known = {key: item.question for key, item in first.items()}
    for item in first.values():
        yield from (item.node.wrong(fault) for fault in _faults_of(item.question, known))


def _faults_of(question: Question, known: Mapping[str, Question]) -> Iterator[str]:
    if question.feit and question.vervolg:
        yield f"“{question.key}” is een feit en kan geen vervolg zijn: wat kan meetellen, blijft in beeld"
    if question.when is None:
        return
    for comparison in question.when.comparisons():
        yield from _faults_of_comparison(question, comparison, known)
    if question.key in _needs(question.key, known):
        yield f"de voorwaarden van “{question.key}” lopen in een kring"


def _faults_of_comparison(question: Question, comparison: Comparison, known: Mapping[str, Question]) -> Iterator[str]:
    about = known.get(comparison.fact)
    if comparison.fact in DERIVED_NUMBERS:
        if comparison.operator not in NUMERIC:
            yield f"“{comparison.fact}” is een getal: vergelijk het met <, <=, > of >="
    elif about is None:
        hint = meant(comparison.fact, (*known, *DERIVED_NUMBERS))
        yield f"de voorwaarde van “{question.key}” noemt “{comparison.fact}”, en die vraag is er niet.{hint}"
    else:
        if question.feit and not about.feit:
            yield f"“{question.key}” is een feit en mag alleen van feiten afhangen; “{about.key}” is dat niet"
        yield from _unfit(about, comparison)


def _unfit(about: Question, comparison: Comparison) -> Iterator[str]:
    operator, kind = comparison.operator, about.type
    if operator in NUMERIC and kind is not QuestionType.GETAL:
        yield f"“{about.key}” is geen getal en is niet te vergelijken met “{operator.value}”"
    elif operator is Operator.BEVAT and kind not in LIST_TYPES:
        yield f"“{about.key}” is geen lijst; “bevat” kan alleen bij een lijst"
    elif operator in (Operator.IS, Operator.IS_NIET) and kind in (LIST_TYPES | {QuestionType.RIJEN, QuestionType.ZRM}):
        yield f"“{about.key}” is een lijst; gebruik “bevat”, “leeg” of “niet leeg”"
    else:
        for value in comparison.values:
            if not _possible(about, value):
                yield f"“{value}” is geen antwoord op “{about.key}”.{meant(value, _values(about))}"


def _possible(about: Question, value: str) -> bool:
    if about.type is QuestionType.GETAL:
        return value.isdecimal()
    if about.type in (QuestionType.GEMEENTE, QuestionType.GEMEENTEN) and places.is_code(value):
        return True
    return value != "onbekend" and value in _values(about)


def _values(about: Question) -> tuple[str, ...]:
    return tuple(option.value for option in about.options)


def _needs(key: str, known: Mapping[str, Question]) -> frozenset[str]:
    """Every question on which the condition of `key` leans, directly or through others."""
    needed: set[str] = set()
    waiting = [key]
    while waiting:
        question = known.get(waiting.pop())
        for comparison in question.when.comparisons() if question and question.when else ():
            if comparison.fact not in needed:
                needed.add(comparison.fact)
                waiting.append(comparison.fact)
    return frozenset(needed)
