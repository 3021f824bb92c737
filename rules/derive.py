"""Derived facts: a closed list of functions over answers, each saying what is known and what is still possible.

A function gets its arguments as written in the head, and a `Source` to read facts from. It gives a certain value, an
`OpenValue` when something it needs is unknown, or None when nothing can be said.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from types import MappingProxyType
from typing import TypeAlias

from rules.facts import Fact, FactType, Known
from rules.states import OpenList, OpenValue, State

NO_GEMEENTE = "geen"
ZRM_DOMAINS = 13
MANY = 4_096

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


@dataclass(frozen=True, slots=True)
class Function:
    """A function the head may use: what it gives, which arguments it takes and what type `van` must have."""

    run: Callable[[Mapping[str, Argument], Source], State | None]
    gives: FactType
    takes: tuple[str, ...]
    of: tuple[FactType, ...] = ()
    many: bool = False


def derive(derived: Derived, source: Source) -> State | None:
    """The value of one derived fact."""
    return FUNCTIONS[derived.function].run(derived.arguments, source)


def _day(arguments: Mapping[str, Argument], source: Source) -> date | None:
    value = source.answers.get(str(arguments["van"]))
    return date.fromisoformat(value) if isinstance(value, str) else None


def months_between(start: date, end: date) -> int:
    """Whole months from `start` to `end`; negative when `end` lies before."""
    if end < start:
        return -months_between(end, start)
    return (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)


def birthday(born: date, age: int) -> date:
    """The day on which someone becomes `age`; born on 29 February counts from 1 March in other years."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)


def _age(arguments: Mapping[str, Argument], source: Source) -> State | None:
    born = _day(arguments, source)
    return None if born is None else months_between(born, source.on) // 12


def _age_in_months(arguments: Mapping[str, Argument], source: Source) -> State | None:
    born = _day(arguments, source)
    return None if born is None else months_between(born, source.on)


def _days_until(arguments: Mapping[str, Argument], source: Source) -> State | None:
    day = _day(arguments, source)
    return None if day is None else (day - source.on).days


def _days_since(arguments: Mapping[str, Argument], source: Source) -> State | None:
    day = _day(arguments, source)
    return None if day is None else (source.on - day).days


def _months_since(arguments: Mapping[str, Argument], source: Source) -> State | None:
    day = _day(arguments, source)
    return None if day is None else months_between(day, source.on)


def _months_until(arguments: Mapping[str, Argument], source: Source) -> State | None:
    day = _day(arguments, source)
    return None if day is None else months_between(source.on, day)


def _days_until_age(arguments: Mapping[str, Argument], source: Source) -> State | None:
    born = _day(arguments, source)
    age = arguments["leeftijd"]
    if born is None or not isinstance(age, int) or born.year + age > date.max.year:
        return None
    return (birthday(born, age) - source.on).days


def _month(_arguments: Mapping[str, Argument], source: Source) -> State | None:
    return source.on.month


def _yes(holds: bool) -> str:  # noqa: FBT001 - the one thing it is about
    return "ja" if holds else "nee"


_YES_OR_NO = OpenValue(None, frozenset({"ja", "nee", None}))


def _in_region(arguments: Mapping[str, Argument], source: Source) -> State | None:
    value = source.states.get(str(arguments["van"]))
    if isinstance(value, OpenValue):
        return _map(value, lambda word: _yes(word in source.region))
    return None if value is None else _yes(value in source.region)


def _map(value: OpenValue, step: Callable[[str | int], str]) -> OpenValue:
    now = None if value.now is None else step(value.now)
    if value.possible is None:
        return OpenValue(now, _YES_OR_NO.possible)
    return OpenValue(now, frozenset(None if word is None else step(word) for word in value.possible))


def _list(arguments: Mapping[str, Argument], source: Source) -> tuple[str, ...] | None:
    value = source.states.get(str(arguments["van"]))
    if isinstance(value, OpenList):
        return None
    return value if isinstance(value, tuple) else None


def _has_region(arguments: Mapping[str, Argument], source: Source) -> State | None:
    words = _list(arguments, source)
    return None if words is None else _yes(not source.region.isdisjoint(words))


def _has_elsewhere(arguments: Mapping[str, Argument], source: Source) -> State | None:
    words = _list(arguments, source)
    return None if words is None else _yes(any(word not in source.region for word in words))


def _many(arguments: Mapping[str, Argument], source: Source) -> list[State | None]:
    names = arguments["van"]
    assert isinstance(names, tuple)
    return [source.states.get(str(name)) for name in names]


def _same(arguments: Mapping[str, Argument], source: Source) -> State | None:
    values = _many(arguments, source)
    if NO_GEMEENTE in values:
        return "nee"
    if any(value is None or isinstance(value, OpenValue | OpenList) for value in values):
        return _YES_OR_NO
    return _yes(len(set(values)) == 1)


def _has_value(arguments: Mapping[str, Argument], source: Source) -> State | None:
    words, value = _list(arguments, source), source.states.get(str(arguments["waarde"]))
    if words == () or value == NO_GEMEENTE:
        return "nee"
    if words is None or value is None or isinstance(value, OpenValue | OpenList):
        return _YES_OR_NO
    return _yes(value in words)


def _count(arguments: Mapping[str, Argument], source: Source) -> State | None:
    words = _list(arguments, source)
    return None if words is None else len(words)


def _hits(arguments: Mapping[str, Argument], source: Source) -> tuple[int, int, int]:
    """How many facts are one of the words: surely, now, at most."""
    wanted = arguments["is"]
    words = wanted if isinstance(wanted, tuple) else (wanted,)
    surely = now = most = 0
    for state in _many(arguments, source):
        value = state.now if isinstance(state, OpenValue) else state
        possible = state.possible if isinstance(state, OpenValue) else frozenset({state})
        hit = value in words
        now += hit
        if state is None or possible is None:
            most += 1
        else:
            most += any(word in words for word in possible)
            surely += all(word in words for word in possible)
    return surely, now, most


def _count_with(arguments: Mapping[str, Argument], source: Source) -> State | None:
    surely, now, most = _hits(arguments, source)
    return now if surely == most else OpenValue(now, frozenset(range(surely, most + 1)))


def _one_of(arguments: Mapping[str, Argument], source: Source) -> State | None:
    surely, now, most = _hits(arguments, source)
    if surely or not most:
        return _yes(bool(surely))
    return OpenValue("ja" if now else None, _YES_OR_NO.possible)


def _first_known(arguments: Mapping[str, Argument], source: Source) -> State | None:
    doubt = False
    for value in _many(arguments, source):
        if isinstance(value, str) and value != NO_GEMEENTE:
            return OpenValue(value) if doubt else value
        doubt = doubt or value is None or isinstance(value, OpenValue)
    return None


def _calculated(states: list[State | None], together: Callable[[int, int], int]) -> State | None:
    """A calculation over numbers of which some may still be open; nothing is known when one of them is not."""
    parts = [_as_open(state) for state in states]
    now, possible = parts[0].now, parts[0].possible
    for part in parts[1:]:
        now = together(now, part.now) if isinstance(now, int) and isinstance(part.now, int) else None
        if possible is None or part.possible is None or len(possible) * len(part.possible) > MANY:
            possible = None
        else:
            ones = [value for value in possible if isinstance(value, int)]
            others = [value for value in part.possible if isinstance(value, int)]
            unsure = len(ones) < len(possible) or len(others) < len(part.possible)
            sums = _each_with_each(ones, others, together)
            possible = frozenset(sums | {None}) if unsure else frozenset(sums)
    return now if now is not None and possible is not None and len(possible) == 1 else OpenValue(now, possible)


def _each_with_each(ones: list[int], others: list[int], together: Callable[[int, int], int]) -> set[int]:
    if together is int.__sub__:
        return _sums(ones, [-other for other in others])
    if together is int.__add__:
        return _sums(ones, others)
    return {together(one, other) for one in ones for other in others}


def _sums(ones: list[int], others: list[int]) -> set[int]:
    """Every sum of one of each: the ones as bits, moved up by each of the others."""
    low, lift = min(ones, default=0), min(others, default=0)
    if max(ones, default=0) - low > MANY or max(others, default=0) - lift > MANY:
        return {one + other for one in ones for other in others}
    bits, moved = 0, 0
    for one in ones:
        bits |= 1 << one - low
    for other in others:
        moved |= bits << other - lift
    return {low + lift + place for place, digit in enumerate(reversed(f"{moved:b}")) if digit == "1"}


def _as_open(state: State | None) -> OpenValue:
    if isinstance(state, int):
        return OpenValue(state, frozenset({state}))
    return state if isinstance(state, OpenValue) else OpenValue(None)


def _of_known(arguments: Mapping[str, Argument], source: Source, together: Callable[[int, int], int]) -> State | None:
    """A calculation that leaves unknown numbers out for now, since those that are known already say something."""
    values = _many(arguments, source)
    known = [value for value in values if isinstance(value, int)]
    if known and len(known) < len(values):
        return OpenValue(reduce(together, known))
    return _calculated(values, together)


def _highest(arguments: Mapping[str, Argument], source: Source) -> State | None:
    return _of_known(arguments, source, max)


def _sum(arguments: Mapping[str, Argument], source: Source) -> State | None:
    return _of_known(arguments, source, int.__add__)


def _difference(arguments: Mapping[str, Argument], source: Source) -> State | None:
    return _calculated(_many(arguments, source), int.__sub__)


def _points(arguments: Mapping[str, Argument], source: Source) -> State | None:
    posts = arguments["posten"]
    assert isinstance(posts, tuple)
    now, possible = 0, {0}
    for post in posts:
        assert isinstance(post, Mapping)
        points = int(post["punten"])
        state = source.states.get(str(post["feit"]))
        value = state.now if isinstance(state, OpenValue) else state
        now += points * (value == post["is"])
        if state is None or (isinstance(state, OpenValue) and state.possible is None):
            possible |= {total + points for total in possible}
        elif isinstance(state, OpenValue):
            assert state.possible is not None
            hits = {word == post["is"] for word in state.possible}
            possible = {total + points * hit for total in possible for hit in hits}
        else:
            possible = {total + points * (value == post["is"]) for total in possible}
    return now if len(possible) == 1 else OpenValue(now, frozenset(possible))


def _zrm_count(arguments: Mapping[str, Argument], source: Source) -> State | None:
    scores = source.answers.get(str(arguments["van"]))
    limit = arguments["hoogstens"]
    if not isinstance(scores, Mapping) or not isinstance(limit, int):
        return None
    low = sum(level <= limit for level in scores.values())
    unopened = max(0, ZRM_DOMAINS - len(scores))
    return OpenValue(low, frozenset(range(low, low + unopened + 1))) if unopened else low


_DATE = (FactType.DATUM,)
_GEMEENTE = (FactType.GEMEENTE,)
_LISTS = (FactType.LIJST, FactType.GEMEENTEN)
_WORDS = (FactType.KEUZE, FactType.JA_NEE, FactType.GEMEENTE)
_NUMBER = FactType.GETAL
_YES_NO = FactType.JA_NEE

FUNCTIONS: Mapping[str, Function] = MappingProxyType(
    {
        "leeftijd": Function(_age, _NUMBER, ("van",), _DATE),
        "leeftijd_in_maanden": Function(_age_in_months, _NUMBER, ("van",), _DATE),
        "dagen_tot": Function(_days_until, _NUMBER, ("van",), _DATE),
        "dagen_sinds": Function(_days_since, _NUMBER, ("van",), _DATE),
        "maanden_sinds": Function(_months_since, _NUMBER, ("van",), _DATE),
        "maanden_tot": Function(_months_until, _NUMBER, ("van",), _DATE),
        "dagen_tot_leeftijd": Function(_days_until_age, _NUMBER, ("van", "leeftijd"), _DATE),
        "maand": Function(_month, _NUMBER, ()),
        "in_regio": Function(_in_region, _YES_NO, ("van",), _GEMEENTE),
        "bevat_regio": Function(_has_region, _YES_NO, ("van",), _LISTS),
        "bevat_buiten_regio": Function(_has_elsewhere, _YES_NO, ("van",), _LISTS),
        "zelfde": Function(_same, _YES_NO, ("van",), _WORDS, many=True),
        "bevat_waarde": Function(_has_value, _YES_NO, ("van", "waarde"), _LISTS),
        "aantal": Function(_count, _NUMBER, ("van",), _LISTS),
        "aantal_met": Function(_count_with, _NUMBER, ("van", "is"), _WORDS, many=True),
        "een_van": Function(_one_of, _YES_NO, ("van", "is"), _WORDS, many=True),
        "eerste_bekende": Function(_first_known, FactType.GEMEENTE, ("van",), _GEMEENTE, many=True),
        "hoogste": Function(_highest, _NUMBER, ("van",), (_NUMBER,), many=True),
        "som": Function(_sum, _NUMBER, ("van",), (_NUMBER,), many=True),
        "verschil": Function(_difference, _NUMBER, ("van",), (_NUMBER,), many=True),
        "punten": Function(_points, _NUMBER, ("posten",)),
        "zrm_aantal": Function(_zrm_count, _NUMBER, ("van", "hoogstens"), (FactType.ZRM,)),
    }
)
