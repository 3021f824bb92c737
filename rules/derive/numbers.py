"""Derived facts that count and calculate, each saying which numbers are still possible."""

from collections.abc import Callable, Mapping
from functools import reduce

from rules.derive.words import YES_OR_NO, known_list, many, yes
from rules.values.derived import Argument, Source
from rules.values.states import OpenValue, State

ZRM_DOMAINS = 13
MANY = 4_096


def count(arguments: Mapping[str, Argument], source: Source) -> State | None:
    """How many words a list has."""
    words = known_list(arguments, source)
    return None if words is None else len(words)


def _hits(arguments: Mapping[str, Argument], source: Source) -> tuple[int, int, int]:
    """How many facts are one of the words: surely, now, at most."""
    wanted = arguments["is"]
    words = wanted if isinstance(wanted, tuple) else (wanted,)
    surely = now = most = 0
    for state in many(arguments, source):
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


def count_with(arguments: Mapping[str, Argument], source: Source) -> State | None:
    """How many of some facts have one of the words."""
    surely, now, most = _hits(arguments, source)
    return now if surely == most else OpenValue(now, frozenset(range(surely, most + 1)))


def one_of(arguments: Mapping[str, Argument], source: Source) -> State | None:
    """Whether any of some facts has one of the words."""
    surely, now, most = _hits(arguments, source)
    if surely or not most:
        return yes(bool(surely))
    return OpenValue("ja" if now else None, YES_OR_NO.possible)


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
    """What can come out of one of each."""
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
    values = many(arguments, source)
    known = [value for value in values if isinstance(value, int)]
    if known and len(known) < len(values):
        return OpenValue(reduce(together, known))
    return _calculated(values, together)


def highest(arguments: Mapping[str, Argument], source: Source) -> State | None:
    """The highest of the numbers that are known."""
    return _of_known(arguments, source, max)


def total(arguments: Mapping[str, Argument], source: Source) -> State | None:
    """The sum of the numbers that are known."""
    return _of_known(arguments, source, int.__add__)


def difference(arguments: Mapping[str, Argument], source: Source) -> State | None:
    """The first number less the second."""
    return _calculated(many(arguments, source), int.__sub__)


def points(arguments: Mapping[str, Argument], source: Source) -> State | None:
    """The points of every post whose fact has its value."""
    posts = arguments["posten"]
    assert isinstance(posts, tuple)
    now, possible = 0, {0}
    for post in posts:
        assert isinstance(post, Mapping)
        worth = int(post["punten"])
        state = source.states.get(str(post["feit"]))
        value = state.now if isinstance(state, OpenValue) else state
        now += worth * (value == post["is"])
        if state is None or (isinstance(state, OpenValue) and state.possible is None):
            possible |= {so_far + worth for so_far in possible}
        elif isinstance(state, OpenValue):
            assert state.possible is not None
            hits = {word == post["is"] for word in state.possible}
            possible = {so_far + worth * hit for so_far in possible for hit in hits}
        else:
            possible = {so_far + worth * (value == post["is"]) for so_far in possible}
    return now if len(possible) == 1 else OpenValue(now, frozenset(possible))


def zrm_count(arguments: Mapping[str, Argument], source: Source) -> State | None:
    """On how many domains of the self-sufficiency matrix someone scores so low at most; those not opened are open."""
    scores = source.answers.get(str(arguments["van"]))
    limit = arguments["hoogstens"]
    if not isinstance(scores, Mapping) or not isinstance(limit, int):
        return None
    low = sum(level <= limit for level in scores.values())
    unopened = max(0, ZRM_DOMAINS - len(scores))
    return OpenValue(low, frozenset(range(low, low + unopened + 1))) if unopened else low
