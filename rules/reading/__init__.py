"""From the files of a rule set to tables, heads and guard rails, with every fault told with its place."""

from rules.reading.guards import HEAD
from rules.reading.sheet import MAX_COLUMNS, MAX_ROWS
from rules.reading.table import THEN

__all__ = [
    "HEAD",
    "MAX_COLUMNS",
    "MAX_ROWS",
    "THEN",
]
