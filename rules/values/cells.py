"""What one condition cell means: which values hold, and whether not knowing holds."""

from dataclasses import dataclass
from enum import StrEnum

from rules.values.facts import Value


class Test(StrEnum):
    """The kinds of test a cell can make; the names are for messages and exports."""

    ANY = "altijd"
    ONE_OF = "een van"
    NONE_OF = "geen van"
    RANGES = "getal"
    KNOWN = "bekend"
    NEVER_KNOWN = "onbekend"
    HAS_ANY = "bevat"
    HAS_ALL = "bevat alle"
    HAS_NONE = "bevat niet"
    EMPTY = "leeg"
    NOT_EMPTY = "niet leeg"
    FIRST = "eerste"


@dataclass(frozen=True, slots=True)
class Range:
    """Whole numbers from `low` up to and including `high`; None is without end."""

    low: int | None
    high: int | None

    def holds(self, number: int) -> bool:
        """Whether the number lies within."""
        return (self.low is None or number >= self.low) and (self.high is None or number <= self.high)


@dataclass(frozen=True, slots=True)
class Cell:
    """One condition. `or_unknown`: an unknown fact holds too; `text` is what the policy officer wrote."""

    test: Test
    text: str
    words: tuple[str, ...] = ()
    ranges: tuple[Range, ...] = ()
    or_unknown: bool = False

    @property
    def is_any(self) -> bool:
        """Whether the cell says nothing."""
        return self.test is Test.ANY

    @property
    def asks_not_knowing(self) -> bool:
        """Whether the cell names `onbekend`: a provisional decision about not knowing."""
        return self.or_unknown and not self.is_any

    def holds(self, value: Value | None) -> bool:
        """Whether the cell holds for this value; None is unknown."""
        if value is None:
            return self.or_unknown
        if self.test is Test.ANY or self.test is Test.KNOWN:
            return True
        if self.test is Test.NEVER_KNOWN:
            return False
        if isinstance(value, tuple):
            return self._holds_list(value)
        if isinstance(value, int):
            return any(part.holds(value) for part in self.ranges)
        return (value in self.words) is (self.test is Test.ONE_OF)

    def _holds_list(self, value: tuple[str, ...]) -> bool:  # noqa: PLR0911 - one line per kind of test
        match self.test:
            case Test.HAS_ANY:
                return any(word in value for word in self.words)
            case Test.HAS_ALL:
                return all(word in value for word in self.words)
            case Test.HAS_NONE:
                return not any(word in value for word in self.words)
            case Test.EMPTY:
                return not value
            case Test.NOT_EMPTY:
                return bool(value)
            case Test.FIRST:
                return bool(value) and value[0] in self.words
            case _:
                return False


ALWAYS = Cell(test=Test.ANY, text="-", or_unknown=True)
