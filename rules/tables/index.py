"""One column as bit masks: value → rows that hold; unknown → rows that hold now, could hold, must hold.

Bit `n` stands for row `n`: of one table, or of all tables side by side (`rules.engine.board`). Built once at load,
never changed after.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import reduce
from operator import and_
from typing import Protocol, TypeAlias

from rules.values.cells import Cell, Test
from rules.values.facts import Fact, FactType, Value
from rules.values.states import OpenList, OpenValue, State

Cells: TypeAlias = Mapping[Cell, int]
"""The different cells of a column, each with the rows in which it stands."""


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

    def __init__(self, cells: Cells) -> None:
        self.unknown_now = _rows(cells, lambda cell: cell.or_unknown)
        self.unknown_could = _rows(cells, lambda _cell: True)
        self.unknown_must = _rows(cells, lambda cell: cell.is_any or (cell.test is Test.KNOWN and cell.or_unknown))


class ChoiceIndex(_Unknown):
    """Words: one mask per word that some cell names, one for every other word."""

    __slots__ = ("masks", "other")

    def __init__(self, fact: Fact, cells: Cells) -> None:
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

    def __init__(self, cells: Cells) -> None:
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
    """Lists: per word the rows that want it, refuse it or want it first, so that a list costs a look-up per word."""

    __slots__ = ("_all", "_any", "_empty", "_filled", "_first", "_known", "_never", "_none")

    def __init__(self, cells: Cells) -> None:
        super().__init__(cells)
        self._known = _rows(cells, lambda cell: cell.is_any or cell.test is Test.KNOWN)
        self._empty = self._known | _rows(cells, lambda cell: cell.test is Test.EMPTY)
        self._filled = self._known | _rows(cells, lambda cell: cell.test is Test.NOT_EMPTY)
        self._never = _rows(cells, lambda cell: cell.test is Test.HAS_NONE)
        self._any, self._none, self._first = (
            _per_word(cells, test) for test in (Test.HAS_ANY, Test.HAS_NONE, Test.FIRST)
        )
        self._all = tuple((frozenset(cell.words), rows) for cell, rows in cells.items() if cell.test is Test.HAS_ALL)

    def mask(self, value: Value) -> int:
        """Rows whose cell holds for this list."""
        assert isinstance(value, tuple)
        rows = self._filled | self._first.get(value[0], 0) if value else self._empty
        rows |= _any(self._any, value) | self._never & ~_any(self._none, value)
        for words, places in self._all:
            if words.issubset(value):
                rows |= places
        return rows

    def open_masks(self, state: OpenList) -> tuple[int, int]:
        """Rows that could hold and rows that must hold for a list that is not certain."""
        surely, perhaps, firsts = state.surely, state.perhaps, state.firsts
        could = (self._known if surely else self._empty) | (self._filled if perhaps else self._known)
        could |= _any(self._any, perhaps) | self._never & ~_any(self._none, surely) | _any(self._first, firsts)
        must = (self._known if perhaps else self._empty) | (self._filled if surely else self._known)
        must |= _any(self._any, surely) | self._never & ~_any(self._none, perhaps)
        must |= reduce(and_, [self._first.get(word, 0) for word in firsts]) if firsts else 0
        for words, places in self._all:
            if words <= perhaps:
                could |= places
            if words <= surely:
                must |= places
        return could, must


def _per_word(cells: Cells, test: Test) -> dict[str | None, int]:
    """Per word the rows of the cells of one kind that name it."""
    found: dict[str | None, int] = {}
    for cell, rows in cells.items():
        for word in cell.words if cell.test is test else ():
            found[word] = found.get(word, 0) | rows
    return found


def _any(rows_of: Mapping[str | None, int], words: Iterable[str | None]) -> int:
    """The rows of any of these words."""
    rows = 0
    for word in words:
        rows |= rows_of.get(word, 0)
    return rows


class OpaqueIndex(_Unknown):
    """Dates and text: only whether it is known."""

    __slots__ = ("_known",)

    def __init__(self, cells: Cells) -> None:
        super().__init__(cells)
        self._known = _holding(cells, "\0")

    def mask(self, value: Value) -> int:  # noqa: ARG002 - every known value is the same here
        """Rows whose cell holds for a known value."""
        return self._known


AnyIndex = ChoiceIndex | NumberIndex | ListIndex | OpaqueIndex


def column_of(cells: Sequence[Cell]) -> Cells:
    """The cells of a column by what they say, the first of them row 0."""
    found: dict[Cell, int] = {}
    for place, cell in enumerate(cells):
        found[cell] = found.get(cell, 0) | 1 << place
    return found


def index_of(fact: Fact, cells: Cells) -> AnyIndex:
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


def _holding(cells: Cells, value: Value) -> int:
    return _rows(cells, lambda cell: cell.holds(value))


def _rows(cells: Cells, holds: Callable[[Cell], bool]) -> int:
    mask = 0
    for cell, rows in cells.items():
        if holds(cell):
            mask |= rows
    return mask
