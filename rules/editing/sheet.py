"""Changing rows in the text of a table file; what comes out is a table file again."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

BEGINS_A_FORMULA = ("=", "+", "@", "\t", "\r", "|", "%")


class FixedColumn(StrEnum):
    """The columns that every table has, by their heads: which rule, why in the letter, the article of law, a note."""

    ROW = "regel"
    BECAUSE = "omdat"
    GROUND = "grondslag"
    NOTE = "toelichting"


FIXED = frozenset(FixedColumn)
"""Heads of columns that hold no condition and no outcome."""


class SheetBroken(ValueError):
    """The text is no table with heads and equally long rows; the message is Dutch."""


class NoSuchRow(LookupError):
    """There is no rule with this id, or there is one already; the message is Dutch."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as text: heads, and rows of as many cells."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def row(self, row_id: str) -> Mapping[str, str]:
        """The cells of one rule by head.

        Raises:
            NoSuchRow: there is none.
        """
        return dict(zip(self.heads, self.rows[self.place(row_id)], strict=True))

    def place(self, row_id: str) -> int:
        """Where a rule stands.

        Raises:
            NoSuchRow: there is none.
        """
        column = self.heads.index(FixedColumn.ROW) if FixedColumn.ROW in self.heads else 0
        for place, cells in enumerate(self.rows):
            if cells[column].strip() == row_id:
                return place
        raise NoSuchRow(f"Er is geen regel {row_id}.")

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the rules."""
        column = self.heads.index(FixedColumn.ROW) if FixedColumn.ROW in self.heads else 0
        return tuple(cells[column].strip() for cells in self.rows)


def read_grid(text: str) -> Grid:
    """The table in a text.

    Raises:
        SheetBroken: the quotes are wrong, or a row is longer or shorter than the heads.
    """
    try:
        lines = [
            cells for cells in csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";") if cells
        ]
    except csv.Error as error:
        raise SheetBroken("De aanhalingstekens in dit bestand kloppen niet.") from error
    if not lines:
        raise SheetBroken("Dit bestand is leeg.")
    return grid_of(lines)


def grid_of(lines: Sequence[Sequence[str]]) -> Grid:
    """The table in lines of cells, heads first; empty lines and empty cells at the end are left out.

    Raises:
        SheetBroken: a row is longer than the heads.
    """
    heads = tuple(cell.strip() for cell in _trimmed(lines[0]))
    rows = []
    for number, cells in enumerate(lines[1:], start=2):
        kept = _trimmed(cells)
        if not kept:
            continue
        if len(kept) > len(heads):
            raise SheetBroken(f"Rij {number} heeft meer cellen dan er koppen zijn.")
        rows.append((*kept, *[""] * (len(heads) - len(kept))))
    return Grid(heads, tuple(rows))


def write_grid(grid: Grid) -> str:
    """The text of a table file."""
    paper = io.StringIO()
    writer = csv.writer(paper, delimiter=";", lineterminator="\n")
    writer.writerow(grid.heads)
    writer.writerows(grid.rows)
    return paper.getvalue()


def with_row(grid: Grid, row_id: str, cells: Mapping[str, str]) -> Grid:
    """The table with one rule rewritten.

    Raises:
        NoSuchRow: there is none, or its new id belongs to another.
    """
    place = grid.place(row_id)
    _refuse_taken(grid, cells.get(FixedColumn.ROW, row_id), but=row_id)
    return Grid(grid.heads, (*grid.rows[:place], _line(grid, cells), *grid.rows[place + 1 :]))


def with_new_row(grid: Grid, cells: Mapping[str, str], *, after: str = "") -> Grid:
    """The table with a rule added, after another one or at the end.

    Raises:
        NoSuchRow: its id is taken, or there is nothing to put it after.
    """
    _refuse_taken(grid, cells.get(FixedColumn.ROW, ""))
    place = grid.place(after) + 1 if after else len(grid.rows)
    return Grid(grid.heads, (*grid.rows[:place], _line(grid, cells), *grid.rows[place:]))


def without_row(grid: Grid, row_id: str) -> Grid:
    """The table without one rule.

    Raises:
        NoSuchRow: there is none.
    """
    place = grid.place(row_id)
    return Grid(grid.heads, (*grid.rows[:place], *grid.rows[place + 1 :]))


def moved_row(grid: Grid, row_id: str, steps: int) -> Grid:
    """The table with one rule moved up (negative) or down.

    Raises:
        NoSuchRow: there is none.
    """
    rows = list(grid.rows)
    place = grid.place(row_id)
    row = rows.pop(place)
    rows.insert(max(0, min(len(rows), place + steps)), row)
    return Grid(grid.heads, tuple(rows))


def _line(grid: Grid, cells: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(" ".join(cells.get(head, "").split()) for head in grid.heads)


def _refuse_taken(grid: Grid, row_id: str, *, but: str = "") -> None:
    if row_id != but and row_id in grid.ids:
        raise NoSuchRow(f"Regel {row_id} bestaat al in deze tabel.")


def _trimmed(cells: Sequence[str]) -> list[str]:
    kept = list(cells)
    while kept and not kept[-1].strip():
        kept.pop()
    return kept
