"""Evaluating tables with unknown answers: what holds now, what could still hold, what must hold whatever comes out.

Sound: whatever value each unknown answer turns out to have, or when it stays unknown, every outcome lies within the
states given here. Columns are weighed apart, so a state may be wider than strictly possible, never narrower.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from rules.derive import Derived, Source, derive
from rules.facts import FactValue, read_facts
from rules.index import masks_of
from rules.outcomes import Masks, combined, first_state
from rules.ruleset import RuleSet
from rules.states import OpenList, OpenValue, State, is_open
from rules.table import Table

Weights = dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class Hit:
    """How one table came out: which rows decide now, could decide, surely decide."""

    table: Table
    masks: Masks

    @property
    def certain(self) -> bool:
        """Whether no unknown answer can change which rows decide."""
        return self.masks.now == self.masks.could == self.masks.surely


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All that came out of one evaluation; `states` holds facts, derived facts and outcomes by name.

    `sources` gives per open name the unknown answers it depends on; `weights` per public outcome the unknown answers
    that can change it and in how many rows.
    """

    states: Mapping[str, State]
    hits: tuple[Hit, ...]
    sources: Mapping[str, frozenset[str]]
    weights: Mapping[str, Mapping[str, int]]


def evaluate(ruleset: RuleSet, facts: Mapping[str, FactValue], on: date) -> Evaluation:
    """Evaluate every table in order.

    Raises:
        InvalidFacts: a fact has a value that is not allowed.
    """
    answers = read_facts(facts, ruleset.facts)
    states: dict[str, State] = dict(ruleset.constants)
    for name, value in answers.items():
        states[name] = value if isinstance(value, str | int | tuple) else ""
    sources: dict[str, frozenset[str]] = {}
    add_derived(ruleset.derived, Source(states, answers, on, ruleset.region), states, sources)
    weights: Weights = {}
    hits = tuple(_evaluate_table(ruleset, table, states, sources, weights) for table in ruleset.tables)
    for name, outcome in ruleset.outcomes.items():
        if name not in states:
            states[name] = first_state(outcome)
    return Evaluation(states, hits, sources, weights)


def add_derived(
    derived: tuple[Derived, ...], source: Source, states: dict[str, State], sources: dict[str, frozenset[str]]
) -> None:
    """Add each derived fact to `states`, and for open ones the unknown answers behind it to `sources`."""
    for item in derived:
        state = derive(item, source)
        if state is not None:
            states[item.fact.name] = state
        if is_open(state):
            sources[item.fact.name] = _behind(item.needs, states, sources)


def _behind(
    names: tuple[str, ...], states: Mapping[str, State], sources: Mapping[str, frozenset[str]]
) -> frozenset[str]:
    found: set[str] = set()
    for name in names:
        if name in sources:
            found |= sources[name]
        elif name not in states or is_open(states[name]):
            found.add(name)
    return frozenset(found or names)


def _evaluate_table(
    ruleset: RuleSet, table: Table, states: dict[str, State], sources: dict[str, frozenset[str]], weights: Weights
) -> Hit:
    hit, doubts = _hit(table, states)
    after: dict[str, State] = {}
    behind: dict[str, frozenset[str]] = {}
    for fact in table.outcomes:
        name = fact.name
        outcome = ruleset.outcomes[name]
        after[name] = state = combined(outcome, table, hit.masks, states)
        if is_open(state):
            counts = None if outcome.own else weights.setdefault(name, {})
            blamed = _blame(_changing_rows(hit, name), doubts, sources, counts)
            if table.references[name]:
                blamed |= _blame(hit.masks.could, _lent(hit, name, states), sources, counts)
            behind[name] = blamed | sources[name] if name in sources else blamed
    for name, state in after.items():
        states[name] = state
        if name in behind:
            sources[name] = behind[name]
        else:
            sources.pop(name, None)
    return hit


def _lent(hit: Hit, outcome: str, states: Mapping[str, State]) -> list[tuple[str, int]]:
    """The open names whose value a row that could decide would give to this outcome; no row is sure of them."""
    lenders = [name for rows, name in hit.table.references[outcome] if rows & hit.masks.could]
    return [(name, 0) for name in lenders if is_open(states.get(name))]


def _hit(table: Table, states: Mapping[str, State]) -> tuple[Hit, list[tuple[str, int]]]:
    """How the table comes out, and its columns in doubt with the rows that hold there whatever comes out."""
    now = could = must = table.all_rows
    doubts: list[tuple[str, int]] = []
    for name, index, words, other, unknown_now, unknown_must in table.lookups:
        state = states.get(name)
        if state is None:
            now &= unknown_now
            must &= unknown_must
            doubts.append((name, unknown_must))
            continue
        if type(state) is str and words is not None:
            rows = words.get(state, other)
        elif type(state) is OpenValue or type(state) is OpenList:
            rows_now, rows, rows_must = masks_of(index, state)
            now &= rows_now
            could &= rows
            must &= rows_must
            doubts.append((name, rows_must))
            continue
        else:
            rows = index.mask(state)  # type: ignore[arg-type]  # neither open nor unknown
        now &= rows
        could &= rows
        must &= rows
        if not could:
            break
    return Hit(table, _deciding(table, now, could, must)), doubts


def _deciding(table: Table, now: int, could: int, must: int) -> Masks:
    """From the rows that hold to the rows that decide."""
    if table.collects:
        return Masks(now, could, must, covered=False)
    if must:
        first = must & -must
        could &= (first << 1) - 1
        return Masks(now & -now, could, first if could == first else 0, covered=True)
    return Masks(now & -now, could, 0, covered=False)


def _changing_rows(hit: Hit, outcome: str) -> int:
    """The rows on which it depends whether this outcome becomes another one than it is now.

    Where the first row decides, that is every row that could: one in doubt may hide a later one that says otherwise.
    """
    same = hit.table.same_results[outcome]
    masks = hit.masks
    if hit.table.collects:
        return masks.could & ~masks.surely & ~same.get(None, 0)
    result = hit.table.results[outcome][masks.now.bit_length() - 1] if masks.now else None
    if masks.covered and not masks.could & ~same.get(result, 0):
        return 0
    return masks.could


def _blame(
    rows: int,
    doubts: list[tuple[str, int]],
    sources: Mapping[str, frozenset[str]],
    counts: dict[str, int] | None,
) -> frozenset[str]:
    """The unknown answers that decide about these rows; `counts` notes in how many rows, when the outcome is public."""
    direct: dict[str, int] = {}
    indirect: set[str] = set()
    for name, must in doubts:
        undecided = rows & ~must
        if undecided:
            behind = sources.get(name)
            if behind is None:
                direct[name] = undecided.bit_count()
            else:
                indirect |= behind
    if counts is not None:
        for name, count in direct.items():
            counts[name] = counts.get(name, 0) + count
        for name in indirect:
            counts[name] = counts.get(name, 0) + 1
    return frozenset(indirect.union(direct))
