"""The regions this software knows: which gemeenten share one door, and who their centrumgemeente is."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from types import MappingProxyType

ANSWER_HOURS = 2
"""Hours in which a receiver answers about a bed for tonight, where the region says nothing of its own."""
MOST_HOURS = 12


class BadRegion(ValueError):
    """The file of a region says something that cannot be; the message is Dutch and names the file."""


class UnknownRegion(LookupError):
    """No region has this name; the message is Dutch and lists the ones there are."""


@dataclass(frozen=True, slots=True)
class Region:
    """Gemeenten that share one access to beschermd wonen and opvang (Wmo 2015 art. 2.6.1).

    Attributes:
        antwoord_vannacht_uren: hours in which a receiver answers when somebody needs a bed tonight (art. 2.3.3).
    """

    id: str
    naam: str
    gemeenten: tuple[str, ...]
    centrumgemeente: str
    antwoord_vannacht_uren: int = ANSWER_HOURS


def _load() -> Mapping[str, Region]:
    regions = {}
    for entry in sorted(files("config").joinpath("regions").iterdir(), key=lambda item: item.name):
        if not entry.name.endswith(".toml"):
            continue
        data = tomllib.loads(entry.read_text(encoding="utf-8"))
        hours = _hours(data.get("antwoord_vannacht_uren", ANSWER_HOURS), entry.name)
        region = Region(data["id"], data["naam"], tuple(data["gemeenten"]), data["centrumgemeente"], hours)
        regions[region.id] = region
    return MappingProxyType(regions)


def _hours(value: object, file: str) -> int:
    """The hours, when they can be: whole, and the same evening or night."""
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MOST_HOURS:
        raise BadRegion(f"{file}: antwoord_vannacht_uren is een heel getal van 1 tot en met {MOST_HOURS}.")
    return value


REGIONS: Mapping[str, Region] = _load()


def load_region(name: str) -> Region:
    """The region with this id.

    Raises:
        UnknownRegion: there is none.
    """
    try:
        return REGIONS[name]
    except KeyError:
        known = ", ".join(sorted(REGIONS))
        raise UnknownRegion(f"Regio “{name[:60]}” is niet bekend. Bekend zijn: {known}.") from None
