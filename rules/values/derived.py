"""What a derived fact is, and where the functions behind it read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import TypeAlias

from rules.values.facts import Fact, Known
from rules.values.states import State

Argument: TypeAlias = str | int | tuple[str, ...] | tuple[Mapping[str, str | int], ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a function reads: the answers and the derived facts so far, the day, the gemeenten of the region."""

    states: Mapping[str, State]
    answers: Mapping[str, Known]
    on: date
    region: frozenset[str]


NOTHING_KNOWN = Source(MappingProxyType({}), MappingProxyType({}), date(2000, 1, 1), frozenset())
"""Where nothing is known: a function that needs something makes the same of it on every day and in every region."""


@dataclass(frozen=True, slots=True)
class Derived:
    """One derived fact as the head defines it; `needs` are the facts it reads."""

    fact: Fact
    function: str
    arguments: Mapping[str, Argument]
    needs: tuple[str, ...]
