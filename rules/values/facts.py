"""Facts and outcomes: their types, allowed values, and reading a value that came from outside."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import TypeAlias

from rules.values.coined import spoken

UNKNOWN_WORD = "onbekend"
GEMEENTE_CODE = re.compile(r"GM[0-9]{4}")
MAX_LIST = 400
MAX_TEXT = 20_000
ZRM_LEVELS = range(1, 6)

Value: TypeAlias = str | int | tuple[str, ...]
FactValue: TypeAlias = str | int | Iterable[str] | Mapping[str, int] | None
Known: TypeAlias = Value | Mapping[str, int]


class FactType(StrEnum):
    """What kind of answer a fact holds."""

    KEUZE = "keuze"
    JA_NEE = "ja_nee"
    GEMEENTE = "gemeente"
    GETAL = "getal"
    DATUM = "datum"
    TEKST = "tekst"
    LIJST = "lijst"
    GEMEENTEN = "gemeenten"
    ZRM = "zrm"

    __hash__ = str.__hash__
    """That of Enum is slower, and a case looks up the type of every fact."""

    @property
    def is_list(self) -> bool:
        """Whether a value is a tuple of words."""
        return self in (FactType.LIJST, FactType.GEMEENTEN)

    @property
    def is_opaque(self) -> bool:
        """Whether a table may only ask if it is known."""
        return self in (FactType.DATUM, FactType.TEKST, FactType.ZRM)


class InvalidFacts(ValueError):
    """Facts hold a value outside what is allowed; `errors` gives a Dutch sentence per fact."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        self.errors = dict(errors)
        super().__init__(" ".join(f"{name}: {text}" for name, text in self.errors.items()))


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact, derived fact, parameter or outcome: its name, type and allowed values.

    `values` is in order of rank (first weighs most) for outcomes; for gemeenten the words allowed beside codes.
    """

    name: str
    type: FactType
    values: tuple[str, ...] = ()
    low: int | None = None
    high: int | None = None
    text: str = ""
    texts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def label(self) -> str:
        """The plain Dutch name, or the key with spaces when none was given."""
        return self.text or spoken(self.name)

    def admits(self, word: str) -> bool:
        """Whether one word is an allowed value, or element of a list value."""
        if self.type in (FactType.GEMEENTE, FactType.GEMEENTEN):
            return word in self.values or GEMEENTE_CODE.fullmatch(word) is not None
        return word in self.values

    def allowed(self) -> str:
        """What is allowed, in Dutch, for a message."""
        if self.type is FactType.GETAL:
            low = "" if self.low is None else f" van {self.low}"
            high = "" if self.high is None else f" tot en met {self.high}"
            return f"een geheel getal{low}{high}"
        if self.type is FactType.DATUM:
            return "een datum als 2026-11-23"
        if self.type is FactType.ZRM:
            return "per leefgebied een getal van 1 tot en met 5"
        if self.type is FactType.TEKST:
            return "tekst"
        words = ", ".join(self.values)
        if self.type in (FactType.GEMEENTE, FactType.GEMEENTEN):
            return "een gemeentecode als GM0599" + (f", of {words}" if words else "")
        return words


@dataclass(frozen=True, slots=True)
class Outcome:
    """An outcome: its fact, what holds when no row speaks, and whether the highest value wins over the later."""

    fact: Fact
    default: Value | None = None
    highest_wins: bool = False
    own: bool = False
    """Whether the region made it for itself, as an intermediate column."""


def read_facts(facts: Mapping[str, FactValue], known: Mapping[str, Fact]) -> dict[str, Known]:
    """The known facts, checked and in one shape; unknown ones and those no rule set names are left out.

    Raises:
        InvalidFacts: a value is of the wrong type or not allowed.
    """
    clean: dict[str, Known] = {}
    errors: dict[str, str] = {}
    for name, value in facts.items():
        fact = known.get(name)
        if fact is None or value is None or value == UNKNOWN_WORD:
            continue
        read = _READERS[fact.type](fact, value)
        if read is None:
            errors[name] = f"„{_shorten(value)}” is niet toegestaan. Toegestaan: {fact.allowed()}, of onbekend."
        elif read != ():
            clean[name] = read
        elif not _only_unknown(value):
            clean[name] = ()
    if errors:
        raise InvalidFacts(errors)
    return clean


def _shorten(value: object) -> str:
    text = str(value)
    return text if len(text) <= 40 else f"{text[:39]}…"  # noqa: PLR2004 - room for one value in a message


def _only_unknown(value: object) -> bool:
    return isinstance(value, Iterable) and any(word == UNKNOWN_WORD for word in value)


def _read_word(fact: Fact, value: object) -> Known | None:
    return value if isinstance(value, str) and value in fact.values else None


def _read_gemeente(fact: Fact, value: object) -> Known | None:
    return value if isinstance(value, str) and fact.admits(value) else None


def _read_number(fact: Fact, value: object) -> Known | None:
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    if (fact.low is not None and value < fact.low) or (fact.high is not None and value > fact.high):
        return None
    return value


def _read_date(_fact: Fact, value: object) -> Known | None:
    if isinstance(value, date):
        return value.isoformat()[:10]
    try:
        return date.fromisoformat(value).isoformat() if isinstance(value, str) else None
    except ValueError:
        return None


def _read_text(_fact: Fact, value: object) -> Known | None:
    return value if isinstance(value, str) and len(value) <= MAX_TEXT else None


def _read_list(fact: Fact, value: object) -> Known | None:
    if isinstance(value, str) or not isinstance(value, list | tuple | set | frozenset) or len(value) > MAX_LIST:
        return None
    words: dict[str, None] = {}
    for word in sorted(value, key=str) if isinstance(value, set | frozenset) else value:
        if not isinstance(word, str):
            return None
        if word == UNKNOWN_WORD:
            continue
        if not fact.admits(word):
            return None
        words[word] = None
    return tuple(words)


def _read_zrm(_fact: Fact, value: object) -> Known | None:
    if not isinstance(value, Mapping) or len(value) > MAX_LIST:
        return None
    for domain, level in value.items():
        if not isinstance(domain, str) or type(level) is not int or level not in ZRM_LEVELS:
            return None
    return MappingProxyType(dict(value))


_READERS = {
    FactType.KEUZE: _read_word,
    FactType.JA_NEE: _read_word,
    FactType.GEMEENTE: _read_gemeente,
    FactType.GETAL: _read_number,
    FactType.DATUM: _read_date,
    FactType.TEKST: _read_text,
    FactType.LIJST: _read_list,
    FactType.GEMEENTEN: _read_list,
    FactType.ZRM: _read_zrm,
}
