"""Derived facts about words: gemeenten in the region or not, the same value, the first that is known."""

from collections.abc import Callable, Mapping

from rules.values.derived import Argument, Source
from rules.values.states import OpenList, OpenValue, State

NO_GEMEENTE = "geen"
YES_OR_NO = OpenValue(None, frozenset({"ja", "nee", None}))


def yes(holds: bool) -> str:  # noqa: FBT001 - the one thing it is about
    """The word for whether something holds."""
    return "ja" if holds else "nee"


def in_region(arguments: Mapping[str, Argument], source: Source) -> State | None:
    """Whether a gemeente lies in the region."""
    value = source.states.get(str(arguments["van"]))
    if isinstance(value, OpenValue):
        return _map(value, lambda word: yes(word in source.region))
    return None if value is None else yes(value in source.region)


def _map(value: OpenValue, step: Callable[[str | int], str]) -> OpenValue:
    now = None if value.now is None else step(value.now)
    if value.possible is None:
        return OpenValue(now, YES_OR_NO.possible)
    return OpenValue(now, frozenset(None if word is None else step(word) for word in value.possible))


def known_list(arguments: Mapping[str, Argument], source: Source) -> tuple[str, ...] | None:
    """The list that an argument names, when it is certain."""
    value = source.states.get(str(arguments["van"]))
    if isinstance(value, OpenList):
        return None
    return value if isinstance(value, tuple) else None


def has_region(arguments: Mapping[str, Argument], source: Source) -> State | None:
    """Whether a list has a gemeente of the region."""
    words = known_list(arguments, source)
    return None if words is None else yes(not source.region.isdisjoint(words))


def has_elsewhere(arguments: Mapping[str, Argument], source: Source) -> State | None:
    """Whether a list has a gemeente outside the region."""
    words = known_list(arguments, source)
    return None if words is None else yes(any(word not in source.region for word in words))


def many(arguments: Mapping[str, Argument], source: Source) -> list[State | None]:
    """The states of all facts that an argument names."""
    names = arguments["van"]
    assert isinstance(names, tuple)
    return [source.states.get(str(name)) for name in names]


def same(arguments: Mapping[str, Argument], source: Source) -> State | None:
    """Whether some facts all have the same value; `geen` is never the same."""
    values = many(arguments, source)
    if NO_GEMEENTE in values:
        return "nee"
    if any(value is None or isinstance(value, OpenValue | OpenList) for value in values):
        return YES_OR_NO
    return yes(len(set(values)) == 1)


def has_value(arguments: Mapping[str, Argument], source: Source) -> State | None:
    """Whether a list has the value of another fact."""
    words, value = known_list(arguments, source), source.states.get(str(arguments["waarde"]))
    if words == () or value == NO_GEMEENTE:
        return "nee"
    if words is None or value is None or isinstance(value, OpenValue | OpenList):
        return YES_OR_NO
    return yes(value in words)


def first_known(arguments: Mapping[str, Argument], source: Source) -> State | None:
    """The first gemeente that is known."""
    doubt = False
    for value in many(arguments, source):
        if isinstance(value, str) and value != NO_GEMEENTE:
            return OpenValue(value) if doubt else value
        doubt = doubt or value is None or isinstance(value, OpenValue)
    return None
