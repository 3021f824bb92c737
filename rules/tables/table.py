"""A decision table: columns that ask, rows that answer, and what to do when more than one row holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from rules.tables.grammar import Reference, Result
from rules.tables.index import AnyIndex, column_of, index_of
from rules.values.cells import Cell
from rules.values.facts import Fact


class HitPolicy(StrEnum):
    """Which of the rows that hold decide."""

    EERSTE = "eerste"
    UNIEK = "uniek"
    ELKE = "elke"
    VERZAMEL = "verzamel"
    VOORRANG = "voorrang"

    @property
    def collects(self) -> bool:
        """Whether every row that holds counts."""
        return self in (HitPolicy.VERZAMEL, HitPolicy.VOORRANG)


@dataclass(frozen=True, slots=True)
class Row:
    """One rule: `cells` in the order of the table's columns, `results` per outcome that it speaks about."""

    id: str
    line: int
    cells: tuple[Cell, ...]
    results: Mapping[str, Result]
    because: str
    ground: str
    note: str = ""

    @property
    def provisional(self) -> bool:
        """Whether the row decides because something is not known."""
        return any(cell.asks_not_knowing for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Grid:
    """What stands in a table: the columns that ask, the outcomes that are given, and the rows below them."""

    columns: Sequence[Fact]
    outcomes: Sequence[Fact]
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Table:
    """A table ready to evaluate."""

    name: str
    title: str
    policy: HitPolicy
    columns: tuple[Fact, ...]
    outcomes: tuple[Fact, ...]
    rows: tuple[Row, ...]
    indexes: tuple[tuple[str, AnyIndex], ...]
    asks: tuple[tuple[str, ...], ...]
    """Per row the names of the columns that its cells really ask about."""
    same_results: Mapping[str, Mapping[Result | None, int]]
    """Per outcome: each result with the mask of rows that give it; None for rows silent about it."""
    words: Mapping[str, tuple[tuple[str, ...], ...]]
    """Per outcome and row the words that the row gives; empty for a row silent about it."""
    word_rows: Mapping[str, tuple[tuple[str, int], ...]]
    """Per outcome each word with the rows that give it."""
    ranked: Mapping[str, tuple[tuple[int, int, str | int], ...]]
    """Per outcome of one value: rank, rows and value, the heaviest first; none when ranks do not tell values apart."""
    provisional: int
    """The rows that decide because something is not known."""
    collects: bool
    """Whether every row that holds counts."""
    references: Mapping[str, tuple[tuple[int, str], ...]]
    """Per outcome the names whose value some rows give, with those rows."""
    results: Mapping[str, tuple[Result | None, ...]]
    """Per outcome and row what the row gives."""

    @property
    def all_rows(self) -> int:
        """The mask with every row."""
        return (1 << len(self.rows)) - 1


def build_table(name: str, title: str, policy: HitPolicy, grid: Grid) -> Table:
    """A table with its masks worked out."""
    columns, outcomes, rows = grid.columns, grid.outcomes, grid.rows
    by_column = [[row.cells[place] for row in rows] for place in range(len(columns))]
    indexes = tuple(
        (fact.name, index_of(fact, column_of(cells))) for fact, cells in zip(columns, by_column, strict=True)
    )
    asks = tuple(
        tuple(fact.name for fact, cell in zip(columns, row.cells, strict=True) if not cell.is_any) for row in rows
    )
    return Table(
        name=name,
        title=title,
        policy=policy,
        columns=tuple(columns),
        outcomes=tuple(outcomes),
        rows=tuple(rows),
        indexes=indexes,
        asks=asks,
        words={outcome.name: tuple(_words(row, outcome.name) for row in rows) for outcome in outcomes},
        word_rows={outcome.name: _word_rows(outcome.name, rows) for outcome in outcomes},
        ranked={outcome.name: _ranked(outcome, rows) for outcome in outcomes},
        collects=policy.collects,
        references={outcome.name: _references(outcome.name, rows) for outcome in outcomes},
        results={outcome.name: tuple(row.results.get(outcome.name) for row in rows) for outcome in outcomes},
        provisional=sum(1 << place for place, row in enumerate(rows) if row.provisional),
        same_results={outcome.name: _same_results(outcome.name, rows) for outcome in outcomes},
    )


def _words(row: Row, outcome: str) -> tuple[str, ...]:
    return tuple(word for word in row.results.get(outcome, ()) if isinstance(word, str))


def _word_rows(outcome: str, rows: Sequence[Row]) -> tuple[tuple[str, int], ...]:
    found: dict[str, int] = {}
    for place, row in enumerate(rows):
        for word in _words(row, outcome):
            found[word] = found.get(word, 0) | 1 << place
    return tuple(found.items())


def _ranked(fact: Fact, rows: Sequence[Row]) -> tuple[tuple[int, int, str | int], ...]:
    found: dict[str | int, int] = {}
    for place, row in enumerate(rows):
        for said in row.results.get(fact.name, ()):
            if fact.type.is_list or isinstance(said, Reference) or said not in fact.values:
                return ()
            found[said] = found.get(said, 0) | 1 << place
    return tuple(sorted((fact.values.index(str(said)), rows, said) for said, rows in found.items()))


def _references(outcome: str, rows: Sequence[Row]) -> tuple[tuple[int, str], ...]:
    return tuple(
        (1 << place, said.name)
        for place, row in enumerate(rows)
        for said in row.results.get(outcome, ())
        if isinstance(said, Reference)
    )


def _same_results(outcome: str, rows: Sequence[Row]) -> dict[Result | None, int]:
    found: dict[Result | None, int] = {}
    for place, row in enumerate(rows):
        result = row.results.get(outcome)
        found[result] = found.get(result, 0) | 1 << place
    return found


@lru_cache(maxsize=8_192)
def places_in(mask: int) -> tuple[int, ...]:
    """The row numbers in a mask, lowest first."""
    found = []
    while mask:
        lowest = mask & -mask
        found.append(lowest.bit_length() - 1)
        mask ^= lowest
    return tuple(found)
