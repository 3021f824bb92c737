"""Which outcomes surely stay the same from one rule set to another, whoever the client is: proved, not sampled.

A table stays the same when it reads nothing that changed and no combination of answers makes it say something else. An
outcome stays the same when every table that gives it does. What cannot be proved counts as changed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rules.check.classes import MOST_GROUPS, groups_of, values_of
from rules.check.cover import MOST_STEPS, TooManySteps
from rules.engine.ruleset import RuleSet
from rules.tables.table import Row, Table, places_in
from rules.values.cells import Cell
from rules.values.facts import Fact, Value

Meaning = tuple[object, ...]


def unchanged_outcomes(old: RuleSet, new: RuleSet) -> frozenset[str]:
    """The public outcomes that come out the same under both sets for every case."""
    changed = _changed_names(old, new)
    before, after = [table.name for table in old.tables], [table.name for table in new.tables]
    for name in after if before == after else (*before, *after):
        if before != after or _table_changed(old, new, name, changed):
            changed |= {fact.name for item in (old, new) for fact in _given(item, name)}
    public = {name for name, outcome in new.outcomes.items() if not outcome.own and name in old.outcomes}
    return frozenset(public - changed)


def _given(ruleset: RuleSet, name: str) -> tuple[Fact, ...]:
    return next((table.outcomes for table in ruleset.tables if table.name == name), ())


def _changed_names(old: RuleSet, new: RuleSet) -> set[str]:
    """The facts, choices, derived facts and outcomes that are not defined the same."""
    changed: set[str] = set()
    for one, other in ((old.facts, new.facts), (old.constants, new.constants), (old.outcomes, new.outcomes)):
        assert isinstance(one, Mapping)
        changed |= {name for name in one.keys() | other.keys() if _defined(one.get(name)) != _defined(other.get(name))}
    before = {item.fact.name: item for item in old.derived}
    after = {item.fact.name: item for item in new.derived}
    for name in (*before, *after):
        first, second = before.get(name), after.get(name)
        same = (
            first is not None
            and second is not None
            and (first.function, dict(first.arguments), first.fact)
            == (second.function, dict(second.arguments), second.fact)
        )
        if not same or old.region != new.region or not changed.isdisjoint(first.needs if first else ()):
            changed.add(name)
    return changed


def _defined(item: object) -> object:
    """What makes a fact what it is: not the words in which it is told."""
    return (item.type, item.values, item.low, item.high) if isinstance(item, Fact) else item


def _table_changed(old: RuleSet, new: RuleSet, name: str, changed: set[str]) -> bool:
    one, other = old.table(name), new.table(name)
    names = {fact.name for fact in (*one.columns, *other.columns, *one.outcomes, *other.outcomes)}
    names |= {lent for table in (one, other) for pairs in table.references.values() for _, lent in pairs}
    if one.policy is not other.policy or not changed.isdisjoint(names):
        return True
    if [_meaning(one, row) for row in one.rows] == [_meaning(other, row) for row in other.rows]:
        return False
    try:
        return _Pair(*_sides(one, other), tuple(_columns(new, one, other))).differs()
    except TooManySteps:
        return True


def _columns(ruleset: RuleSet, one: Table, other: Table) -> Iterator[tuple[tuple[int, int], ...]]:
    """Per column the classes of values, each as the rows of both tables that hold.

    Raises:
        TooManySteps: a column of very many words has more classes than can be listed.
    """
    for fact in {fact.name: fact for fact in (*one.columns, *other.columns)}.values():
        ones, others = _cells(one, fact.name), _cells(other, fact.name)
        cells = [*ones.values(), *others.values()]
        if fact.type.is_list and len(groups_of(cells)) > MOST_GROUPS:
            raise TooManySteps
        classes = [
            (_holding(one, ones, value), _holding(other, others, value)) for value in values_of(ruleset, fact, cells)
        ]
        yield tuple(dict.fromkeys(classes))


def _cells(table: Table, name: str) -> dict[int, Cell]:
    column = next((place for place, fact in enumerate(table.columns) if fact.name == name), None)
    return {} if column is None else {place: row.cells[column] for place, row in enumerate(table.rows)}


def _holding(table: Table, cells: Mapping[int, Cell], value: Value | None) -> int:
    """The rows whose cell holds; all of them when the table does not ask."""
    if not cells:
        return table.all_rows
    return sum(1 << place for place, cell in cells.items() if cell.holds(value))


def _meaning(table: Table, row: Row) -> Meaning:
    """What a row asks and says, whatever it is called and however it is explained."""
    asked = sorted(
        (fact.name, cell.test, cell.words, cell.ranges, cell.or_unknown)
        for fact, cell in zip(table.columns, row.cells, strict=True)
        if not cell.is_any
    )
    return tuple(asked), _said(row)


def _said(row: Row) -> Meaning:
    return tuple(sorted(row.results.items(), key=lambda item: item[0]))


@dataclass(frozen=True, slots=True)
class _Side:
    """One version of a table; `numbers`: per row one that is the same for rows of both versions that mean the same."""

    table: Table
    numbers: list[int]

    def told(self, rows: int) -> list[int]:
        """What rows ask and say, in order."""
        return [self.numbers[row] for row in places_in(rows)]

    def spoken(self, rows: int) -> list[Meaning]:
        """What the table says when these rows hold."""
        deciding = places_in(rows if self.table.collects else rows & -rows)
        return [said for place in deciding if (said := _said(self.table.rows[place]))]


def _sides(one: Table, other: Table) -> tuple[_Side, _Side]:
    meanings: dict[Meaning, int] = {}
    first, second = (
        _Side(table, [meanings.setdefault(_meaning(table, row), len(meanings)) for row in table.rows])
        for table in (one, other)
    )
    return first, second


@dataclass(slots=True)
class _Pair:
    """Two versions of a table, searched for a combination of answers for which they say something else."""

    one: _Side
    other: _Side
    columns: tuple[tuple[tuple[int, int], ...], ...]
    left: int = MOST_STEPS

    def differs(self) -> bool:
        """Whether there is such a combination.

        Raises:
            TooManySteps: the search was not done.
        """
        return self._search(0, self.one.table.all_rows, self.other.table.all_rows)

    def _search(self, place: int, one: int, other: int) -> bool:
        self.left -= 1
        if self.left < 0:
            raise TooManySteps
        if self.one.told(one) == self.other.told(other):
            return False
        if place == len(self.columns):
            return self.one.spoken(one) != self.other.spoken(other)
        pairs = dict.fromkeys((one & first, other & second) for first, second in self.columns[place])
        return any(self._search(place + 1, *pair) for pair in pairs)
