"""Guard rails that compare two evaluations of one person: what a fact may never do to the outcome."""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from types import MappingProxyType

from rules.check.trials import Trials
from rules.check.witness import Facts
from rules.engine.evaluate import Evaluation
from rules.engine.ruleset import Comparison, RuleSet
from rules.engine.standing import as_it_stands
from rules.tables.table import places_in
from rules.values.facts import Value
from rules.values.urgentie import TODAY

REFUSED = "geen_maatwerk"
REFUSALS = (REFUSED, "eu_terugkeer")
EXCLUDED = ("opvang_uitgesloten", "buiten")

Outcomes = Mapping[str, Value | None]


def compared(
    ruleset: RuleSet, facts: Facts, trials: Trials, *, skip: Collection[str] = ()
) -> Iterator[tuple[Comparison, Facts]]:
    """The comparisons that this case breaks, each with the case in which the harm shows."""
    if ruleset.guards is None:
        return
    for comparison in ruleset.guards.comparisons:
        if comparison.id in skip:
            continue
        case = _PAIRS[comparison.function](ruleset, comparison, facts, trials)
        if case is not None:
            yield comparison, case


def outcomes_of(ruleset: RuleSet, facts: Facts, on: date) -> Outcomes:
    """The public outcomes as they stand."""
    return _public(ruleset, as_it_stands(ruleset, facts, on))


def _public(ruleset: RuleSet, evaluation: Evaluation) -> Outcomes:
    values = evaluation.values
    return {name: values.get(name) for name, outcome in ruleset.outcomes.items() if not outcome.own}


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
    """Making one fact unknown adds no exclusion and lowers no urgency for tonight.

    The urgency is not compared for the facts that are its very reason (not knowing `acuut_gevaar` is no danger),
    unless the comparison names them.
    """
    evaluation = as_it_stands(ruleset, facts, trials.on)
    before = _public(ruleset, evaluation)
    reasons = _behind(evaluation, trials, "urgentie") - set(comparison.facts)
    for name in facts:
        case = {key: value for key, value in facts.items() if key != name}
        after = outcomes_of(ruleset, case, trials.on)
        if excluded(before, after) or (name not in reasons and less_urgent(before, after)):
            return case
    return None


def _behind(evaluation: Evaluation, trials: Trials, outcome: str) -> set[str]:
    """The facts that the rows which gave an outcome asked, through earlier outcomes too."""
    found: set[str] = set()
    todo, seen = [outcome], {outcome}
    while todo:
        name = todo.pop()
        for hit in evaluation.hits:
            for place in places_in(hit.masks.now if name in hit.table.same_results else 0):
                if name not in hit.table.rows[place].results:
                    continue
                for asked in hit.table.asks[place]:
                    found.update(trials.needs(asked))
                    if asked not in seen and not trials.needs(asked):
                        seen.add(asked)
                        todo.append(asked)
    return found


def excluded(before: Outcomes, after: Outcomes) -> bool:
    """Whether an exclusion came in for someone who had none."""
    if before.get("kring") in EXCLUDED:
        return False
    came = set(_words(after)) - set(_words(before))
    return after.get("kring") in EXCLUDED or not came.isdisjoint(REFUSALS)


def less_urgent(before: Outcomes, after: Outcomes) -> bool:
    """Whether help for tonight or now became help for later."""
    return before.get("urgentie") in TODAY and after.get("urgentie") not in TODAY


def _changes_nothing(ruleset: RuleSet, comparison: Comparison, facts: Facts, trials: Trials) -> Facts | None:
    """These facts by themselves change no outcome, whichever of the compared values they have."""
    for name in comparison.facts:
        values = [value for value in trials.values.get(name, ()) if value not in (None, *comparison.beside)]
        seen: Outcomes | None = None
        for value in values:
            assert value is not None
            case = {**facts, name: value}
            outcomes = outcomes_of(ruleset, case, trials.on)
            if seen is not None and outcomes != seen:
                return case
            seen = outcomes
    return None


_PAIRS: Mapping[str, Callable[[RuleSet, Comparison, Facts, Trials], Facts | None]] = MappingProxyType(
    {
        "verliest_nooit": _never_loses,
        "onbekend_schaadt_nooit": _unknown_never_harms,
        "verandert_niets": _changes_nothing,
    }
)
