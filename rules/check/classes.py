"""A table in the abstract: per column the few classes of values that its cells tell apart, unknown included."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

from rules.engine.ruleset import RuleSet
from rules.tables.table import Table
from rules.values.cells import Cell, Test
from rules.values.facts import Fact, FactType, Value

ELSEWHERE = "GM9999"
MOST_GROUPS = 8


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name and per class the rows that hold and one value of that class (None: unknown)."""

    name: str
    classes: tuple[tuple[int, Value | None], ...]
    exact: bool = True
    """Whether the classes are all there are; not so for a list of very many words."""


def columns_of(ruleset: RuleSet, table: Table) -> tuple[Column, ...]:
    """The columns of a table with their classes, those that tell most apart first."""
    columns = []
    for place, fact in enumerate(table.columns):
        cells = [row.cells[place] for row in table.rows]
        values = values_of(ruleset, fact, cells)
        classes: dict[int, Value | None] = {}
        for value in values:
            mask = sum(1 << row for row, cell in enumerate(cells) if cell.holds(value))
            classes.setdefault(mask, value)
        exact = not fact.type.is_list or len(groups_of(cells)) <= MOST_GROUPS
        columns.append(Column(fact.name, tuple(classes.items()), exact))
    return tuple(sorted(columns, key=lambda column: _spread(table, column)))


def _spread(table: Table, column: Column) -> int:
    """How many rows go on together on average: the lower, the sooner a search can stop."""
    return sum(mask.bit_count() for mask, _ in column.classes) * 100 // max(1, len(column.classes) * len(table.rows))


def values_of(ruleset: RuleSet, fact: Fact, cells: list[Cell]) -> list[Value | None]:
    """One value for every way in which the cells of a column can turn out; None is unknown."""
    if fact.name in ruleset.constants:
        return [ruleset.constants[fact.name]]
    words = list(dict.fromkeys([word for cell in cells for word in cell.words]))
    unknown: list[Value | None] = [] if _always_known(ruleset, fact) else [None]
    match fact.type:
        case FactType.GETAL:
            return [*_numbers(fact, cells), *unknown]
        case FactType.LIJST | FactType.GEMEENTEN:
            return [*_lists(fact, cells), *unknown]
        case FactType.GEMEENTE:
            return [*dict.fromkeys([*words, *fact.values, ELSEWHERE]), *unknown]
        case FactType.KEUZE | FactType.JA_NEE:
            return [*fact.values, *unknown]
        case _:
            return ["bekend", *unknown]


def _always_known(ruleset: RuleSet, fact: Fact) -> bool:
    """Whether a column is an outcome that always has a value: a list, or one with a default."""
    outcome = ruleset.outcomes.get(fact.name)
    return outcome is not None and (fact.type.is_list or outcome.default is not None)


def _numbers(fact: Fact, cells: list[Cell]) -> list[Value | None]:
    ends = {end for cell in cells for part in cell.ranges for end in (part.low, part.high) if end is not None}
    numbers = sorted({near for end in ends for near in (end - 1, end, end + 1)} or {fact.low or 0})
    low, high = fact.low, fact.high
    return [n for n in numbers if (low is None or n >= low) and (high is None or n <= high)]


def _lists(fact: Fact, cells: list[Cell]) -> list[Value | None]:
    """Lists of which one holds for every way in which the cells can turn out."""
    named = {word for cell in cells for word in cell.words}
    other = next((word for word in fact.values if word not in named), ELSEWHERE)
    words = [*groups_of(cells), other]
    largest = len(words) if len(words) <= MOST_GROUPS + 1 else 2
    groups = [group for size in range(largest + 1) for group in combinations(words, size)]
    if not any(cell.test is Test.FIRST for cell in cells):
        return list(groups)
    return [(), *((word, *(rest for rest in group if rest != word)) for group in groups for word in group)]


def groups_of(cells: list[Cell]) -> list[str]:
    """One word of each group that all cells treat alike."""
    groups: dict[object, str] = {}
    for word in dict.fromkeys(word for cell in cells for word in cell.words):
        alone = any(cell.test is Test.HAS_ALL and word in cell.words for cell in cells)
        groups.setdefault(word if alone else tuple(word in cell.words for cell in cells), word)
    return list(groups.values())


Assignment = Mapping[str, Value | None]
