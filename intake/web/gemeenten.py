"""The list of gemeenten as a page offers it: those of the region first."""

import unicodedata
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
    by_name = sorted(GEMEENTEN.values(), key=lambda gemeente: _place_in_list(gemeente.naam))
    return Choices(
        region=tuple(gemeente for gemeente in by_name if gemeente.code in own),
        others=tuple(gemeente for gemeente in by_name if gemeente.code not in own),
    )


def _place_in_list(name: str) -> str:
    """What a name is sorted by: 's-Hertogenbosch under the H, Súdwest-Fryslân as if it had no accents."""
    letters = unicodedata.normalize("NFD", name.casefold().removeprefix("'s-"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
