"""The list of gemeenten as a page offers it: those of the region first."""

from dataclasses import dataclass
from functools import cache

from config.gemeenten import GEMEENTEN, Gemeente
from config.regions import load_region


@dataclass(frozen=True, slots=True)
class Choices:
    """All gemeenten, each in one of two lists, by name."""

    region: tuple[Gemeente, ...]
    others: tuple[Gemeente, ...]


@cache
def choices(region_id: str) -> Choices:
    """The gemeenten to choose from in this region."""
    own = frozenset(load_region(region_id).gemeenten)
    by_name = sorted(GEMEENTEN.values(), key=lambda gemeente: gemeente.naam.casefold().lstrip("'s "))
    return Choices(
        region=tuple(gemeente for gemeente in by_name if gemeente.code in own),
        others=tuple(gemeente for gemeente in by_name if gemeente.code not in own),
    )
