"""Changing one value, or one row, in the text of a rule file and leaving every other sign."""

from rules.editing.head import NoSuchKey, value_at, with_value
from rules.editing.sheet import (
    FIXED,
    FixedColumn,
    Grid,
    NoSuchRow,
    SheetBroken,
    grid_of,
    moved_row,
    read_grid,
    with_new_row,
    with_row,
    without_row,
    write_grid,
)

__all__ = [
    "FIXED",
    "FixedColumn",
    "Grid",
    "NoSuchKey",
    "NoSuchRow",
    "SheetBroken",
    "grid_of",
    "moved_row",
    "read_grid",
    "value_at",
    "with_new_row",
    "with_row",
    "with_value",
    "without_row",
    "write_grid",
]
