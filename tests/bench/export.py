"""The tables and cases as plain JSON, so that another engine in another environment can be given the same."""

from collections.abc import Mapping, Sequence

from rules import RuleSet
from rules.engine.evaluate import evaluate
from rules.tables.grammar import Reference
from rules.tables.table import Table, places_in
from rules.values.cells import Cell
from rules.values.facts import Fact, FactType
from rules.values.states import State, now_of
from tests.bench.invented import DAY


def tables_of(ruleset: RuleSet) -> list[dict[str, object]]:
    """Each table: its columns with their kind, and per row the id and the tests that it makes."""
    return [
        {
            "name": table.name,
            "first": not table.policy.collects,
            "columns": [{"name": fact.name, "kind": kind_of(fact)} for fact in table.columns],
            "rows": [{"id": row.id, "tests": [_test(cell) for cell in row.cells]} for row in table.rows],
        }
        for table in ruleset.tables
    ]


def case_of(ruleset: RuleSet, facts: Mapping[str, object]) -> dict[str, object]:
    """The values that each table asks of a case, worked out beforehand, and the rows that decide."""
    evaluation = evaluate(ruleset, facts, DAY)  # type: ignore[arg-type]
    inputs, expected = {}, {}
    seen = _before(ruleset, evaluation.hits, evaluation.states)
    for hit, known in zip(evaluation.hits, seen, strict=True):
        inputs[hit.table.name] = {fact.name: _plain(fact, known.get(fact.name)) for fact in hit.table.columns}
        expected[hit.table.name] = [hit.table.rows[place].id for place in places_in(hit.masks.now)]
    return {"inputs": inputs, "expected": expected}


def _before(ruleset: RuleSet, hits: Sequence, states: Mapping[str, State]) -> list[Mapping[str, State]]:
    """What was known before each table: outcomes that a later table rewrites are those of then."""
    found = []
    current = {name: state for name, state in states.items() if name not in ruleset.outcomes}
    for name, outcome in ruleset.outcomes.items():
        if outcome.fact.type.is_list:
            current[name] = ()
        elif outcome.default is not None:
            current[name] = outcome.default
    for hit in hits:
        found.append(dict(current))
        for fact in hit.table.outcomes:
            _apply(ruleset, hit.table, places_in(hit.masks.now), fact, current)
    return found


def _apply(ruleset: RuleSet, table: Table, rows: list[int], fact: Fact, current: dict[str, object]) -> None:
    outcome = ruleset.outcomes[fact.name]
    said = [word for place in rows for word in table.rows[place].results.get(fact.name, ())]
    if not said:
        return
    words = [now_of(current.get(word.name)) if isinstance(word, Reference) else word for word in said]
    if fact.type.is_list:
        earlier = current.get(fact.name, ())
        if table.policy.value == "voorrang":
            words.sort(key=fact.values.index)
        current[fact.name] = tuple(dict.fromkeys((*earlier, *words)))
    elif fact.values and (outcome.highest_wins or table.policy.collects):
        ranked = [word for word in words if word in fact.values]
        before = current.get(fact.name)
        if outcome.highest_wins and before in fact.values:
            ranked.append(before)
        current[fact.name] = min(ranked, key=fact.values.index) if ranked else words[0]
    else:
        current[fact.name] = words[0]


def kind_of(fact: Fact) -> str:
    """How a column is compared: as a word, a number, a list, or only whether it is known."""
    if fact.type.is_list:
        return "list"
    if fact.type.is_opaque:
        return "known"
    return "number" if fact.type is FactType.GETAL else "word"


def _test(cell: Cell) -> dict[str, object]:
    return {
        "test": cell.test.name,
        "words": list(cell.words),
        "ranges": [[part.low, part.high] for part in cell.ranges],
        "or_unknown": cell.or_unknown,
    }


def _plain(fact: Fact, state: State | None) -> object:
    value = now_of(state)
    if value is None:
        return None
    if fact.type.is_opaque:
        return "bekend"
    return list(value) if isinstance(value, tuple) else value
