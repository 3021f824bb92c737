"""A decision table: columns that ask, rows that answer, and what to do when more than one row holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TypeAlias

from rules.cells import Cell
from rules.facts import Fact, Value
from rules.grammar import Reference, Result
from rules.index import AnyIndex, ChoiceIndex, index_of


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


Lookup: TypeAlias = tuple[str, AnyIndex, Mapping[Value, int] | None, int, int, int]
"""A column: name, index, rows per word (None: ask the index), rows for other words, and for unknown: now, must."""


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
    lookups: tuple[Lookup, ...]
    """The same for the evaluation itself, which runs thousands of times a second."""
    asks: tuple[tuple[str, ...], ...]
    """Per row the names of the columns that its cells really ask about."""
    same_results: Mapping[str, Mapping[Result | None, int]]
    """Per outcome: each result with the mask of rows that give it; None for rows silent about it."""
    words: Mapping[str, tuple[tuple[str, ...], ...]]
    """Per outcome and row the words that the row gives; empty for a row silent about it."""
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


def build_table(
    name: str, title: str, policy: HitPolicy, *, columns: Sequence[Fact], outcomes: Sequence[Fact], rows: Sequence[Row]
) -> Table:
    """A table with its masks worked out."""
    by_column = [[row.cells[place] for row in rows] for place in range(len(columns))]
    indexes = tuple((fact.name, index_of(fact, cells)) for fact, cells in zip(columns, by_column, strict=True))
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
        lookups=tuple(_lookup(name, index) for name, index in indexes),
        asks=asks,
        words={outcome.name: tuple(_words(row, outcome.name) for row in rows) for outcome in outcomes},
        collects=policy.collects,
        references={outcome.name: _references(outcome.name, rows) for outcome in outcomes},
        results={outcome.name: tuple(row.results.get(outcome.name) for row in rows) for outcome in outcomes},
        provisional=sum(1 << place for place, row in enumerate(rows) if row.provisional),
        same_results={outcome.name: _same_results(outcome.name, rows) for outcome in outcomes},
    )


def _lookup(name: str, index: AnyIndex) -> Lookup:
    words = index.masks if isinstance(index, ChoiceIndex) else None
    other = index.other if isinstance(index, ChoiceIndex) else 0
    return name, index, words, other, index.unknown_now, index.unknown_must


def _words(row: Row, outcome: str) -> tuple[str, ...]:
    return tuple(word for word in row.results.get(outcome, ()) if isinstance(word, str))


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
