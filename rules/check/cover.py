"""Searches over the classes of a table: is every case covered, can a row decide, can two rows hold together.

Each search counts its steps; past the limit it says so instead of guessing.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from rules.check.classes import Assignment, Column
from rules.tables.table import Table
from rules.values.facts import Value

MOST_STEPS = 20_000


class TooManySteps(Exception):
    """The search was not done within its limit: nothing is established."""


@dataclass(slots=True)
class Cover:
    """A table with its classes, ready to search. `left` counts down from `most` over one search."""

    table: Table
    columns: tuple[Column, ...]
    most: int = MOST_STEPS
    left: int = 0
    _open_rows: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Work out which rows ask nothing more from each column on."""
        every = self.table.all_rows
        self._open_rows = [every]
        for column in reversed(self.columns):
            always = every
            for mask, _ in column.classes:
                always &= mask
            self._open_rows.append(self._open_rows[-1] & always)
        self._open_rows.reverse()

    @property
    def exact(self) -> bool:
        """Whether not finding something proves that it is not there."""
        return all(column.exact for column in self.columns)

    def gaps(self, rows: int) -> Iterator[Assignment]:
        """Classes for which none of these rows holds.

        Raises:
            TooManySteps: the search was not done.
        """
        self.left = self.most
        yield from self._gaps(0, rows, {})

    def _gaps(self, place: int, alive: int, chosen: dict[str, Value | None]) -> Iterator[Assignment]:
        self._step()
        if not alive:
            yield dict(chosen)
        if not alive or place == len(self.columns) or alive & self._open_rows[place]:
            return
        column = self.columns[place]
        for mask, value in column.classes:
            chosen[column.name] = value
            yield from self._gaps(place + 1, alive & mask, chosen)
        del chosen[column.name]

    def first(self, row: int, before: int) -> Assignment | None:
        """Classes for which a row holds and none of the rows in the mask `before` does; None when there are none.

        Raises:
            TooManySteps: the search was not done.
        """
        self.left = self.most
        return self._first(0, 1 << row, before, {})

    def _first(self, place: int, row: int, before: int, chosen: dict[str, Value | None]) -> Assignment | None:
        self._step()
        if place == len(self.columns):
            return None if before else dict(chosen)
        if before & self._open_rows[place]:
            return None
        column = self.columns[place]
        seen: set[int] = set()
        for mask, value in column.classes:
            if mask & row and mask & before not in seen:
                seen.add(mask & before)
                chosen[column.name] = value
                found = self._first(place + 1, row, before & mask, chosen)
                if found is not None:
                    return found
        chosen.pop(column.name, None)
        return None

    def together(self, one: int, other: int) -> Assignment | None:
        """Classes for which two rows both hold, or None."""
        both = 1 << one | 1 << other
        chosen: dict[str, Value | None] = {}
        for column in self.columns:
            value = next(((value,) for mask, value in column.classes if mask & both == both), None)
            if value is None:
                return None
            chosen[column.name] = value[0]
        return chosen

    def _step(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise TooManySteps
