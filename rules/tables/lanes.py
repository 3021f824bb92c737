"""Counting for every fact at once: one whole number in which each fact has a lane of its own.

Adding two such numbers adds up the counts of all facts; `flags` tells which facts were counted at all. An advice adds
some hundreds of rows this way, which takes one addition a row, however many facts there are.
"""

import struct
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

WIDTHS = MappingProxyType({16: "H", 32: "I", 64: "Q"})


@dataclass(frozen=True, slots=True)
class Lanes:
    """The lanes of some names. `one`: a count of one for a name; `full`: its whole lane, for leaving others out."""

    names: tuple[str, ...]
    width: int
    one: Mapping[str, int]
    full: Mapping[str, int]
    tops: int
    """The highest bit of every lane, which a count never reaches."""

    def flags(self, counts: int) -> int:
        """One for every name that was counted."""
        return (counts + self.tops - (self.tops >> (self.width - 1)) & self.tops) >> (self.width - 1)

    def read(self, counts: int) -> tuple[int, ...]:
        """The count of each name, in order."""
        count = len(self.names)
        return struct.unpack(f"<{count}{WIDTHS[self.width]}", counts.to_bytes(count * self.width // 8, "little"))

    def counted(self, counts: int) -> Iterator[tuple[str, int]]:
        """The names that were counted with how often."""
        return ((name, count) for name, count in zip(self.names, self.read(counts), strict=True) if count)


def lanes_for(names: Iterable[str], most: int) -> Lanes:
    """Lanes in which counts up to and including `most` fit.

    Raises:
        ValueError: such counts fit in no lane.
    """
    width = next((width for width in WIDTHS if most < 1 << (width - 1)), None)
    if width is None:
        raise ValueError(most)
    order = tuple(names)
    one = {name: 1 << width * place for place, name in enumerate(order)}
    return Lanes(
        names=order,
        width=width,
        one=MappingProxyType(one),
        full=MappingProxyType({name: bit * ((1 << width) - 1) for name, bit in one.items()}),
        tops=sum(one.values()) << (width - 1),
    )
