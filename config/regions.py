"""The regions this software knows: which gemeenten share one door, and who their centrumgemeente is."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from types import MappingProxyType


class UnknownRegion(LookupError):
    """No region has this name; the message is Dutch and lists the ones there are."""


@dataclass(frozen=True, slots=True)
class Region:
    """Gemeenten that share one access to beschermd wonen and opvang (Wmo 2015 art. 2.6.1)."""

    id: str
    naam: str
    gemeenten: tuple[str, ...]
    centrumgemeente: str


def _load() -> Mapping[str, Region]:
    regions = {}
    for entry in sorted(files("config").joinpath("regions").iterdir(), key=lambda item: item.name):
        if not entry.name.endswith(".toml"):
            continue
        data = tomllib.loads(entry.read_text(encoding="utf-8"))
        region = Region(data["id"], data["naam"], tuple(data["gemeenten"]), data["centrumgemeente"])
        regions[region.id] = region
    return MappingProxyType(regions)


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
