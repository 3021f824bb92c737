"""What rules ask and say, in plain Dutch for policy staff: names of facts and their values instead of codes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rules import RuleSet
from rules.explain import ChangedKind
from rules.publish import value_text
from rules.values import Fact, say_value, spoken

NOTHING = "niets"
ALL_UNKNOWN = "Van wie nog niets bekend is"


@dataclass(frozen=True, slots=True)
class ChangedCase:
    """An invented case that comes out otherwise: who it is, and each outcome before and after, in words."""

    example: str
    changes: tuple[str, ...]


def case_words(ruleset: RuleSet, facts: Mapping[str, object]) -> str:
    """The facts of a case: `uw geboortedatum: 1 december 2009; wat u vraagt: opvang`."""
    names = ruleset.names()
    return "; ".join(f"{_label(names, name)}: {_said(names.get(name), value)}" for name, value in facts.items())


def outcome_words(ruleset: RuleSet, outcome: str, value: object) -> str:
    """One value of an outcome; of a destination its name."""
    found = ruleset.destinations.get(value) if isinstance(value, str) else None
    if outcome == "bestemming" and found is not None:
        return found.name
    return _said(ruleset.names().get(outcome), value)


def outcome_label(ruleset: RuleSet, outcome: str) -> str:
    """What an outcome is about, with a capital."""
    label = _label(ruleset.names(), outcome)
    return label[:1].upper() + label[1:]


def changed_cases(ruleset: RuleSet, kinds: Iterable[ChangedKind]) -> tuple[ChangedCase, ...]:
    """The kinds of cases that come out otherwise, those with the same example together."""
    found: dict[str, list[str]] = {}
    for kind in kinds:
        example = case_words(ruleset, kind.example) or ALL_UNKNOWN
        before, after = (outcome_words(ruleset, kind.outcome, value) for value in (kind.before, kind.after))
        change = f"{outcome_label(ruleset, kind.outcome)}: {after}. Dat was: {before}."
        found.setdefault(example[:1].upper() + example[1:], []).append(change)
    return tuple(ChangedCase(example, tuple(changes)) for example, changes in found.items())


def _label(names: Mapping[str, Fact], name: str) -> str:
    return names[name].label if name in names else spoken(name)


def _said(fact: Fact | None, value: object) -> str:
    if value in (None, (), NOTHING):
        return NOTHING
    if fact is None:
        return spoken(str(value))
    if isinstance(value, tuple | list):
        return ", ".join(value_text(str(one), fact) for one in value)
    return value_text(value, fact) if isinstance(value, str) and not fact.type.is_opaque else say_value(fact, value)
