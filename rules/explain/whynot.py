"""Why not: for each provision that the advice does not name, what stood in the way and the smallest change."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations, product

from rules.check.trials import Trials
from rules.engine.evaluate import Evaluation
from rules.engine.ruleset import RuleSet
from rules.engine.standing import as_it_stands
from rules.tables.table import Row, Table
from rules.values.facts import Fact, FactValue, Known, Value, read_facts
from rules.values.wording import say_value, say_word

MOST_EVALUATIONS = 250
MOST_FACTS = 2
PROVISIONS = "voorzieningen"


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A cell that did not hold: the column in words, what it asks and what the answer is."""

    column: str
    label: str
    asks: str
    value: str


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Why a value is not in the advice. `row` came nearest; `change` gives facts that would bring the value in.

    No obstacles: the row itself holds and an earlier row went before it. An empty change: none was found in the limit.
    """

    outcome: str
    value: str
    table: str
    row: str
    obstacles: tuple[Obstacle, ...]
    change: Mapping[str, Known]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A value of an outcome that somebody misses in the advice."""

    outcome: str
    value: str

    def given_by(self, evaluation: Evaluation) -> bool:
        """Whether the outcome is this value, or has it among others."""
        now = evaluation.values.get(self.outcome)
        return self.value in now if isinstance(now, tuple) else self.value == now


def why_not(
    ruleset: RuleSet, facts: Mapping[str, FactValue], on: date, *, outcome: str = PROVISIONS
) -> tuple[WhyNot, ...]:
    """One answer per value of an outcome that the advice on these facts does not give."""
    answers = read_facts(facts, ruleset.facts)
    evaluation = as_it_stands(ruleset, facts, on)
    trials = Trials(ruleset, on)
    fact = ruleset.outcomes[outcome].fact
    found = []
    for value in fact.values:
        wanted = _Wanted(outcome, value)
        nearest = _nearest(ruleset, evaluation, wanted)
        if wanted.given_by(evaluation) or nearest is None:
            continue
        table, row = nearest
        obstacles = tuple(_obstacles(table, row, evaluation))
        change = _smallest_change(trials, answers, obstacles, wanted)
        found.append(WhyNot(outcome, value, table.name, row.id, obstacles, change))
    return tuple(found)


def say_why_not(ruleset: RuleSet, answer: WhyNot) -> str:
    """The answer in one or two Dutch sentences."""
    names = ruleset.names()
    subject = say_word(names[answer.outcome], answer.value)
    if answer.obstacles:
        reasons = "; ".join(f"{item.label} is {item.value}, nodig is {item.asks}" for item in answer.obstacles)
        said = f"Niet {subject}: {reasons}."
    else:
        said = f"Niet {subject}: een andere regel ging voor."
    if not answer.change:
        return said
    change = " en ".join(
        f"{names[name].label} {say_value(names[name], value)} zou zijn" for name, value in answer.change.items()
    )
    return f"{said} Dit zou wel passen als {change}."


def _nearest(ruleset: RuleSet, evaluation: Evaluation, wanted: _Wanted) -> tuple[Table, Row] | None:
    """The row that gives the value with the fewest cells in the way."""
    rows = [
        (len(list(_obstacles(table, row, evaluation))), table, row)
        for table in ruleset.tables
        for row in table.rows
        if wanted.value in row.results.get(wanted.outcome, ())
    ]
    return min(rows, key=lambda item: item[0])[1:] if rows else None


def _obstacles(table: Table, row: Row, evaluation: Evaluation) -> Iterator[Obstacle]:
    for fact, cell in zip(table.columns, row.cells, strict=True):
        value = evaluation.values.get(fact.name)
        if not cell.holds(value):
            yield Obstacle(fact.name, fact.label, cell.text, _shown(fact, value))


def _shown(fact: Fact, value: Value | None) -> str:
    return "onbekend" if value is None else say_value(fact, value)


def _smallest_change(
    trials: Trials, answers: Mapping[str, Known], obstacles: tuple[Obstacle, ...], wanted: _Wanted
) -> Mapping[str, Known]:
    """The fewest facts to change, tried nearest to the obstacles first."""
    near = [base for item in obstacles for base in trials.needs(item.column)]
    near += [name for name in answers if name in trials.values]
    names = list(dict.fromkeys([*near, *_asked(trials, obstacles)]))
    left = MOST_EVALUATIONS
    for size in range(1, MOST_FACTS + 1):
        for chosen in combinations(names, size):
            for values in product(*(trials.values[name] for name in chosen)):
                change = {name: value for name, value in zip(chosen, values, strict=True) if value is not None}
                if len(change) < size or all(answers.get(name) == value for name, value in change.items()):
                    continue
                left -= 1
                if left < 0:
                    return {}
                if wanted.given_by(as_it_stands(trials.ruleset, {**answers, **change}, trials.on)):
                    return change
    return {}


def _asked(trials: Trials, obstacles: tuple[Obstacle, ...]) -> list[str]:
    """The facts asked by the tables that give the outcomes in the way."""
    outcomes = {item.column for item in obstacles}
    return [
        base
        for table in trials.ruleset.tables
        if outcomes & table.same_results.keys()
        for fact in table.columns
        for base in trials.needs(fact.name)
    ]
