"""Guard rails that compare two evaluations of one person: what a fact may never do to the outcome."""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from types import MappingProxyType

from rules.check.trials import Trials
from rules.check.witness import Facts
from rules.evaluate import evaluate
from rules.facts import Value
from rules.ruleset import Comparison, RuleSet
from rules.states import now_of

REFUSED = "geen_maatwerk"
EXCLUDED = ("opvang_uitgesloten", "buiten")
URGENT = ("U0", "U1")

Outcomes = Mapping[str, Value | None]


def compared(
    ruleset: RuleSet, facts: Facts, on: date, *, skip: Collection[str] = ()
) -> Iterator[tuple[Comparison, Facts]]:
    """The comparisons that this case breaks, each with the case in which the harm shows."""
    if ruleset.guards is None:
        return
    trials: Trials | None = None
    for comparison in ruleset.guards.comparisons:
        if comparison.id in skip:
            continue
        trials = trials or Trials(ruleset, on)
        case = _PAIRS[comparison.function](ruleset, comparison, facts, trials)
        if case is not None:
            yield comparison, case


def outcomes_of(ruleset: RuleSet, facts: Facts, on: date) -> Outcomes:
    """The public outcomes as they stand."""
    states = evaluate(ruleset, facts, on).states
    return {name: now_of(states.get(name)) for name, outcome in ruleset.outcomes.items() if not outcome.own}


def _never_loses(ruleset: RuleSet, comparison: Comparison, facts: Facts, trials: Trials) -> Facts | None:
    """Giving these facts any value adds no refusal and takes no answer for tonight away."""
    without = {name: value for name, value in facts.items() if name not in comparison.facts}
    before = outcomes_of(ruleset, without, trials.on)
    for name in comparison.facts:
        for value in trials.values.get(name, ()):
            if value is None:
                continue
            case = {**without, name: value}
            if harmed(before, outcomes_of(ruleset, case, trials.on)):
                return case
    return facts if harmed(before, outcomes_of(ruleset, facts, trials.on)) else None


def harmed(before: Outcomes, after: Outcomes) -> bool:
    """Whether a refusal came or the answer for tonight went."""
    refused = REFUSED in _words(after) and REFUSED not in _words(before)
    lost = before.get("overbrugging") not in (None, "geen") and after.get("overbrugging") in (None, "geen")
    return refused or lost


def _words(outcomes: Outcomes) -> tuple[str, ...]:
    value = outcomes.get("voorzieningen")
    return value if isinstance(value, tuple) else ()


def _unknown_never_harms(ruleset: RuleSet, comparison: Comparison, facts: Facts, trials: Trials) -> Facts | None:
    """Making one fact unknown adds no exclusion; for the facts that are named it lowers no urgency for tonight either.

    Only named facts, since not knowing the very reason of the urgency (`acuut_gevaar`) says nothing about its absence.
    """
    before = outcomes_of(ruleset, facts, trials.on)
    for name in facts:
        case = {key: value for key, value in facts.items() if key != name}
        after = outcomes_of(ruleset, case, trials.on)
        if excluded(before, after) or (name in comparison.facts and less_urgent(before, after)):
            return case
    return None


def excluded(before: Outcomes, after: Outcomes) -> bool:
    """Whether an exclusion came in."""
    circle = after.get("kring") in EXCLUDED and before.get("kring") not in EXCLUDED
    return circle or (REFUSED in _words(after) and REFUSED not in _words(before))


def less_urgent(before: Outcomes, after: Outcomes) -> bool:
    """Whether help for tonight or now became help for later."""
    return before.get("urgentie") in URGENT and after.get("urgentie") not in URGENT


def _changes_nothing(ruleset: RuleSet, comparison: Comparison, facts: Facts, trials: Trials) -> Facts | None:
    """These facts by themselves change no outcome."""
    without = {name: value for name, value in facts.items() if name not in comparison.facts}
    before = outcomes_of(ruleset, without, trials.on)
    for name in comparison.facts:
        for value in trials.values.get(name, ()):
            case = without if value is None else {**without, name: value}
            if outcomes_of(ruleset, case, trials.on) != before:
                return case
    return None


_PAIRS: Mapping[str, Callable[[RuleSet, Comparison, Facts, Trials], Facts | None]] = MappingProxyType(
    {
        "verliest_nooit": _never_loses,
        "onbekend_schaadt_nooit": _unknown_never_harms,
        "verandert_niets": _changes_nothing,
    }
)
