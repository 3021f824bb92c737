"""An example case for a row: facts for which it decides, found by setting facts one by one and looking again."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from rules.check.trials import Trials
from rules.engine.evaluate import Evaluation
from rules.engine.ruleset import RuleSet
from rules.engine.standing import as_it_stands
from rules.tables.table import Row, Table, places_in
from rules.values.cells import Cell, Test
from rules.values.facts import Known

MOST_EVALUATIONS = 300
DEEPEST = 24

Facts: TypeAlias = Mapping[str, Known]
Kept: TypeAlias = Callable[[Facts], bool]


@dataclass(frozen=True, slots=True)
class CellGoal:
    """This column should make this cell hold, or fail."""

    column: str
    cell: Cell
    holds: bool = True


@dataclass(frozen=True, slots=True)
class RowGoal:
    """This row should decide."""

    table: Table
    place: int


@dataclass(frozen=True, slots=True)
class NotRowGoal:
    """This row should not hold."""

    table: Table
    place: int


Goal: TypeAlias = CellGoal | RowGoal | NotRowGoal


@dataclass(slots=True)
class Search:
    """Looks for facts that meet goals, with a limit on the evaluations it may spend; `left` is what remains.

    `seen` remembers per row id the facts of the first evaluation in which it decided, whatever was looked for.
    `kept` says whether the form would keep all these facts; a case with others shows nobody anything. Only when none is
    found within the limit is one looked for among all facts.
    """

    ruleset: RuleSet
    trials: Trials
    left: int = MOST_EVALUATIONS
    seen: dict[str, Facts] = field(default_factory=dict)
    kept: Kept | None = None

    def row(self, table: Table, place: int) -> Facts | None:
        """Facts for which a row decides, or None when none were found within the limit."""
        known = self.seen.get(table.rows[place].id)
        return known if known is not None else self.meet((RowGoal(table, place),), {})

    def meet(self, goals: tuple[Goal, ...], facts: Facts) -> Facts | None:
        """Facts, these included, that meet all goals."""
        limit = self.left
        found = self._meet(goals, facts, 0)
        if found is not None or self.kept is None:
            return found
        return replace(self, left=limit, seen={}, kept=None).meet(goals, facts)

    def _meet(self, goals: tuple[Goal, ...], facts: Facts, depth: int) -> Facts | None:
        if depth > DEEPEST or self.left <= 0:
            return None
        self.left -= 1
        if self.kept is not None and not self.kept(facts):
            return None
        evaluation = as_it_stands(self.ruleset, facts, self.trials.on)
        self._remember(evaluation, facts)
        open_goal = next((goal for goal in goals if not _met(goal, evaluation)), None)
        if open_goal is None:
            return facts
        for step in self._steps(open_goal, facts, evaluation):
            found = (
                self._meet(goals, {**facts, **step}, depth + 1)
                if isinstance(step, dict)
                else self._meet((*step, *goals), facts, depth + 1)
                if step[0] not in goals
                else None
            )
            if found is not None or self.left <= 0:
                return found
        return None

    def _remember(self, evaluation: Evaluation, facts: Facts) -> None:
        for hit in evaluation.hits:
            for place in places_in(hit.masks.now):
                self.seen.setdefault(hit.table.rows[place].id, facts)

    def _steps(self, goal: Goal, facts: Facts, evaluation: Evaluation) -> Iterator[dict[str, Known] | tuple[Goal, ...]]:
        """Ways to come nearer to a goal: facts to add, or goals to meet first."""
        if isinstance(goal, RowGoal):
            yield from _row_steps(goal, evaluation)
        elif isinstance(goal, NotRowGoal):
            row = goal.table.rows[goal.place]
            for fact, cell in zip(goal.table.columns, row.cells, strict=True):
                if not cell.is_any:
                    yield (CellGoal(fact.name, cell, holds=False),)
        elif self.trials.needs(goal.column):
            yield from self.trials.making(goal.column, facts, goal.cell, holds=goal.holds)
        else:
            yield from self._outcome_steps(goal, evaluation)

    def _outcome_steps(self, goal: CellGoal, evaluation: Evaluation) -> Iterator[tuple[Goal, ...]]:
        """Rows to make decide, or to keep from deciding, so that an outcome meets a cell."""
        for hit in evaluation.hits:
            if goal.column not in hit.table.same_results:
                continue
            for place in places_in(hit.masks.now):
                if goal.column in hit.table.rows[place].results:
                    yield (NotRowGoal(hit.table, place),)
            for place, row in enumerate(hit.table.rows):
                if _gives(row, goal):
                    yield (RowGoal(hit.table, place),)


def _row_steps(goal: RowGoal, evaluation: Evaluation) -> Iterator[tuple[Goal, ...]]:
    row = goal.table.rows[goal.place]
    failing = [
        CellGoal(fact.name, cell)
        for fact, cell in zip(goal.table.columns, row.cells, strict=True)
        if not cell.holds(evaluation.values.get(fact.name))
    ]
    if failing:
        yield tuple(failing)
        return
    hit = next(hit for hit in evaluation.hits if hit.table is goal.table)
    for place in places_in(hit.masks.now):
        yield (NotRowGoal(goal.table, place),)


def _met(goal: Goal, evaluation: Evaluation) -> bool:
    if isinstance(goal, CellGoal):
        return goal.cell.holds(evaluation.values.get(goal.column)) is goal.holds
    hit = next(hit for hit in evaluation.hits if hit.table is goal.table)
    decides = bool(hit.masks.now >> goal.place & 1)
    return decides if isinstance(goal, RowGoal) else not decides


def _gives(row: Row, goal: CellGoal) -> bool:
    """Whether a row gives a value with which the outcome could meet the cell."""
    result = row.results.get(goal.column)
    if result is None:
        return False
    said = tuple(word for word in result if isinstance(word, str))
    if goal.cell.test in (Test.HAS_ALL, Test.HAS_ANY, Test.FIRST):
        return any(word in goal.cell.words for word in said) is goal.holds
    if goal.cell.test in (Test.HAS_NONE, Test.EMPTY, Test.NOT_EMPTY):
        return goal.cell.holds(said) is goal.holds
    return any(not isinstance(word, str | int) or goal.cell.holds(word) is goal.holds for word in result)
