"""The list of gemeenten as a page offers it: those of the region first."""

import unicodedata
from dataclasses import dataclass
from functools import cache

from markupsafe import Markup

from config.gemeenten import GEMEENTEN, Gemeente
from config.regions import load_region

OPTION = Markup('<option value="{}"{}>{}</option>\n')
NAME = Markup('<option value="{}"></option>\n')
SELECTED = Markup(" selected")


@dataclass(frozen=True, slots=True)
class Choices:
    """All gemeenten, each in one of two lists, by name.

    A page can hold ten lists of all 340, so their HTML is made once; `chosen` marks one of them.
    """

    region: tuple[Gemeente, ...]
    others: tuple[Gemeente, ...]
    region_html: Markup
    others_html: Markup
    names_html: Markup

    def region_options(self, chosen: str) -> Markup:
        """The gemeenten of the region, to choose from."""
        return _with_chosen(self.region_html, chosen)

    def other_options(self, chosen: str) -> Markup:
        """Those of the rest of the country."""
        return _with_chosen(self.others_html, chosen)


@cache
def choices(region_id: str) -> Choices:
    """The gemeenten to choose from in this region."""
    own = frozenset(load_region(region_id).gemeenten)
    by_name = sorted(GEMEENTEN.values(), key=lambda gemeente: _place_in_list(gemeente.naam))
    region = tuple(gemeente for gemeente in by_name if gemeente.code in own)
    others = tuple(gemeente for gemeente in by_name if gemeente.code not in own)
    names = Markup("").join(NAME.format(gemeente.naam) for gemeente in others)
    return Choices(region, others, _options(region), _options(others), names)


def _options(listed: tuple[Gemeente, ...]) -> Markup:
    return Markup("").join(OPTION.format(gemeente.code, "", gemeente.naam) for gemeente in listed)


def _with_chosen(listed: Markup, code: str) -> Markup:
    """The list with this gemeente chosen; as it is when the gemeente is not in it."""
    if code not in GEMEENTEN:
        return listed
    name = GEMEENTEN[code].naam
    before, found, after = listed.partition(OPTION.format(code, "", name))
    return before + OPTION.format(code, SELECTED, name) + after if found else listed


def _place_in_list(name: str) -> str:
    """What a name is sorted by: 's-Hertogenbosch under the H, Súdwest-Fryslân as if it had no accents."""
    letters = unicodedata.normalize("NFD", name.casefold().removeprefix("'s-"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
