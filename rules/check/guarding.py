"""Holding a rule set against the national guard rails before it may be used: an example client for each it breaks."""

from collections.abc import Iterator
from datetime import date

from rules.check.comparing import compared
from rules.check.trials import Trials
from rules.check.witness import CellGoal, Facts, Search
from rules.evaluate import evaluate
from rules.findings import Finding
from rules.guard import broken_guards
from rules.ruleset import RuleSet

PER_ROW = 60


def guard_findings(ruleset: RuleSet, on: date) -> list[Finding]:
    """One finding per guard rail that some example client shows to be broken."""
    found: dict[str, Finding] = {}
    for facts in examples(ruleset, on):
        for row in broken_guards(ruleset, evaluate(ruleset, facts, on), facts, on):
            if row.id not in found:
                found[row.id] = _finding(row.id, row.because, facts)
        for comparison, case in compared(ruleset, facts, on, skip=found.keys()):
            found[comparison.id] = _finding(comparison.id, comparison.because, case)
    return list(found.values())


def examples(ruleset: RuleSet, on: date) -> Iterator[Facts]:
    """A case for every row, and each again with the conditions of every guard rail laid over it."""
    trials = Trials(ruleset, on)
    yield {}
    overlays = list(_overlays(ruleset, trials))
    yield from overlays
    for table in ruleset.tables:
        for place in range(len(table.rows)):
            facts = Search(ruleset, trials, left=PER_ROW).row(table, place)
            if facts is None:
                continue
            yield facts
            for overlay in overlays:
                yield {**facts, **overlay}


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


def _finding(guard: str, because: str, facts: Facts) -> Finding:
    example = ", ".join(f"{name} = {_text(value)}" for name, value in facts.items()) or "alles onbekend"
    return Finding("waarborgen.csv", f"deze regels breken een waarborg: {because} Voorbeeld: {example}.", row=guard)


def _text(value: object) -> str:
    return " + ".join(value) or "geen" if isinstance(value, tuple) else str(value)
