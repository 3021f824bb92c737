"""Where the reasons of a table are read: under which heading of the advice, and as what in the client's letter."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


class Heading(StrEnum):
    """What a reason decides, the weightiest first."""

    EERST = "eerst"
    VANNACHT = "vannacht"
    HULP = "hulp"
    HOE_SNEL = "hoe_snel"
    WAAR = "waar"
    WET = "wet"
    EXPERTISE = "expertise"
    TAKEN = "taken"


class LetterPart(StrEnum):
    """What a reason is in the letter."""

    EERST = "eerst"
    """Found, and always read: safety, and another law that goes first."""
    GEVONDEN = "gevonden"
    """Found about the person."""
    ANDERE_WET = "andere_wet"
    """About another law: no news when none goes first."""
    KRING = "kring"
    """About the circle of the Wmo: no news when the person is within it."""
    WAAROM = "waarom"
    """Why this help."""
    REGIO = "regio"
    """Why this region."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Where the reasons of one table are read."""

    heading: Heading
    letter: frozenset[LetterPart] = frozenset()


@dataclass(frozen=True, slots=True)
class Display:
    """What a rule set declares of its tables; under one heading the most telling table stands first."""

    tables: Mapping[str, Shown] = field(default_factory=lambda: MappingProxyType({}))

    def under(self, heading: Heading) -> tuple[str, ...]:
        """The tables whose reasons stand under this heading, in order."""
        return tuple(name for name, shown in self.tables.items() if shown.heading is heading)

    def in_letter(self, part: LetterPart) -> frozenset[str]:
        """The tables whose reasons are this in a letter."""
        return frozenset(name for name, shown in self.tables.items() if part in shown.letter)
