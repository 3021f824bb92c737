"""What other rules ask of the places and desks there are: how many cases come to each, and how many come no more."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from rules.cases.past_cases import NOTHING, Transition


@dataclass(frozen=True, slots=True)
class Demand:
    """In how many cases a value of an outcome is given only by the new rules (`more`), or only by the old (`fewer`)."""

    value: str
    more: int
    fewer: int


def demand(transitions: Iterable[Transition], outcome: str) -> tuple[Demand, ...]:
    """Per value of this outcome, those that move most first; a list of which only the order changed asks nothing."""
    more: Counter[str] = Counter()
    fewer: Counter[str] = Counter()
    for item in transitions:
        if item.outcome != outcome:
            continue
        before, after = _words(item.before), _words(item.after)
        for word in after - before:
            more[word] += item.count
        for word in before - after:
            fewer[word] += item.count
    found = [Demand(word, more[word], fewer[word]) for word in sorted({*more, *fewer})]
    return tuple(sorted(found, key=lambda one: -(one.more + one.fewer)))


def _words(told: str) -> frozenset[str]:
    return frozenset(told.split(", ")) - {NOTHING}
