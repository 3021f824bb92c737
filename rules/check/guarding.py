"""Holding a rule set against the national guard rails before it may be used: an example client for each it breaks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice

from rules.check.comparing import compared
from rules.check.trials import Trials
from rules.check.witness import CellGoal, Facts, Kept, Search
from rules.engine.guard import Weighed, broken_guards
from rules.engine.ruleset import RuleSet
from rules.engine.standing import as_it_stands
from rules.values.findings import Finding

PER_ROW = 25
COMPARED_PER = 60
"""One of so many cases is also evaluated in pairs, which takes about a hundred evaluations."""
AT_LOAD = 180
"""Cases looked at when a set is loaded; the full check (`rules.check`) looks at all of them."""


@dataclass(frozen=True, slots=True)
class Harm:
    """A guard rail that a rule set breaks: its row, why it matters, and facts of a client whom it harms."""

    guard: str
    because: str
    facts: Facts


def guard_findings(ruleset: RuleSet, on: date, *, most: int = AT_LOAD) -> list[Finding]:
    """One finding per guard rail that some example client shows to be broken, over at most so many cases."""
    return [
        Finding("waarborgen.csv", f"{said(harm)} Voorbeeld: {_client(harm.facts)}.", row=harm.guard)
        for harm in harms(ruleset, on, most=most)
    ]


def harms(ruleset: RuleSet, on: date, *, most: int, kept: Kept | None = None) -> Iterable[Harm]:
    """The guard rails that are broken, each with the first example client that shows it.

    With `kept` (whether the form keeps these facts) a client that the form could tell of goes before one it could not.
    """
    found: dict[str, Harm] = {}
    if ruleset.guards is None:
        return ()
    trials = Trials(ruleset, on)
    for facts in islice(examples(ruleset, trials), most):
        for row in broken_guards(Weighed(ruleset, as_it_stands(ruleset, facts, on), facts, on)):
            if row.id not in found or (kept is not None and kept(facts) and not kept(found[row.id].facts)):
                found[row.id] = Harm(row.id, row.because, facts)
    for facts in islice(chain(_overlays(ruleset, trials), _cases(ruleset, trials)), most // COMPARED_PER):
        for comparison, case in compared(ruleset, facts, trials, skip=found.keys()):
            found[comparison.id] = Harm(comparison.id, comparison.because, case)
    return found.values()


def said(harm: Harm) -> str:
    """Which guard rail is broken, in Dutch."""
    return f"deze regels breken een waarborg: {harm.because}"


def examples(ruleset: RuleSet, trials: Trials) -> Iterator[Facts]:
    """A case for every row, and each again with the conditions of every guard rail laid over it.

    The rows take turns, so that a few cases already look at all of the tables.
    """
    overlays = list(_overlays(ruleset, trials))
    yield from overlays
    for facts in _cases(ruleset, trials):
        yield facts
        for overlay in overlays:
            yield {**facts, **overlay}


def _cases(ruleset: RuleSet, trials: Trials) -> Iterator[Facts]:
    """A case for every row that one is found for, table by table in turn; first the one of whom nothing is known."""
    yield {}
    seen: dict[str, Facts] = {}
    longest = max((len(table.rows) for table in ruleset.tables), default=0)
    for place in range(longest):
        for table in ruleset.tables:
            if place < len(table.rows):
                facts = Search(ruleset, trials, left=PER_ROW, seen=seen).row(table, place)
                if facts is not None:
                    yield facts


def _overlays(ruleset: RuleSet, trials: Trials) -> Iterator[Facts]:
    """For each guard rail the facts that its own conditions ask for."""
    guards = ruleset.guards
    if guards is None:
        return
    seen: list[Facts] = []
    for row in guards.when.rows:
        goals = tuple(
            CellGoal(fact.name, cell)
            for fact, cell in zip(guards.when.columns, row.cells, strict=True)
            if not cell.is_any and fact.name in trials.values
        )
        facts = Search(ruleset, trials, left=PER_ROW).meet(goals, {}) if goals else None
        if facts and facts not in seen:
            seen.append(facts)
            yield facts


def _client(facts: Facts) -> str:
    return ", ".join(f"{name} = {_text(value)}" for name, value in facts.items()) or "alles onbekend"


def _text(value: object) -> str:
    return " + ".join(value) or "geen" if isinstance(value, tuple) else str(value)
