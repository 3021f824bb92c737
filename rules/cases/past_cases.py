"""Past cases under other rules: what would change, counted; nothing that is stored changes."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from rules.check.comparing import outcomes_of
from rules.engine.consider import advice_of
from rules.engine.evaluate import Evaluation
from rules.engine.guard import Weighed, broken_guards, missing_outcomes
from rules.engine.ruleset import RuleSet
from rules.engine.standing import as_it_stands
from rules.values.facts import FactValue, InvalidFacts, Value

NOTHING = "niets"


@dataclass(frozen=True, slots=True)
class Case:
    """One past case: its facts, its day, and the groups it counts in (gemeente, receiver); no name, no number."""

    facts: Mapping[str, FactValue]
    on: date
    groups: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Transition:
    """How many cases of a group went from one value to another."""

    outcome: str
    before: str
    after: str
    groups: Mapping[str, str]
    count: int


@dataclass(frozen=True, slots=True)
class Replay:
    """What a replay counted.

    `changed`: cases with at least one other outcome. `unreadable`: cases whose facts these rules do not allow.
    `broken`: cases in which the new rules break a guard rail or give no complete answer.
    """

    cases: int
    changed: int
    unreadable: int
    broken: int
    transitions: tuple[Transition, ...]

    def table(self, outcome: str) -> Mapping[tuple[str, str], int]:
        """The transition table of one outcome: (before, after) → number of cases, all groups together."""
        found: Counter[tuple[str, str]] = Counter()
        for item in self.transitions:
            if item.outcome == outcome:
                found[item.before, item.after] += item.count
        return dict(found)


def together(one: Replay, other: Replay) -> Replay:
    """The counts of two replays of different cases as if they had been one."""
    counts: Counter[tuple[str, str, str, tuple[tuple[str, str], ...]]] = Counter()
    for item in (*one.transitions, *other.transitions):
        counts[item.outcome, item.before, item.after, tuple(sorted(item.groups.items()))] += item.count
    return Replay(
        one.cases + other.cases,
        one.changed + other.changed,
        one.unreadable + other.unreadable,
        one.broken + other.broken,
        _transitions(counts),
    )


def replay(old: RuleSet, new: RuleSet, cases: Iterable[Case], *, unchanged: bool = False) -> Replay:
    """Every case under both sets; `unchanged` counts the outcomes that stay the same too."""
    counts: Counter[tuple[str, str, str, tuple[tuple[str, str], ...]]] = Counter()
    total = changed = unreadable = broken = 0
    for case in cases:
        total += 1
        try:
            before = outcomes_of(old, case.facts, case.on)  # type: ignore[arg-type]  # read and checked there
            evaluation = as_it_stands(new, case.facts, case.on)
        except InvalidFacts:
            unreadable += 1
            continue
        broken += _breaks(new, evaluation, case)
        group = tuple(sorted(case.groups.items()))
        other = False
        for name, value in before.items():
            after = evaluation.values.get(name)
            other = other or value != after
            if unchanged or value != after:
                counts[name, _said(value), _said(after), group] += 1
        changed += other
    return Replay(total, changed, unreadable, broken, _transitions(counts))


def _transitions(counts: Counter[tuple[str, str, str, tuple[tuple[str, str], ...]]]) -> tuple[Transition, ...]:
    """The most frequent first."""
    return tuple(Transition(*key[:3], MappingProxyType(dict(key[3])), count) for key, count in counts.most_common())


def _breaks(ruleset: RuleSet, evaluation: Evaluation, case: Case) -> bool:
    if broken_guards(Weighed(ruleset, evaluation, case.facts, case.on)):
        return True
    return bool(missing_outcomes(ruleset, advice_of(ruleset, evaluation, case.on)))


def _said(value: Value | None) -> str:
    if isinstance(value, tuple):
        return ", ".join(value) or NOTHING
    return NOTHING if value is None else str(value)
