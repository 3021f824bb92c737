"""What is known of a value that is not certain: what it is now, and what it could still turn out to be."""

from dataclasses import dataclass
from typing import TypeAlias

from rules.values.facts import Value


@dataclass(frozen=True, slots=True)
class OpenValue:
    """A single value. `now` None is unknown; `possible` None is anything at all, not knowing included."""

    now: str | int | None
    possible: frozenset[str | int | None] | None = None


@dataclass(frozen=True, slots=True)
class OpenList:
    """A list: what it holds now, what it surely holds, what it could hold, and what could come first (None: empty)."""

    now: tuple[str, ...]
    surely: frozenset[str]
    perhaps: frozenset[str]
    firsts: frozenset[str | None]


State: TypeAlias = Value | OpenValue | OpenList


def now_of(state: State | None) -> Value | None:
    """The value as it stands; None is unknown."""
    return state.now if isinstance(state, OpenValue | OpenList) else state


def is_open(state: State | None) -> bool:
    """Whether the value could still turn out otherwise."""
    return state is None or type(state) is OpenValue or type(state) is OpenList
