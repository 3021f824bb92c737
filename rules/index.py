"""One column as bit masks: value → rows that hold; unknown → rows that hold now, could hold, must hold.

Bit `n` stands for row `n` of the table. Built once at load, never changed after.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import Protocol

from rules.cells import Cell, Test
from rules.facts import Fact, FactType, Value
from rules.states import OpenList, OpenValue, State


class Index(Protocol):
    """What every column index answers."""

    unknown_now: int
    unknown_could: int
    unknown_must: int

    def mask(self, value: Value) -> int:
        """Rows whose cell holds for a known value."""
        ...


class _Unknown:
    """The part all columns share: what not knowing means."""

    __slots__ = ("unknown_could", "unknown_must", "unknown_now")

    def __init__(self, cells: Sequence[Cell]) -> None:
        self.unknown_now = _rows(cells, lambda cell: cell.or_unknown)
        self.unknown_could = (1 << len(cells)) - 1
        self.unknown_must = _rows(cells, lambda cell: cell.is_any or (cell.test is Test.KNOWN and cell.or_unknown))


class ChoiceIndex(_Unknown):
    """Words: one mask per word that some cell names, one for every other word."""

    __slots__ = ("masks", "other")

    def __init__(self, fact: Fact, cells: Sequence[Cell]) -> None:
        super().__init__(cells)
        words = {word for cell in cells for word in cell.words} | set(fact.values)
        self.other = _holding(cells, "\0")
        self.masks: dict[Value, int] = {word: _holding(cells, word) for word in sorted(words)}

    def mask(self, value: Value) -> int:
        """Rows whose cell holds for this word."""
        return self.masks.get(value, self.other)


class NumberIndex(_Unknown):
    """Numbers: the line cut at every border, one mask per border and per gap between."""

    __slots__ = ("_borders", "_masks")

    def __init__(self, cells: Sequence[Cell]) -> None:
        super().__init__(cells)
        ends = {end for cell in cells for part in cell.ranges for end in (part.low, part.high) if end is not None}
        self._borders = sorted(ends)
        self._masks: list[int] = []
        for number in [n for border in self._borders for n in (border - 1, border)]:
            self._masks.append(_holding(cells, number))
        beyond = self._borders[-1] + 1 if self._borders else 0
        self._masks.append(_holding(cells, beyond))

    def mask(self, value: Value) -> int:
        """Rows whose cell holds for this number."""
        assert isinstance(value, int)
        place = bisect_left(self._borders, value)
        on_border = place < len(self._borders) and self._borders[place] == value
        return self._masks[2 * place + on_border]


class ListIndex(_Unknown):
    """Lists: each different cell with its rows, tested on the value at hand."""

    __slots__ = ("_always", "_tests")

    def __init__(self, cells: Sequence[Cell]) -> None:
        super().__init__(cells)
        tests: dict[Cell, int] = {}
        for place, cell in enumerate(cells):
            tests[cell] = tests.get(cell, 0) | 1 << place
        self._always = sum(rows for cell, rows in tests.items() if cell.is_any)
        self._tests = tuple((cell, rows) for cell, rows in tests.items() if not cell.is_any)

    def mask(self, value: Value) -> int:
        """Rows whose cell holds for this list."""
        rows = self._always
        for cell, places in self._tests:
            if cell.holds(value):
                rows |= places
        return rows

    def open_masks(self, state: OpenList) -> tuple[int, int]:
        """Rows that could hold and rows that must hold for a list that is not certain."""
        could = must = self._always
        for cell, places in self._tests:
            if _could_hold(cell, state):
                could |= places
            if _must_hold(cell, state):
                must |= places
        return could, must


class OpaqueIndex(_Unknown):
    """Dates and text: only whether it is known."""

    __slots__ = ("_known",)

    def __init__(self, cells: Sequence[Cell]) -> None:
        super().__init__(cells)
        self._known = _holding(cells, "\0")

    def mask(self, value: Value) -> int:  # noqa: ARG002 - every known value is the same here
        """Rows whose cell holds for a known value."""
        return self._known


AnyIndex = ChoiceIndex | NumberIndex | ListIndex | OpaqueIndex


def index_of(fact: Fact, cells: Sequence[Cell]) -> AnyIndex:
    """The index that fits the type of the fact."""
    if fact.type.is_list:
        return ListIndex(cells)
    if fact.type.is_opaque:
        return OpaqueIndex(cells)
    return NumberIndex(cells) if fact.type is FactType.GETAL else ChoiceIndex(fact, cells)


def masks_of(index: AnyIndex, state: State | None) -> tuple[int, int, int]:
    """Rows that hold now, could hold and must hold; now is within could, must within now or only open."""
    if state is None:
        return index.unknown_now, index.unknown_could, index.unknown_must
    if isinstance(state, OpenValue):
        now = index.unknown_now if state.now is None else index.mask(state.now)
        if state.possible is None:
            return now, index.unknown_could, index.unknown_must
        could, must = 0, -1
        for value in state.possible:
            mask = index.unknown_now if value is None else index.mask(value)
            could |= mask
            must &= mask
        return now, could, must
    if isinstance(state, OpenList):
        assert isinstance(index, ListIndex)
        return index.mask(state.now), *index.open_masks(state)
    mask = index.mask(state)
    return mask, mask, mask


def _holding(cells: Sequence[Cell], value: Value) -> int:
    return _rows(cells, lambda cell: cell.holds(value))


def _rows(cells: Sequence[Cell], holds: Callable[[Cell], bool]) -> int:
    mask = 0
    for place, cell in enumerate(cells):
        if holds(cell):
            mask |= 1 << place
    return mask


def _could_hold(cell: Cell, state: OpenList) -> bool:  # noqa: PLR0911 - one line per kind of test
    match cell.test:
        case Test.HAS_ANY:
            return not state.perhaps.isdisjoint(cell.words)
        case Test.HAS_ALL:
            return state.perhaps.issuperset(cell.words)
        case Test.HAS_NONE:
            return state.surely.isdisjoint(cell.words)
        case Test.EMPTY:
            return not state.surely
        case Test.NOT_EMPTY:
            return bool(state.perhaps)
        case Test.FIRST:
            return not state.firsts.isdisjoint(cell.words)
        case _:
            return cell.test is Test.KNOWN


def _must_hold(cell: Cell, state: OpenList) -> bool:  # noqa: PLR0911 - one line per kind of test
    match cell.test:
        case Test.HAS_ANY:
            return not state.surely.isdisjoint(cell.words)
        case Test.HAS_ALL:
            return state.surely.issuperset(cell.words)
        case Test.HAS_NONE:
            return state.perhaps.isdisjoint(cell.words)
        case Test.EMPTY:
            return not state.perhaps
        case Test.NOT_EMPTY:
            return bool(state.surely)
        case Test.FIRST:
            return state.firsts <= set(cell.words)
        case _:
            return cell.test is Test.KNOWN
