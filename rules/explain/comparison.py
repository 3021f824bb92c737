"""Two rule sets side by side: the changed words in Dutch, and which kinds of cases come out differently."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice

from rules.check.comparing import outcomes_of
from rules.check.trials import Trials
from rules.check.witness import Facts, Kept, Search
from rules.engine.ruleset import RuleSet
from rules.explain.unchanged import unchanged_outcomes
from rules.tables.grammar import Reference, Result
from rules.tables.table import Row, Table
from rules.values.cells import ALWAYS, Cell
from rules.values.facts import Known, Value
from rules.values.wording import say_list

MOST_CASES = 1_500
PER_ROW = 40


@dataclass(frozen=True, slots=True)
class ChangedKind:
    """A kind of case that comes out differently: one outcome before and after, and an invented example."""

    outcome: str
    before: Value | None
    after: Value | None
    example: Mapping[str, Known]

    def __str__(self) -> str:
        """One Dutch sentence."""
        facts = ", ".join(f"{name} {_value(value)}" for name, value in self.example.items()) or "alles onbekend"
        return f"{self.outcome} wordt {_value(self.after)} in plaats van {_value(self.before)}, bijvoorbeeld: {facts}."


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed between two sets. `complete`: it is proved that no case comes out otherwise than is told here.

    `unchanged`: the outcomes that are proved to come out the same in every case; `stopped`: the search for examples of
    the others ended at its limit.
    """

    lines: tuple[str, ...]
    kinds: tuple[ChangedKind, ...]
    complete: bool
    unchanged: tuple[str, ...] = ()
    stopped: bool = False
    outside: tuple[str, ...] = ()
    """The parameters that changed and that no table takes: the terms that are counted beside the outcomes."""

    @property
    def limits(self) -> tuple[str, ...]:
        """What is established and what is not, in Dutch sentences."""
        if self.complete:
            if not self.outside:
                return ("Vastgesteld: geen enkel geval komt anders uit.",)
            terms = say_list(list(self.outside))
            return (f"Vastgesteld: geen enkel geval krijgt een andere uitkomst. Wel verandert een termijn: {terms}.",)
        said = ["Niet vastgesteld: of er nog andere gevallen zijn die anders uitkomen. Dit zijn voorbeelden."]
        if self.stopped:
            said.append("Het zoeken naar voorbeelden is gestopt voordat alles was nagegaan.")
        if self.unchanged:
            said.append(f"Vastgesteld: deze uitkomsten blijven voor iedereen gelijk: {say_list(list(self.unchanged))}.")
        return tuple(said)


def compare(old: RuleSet, new: RuleSet, *, most: int = MOST_CASES, kept: Kept | None = None) -> Difference:
    """The difference in words and in kinds of cases, over at most so many invented cases.

    The outcomes that surely stay the same are proved first; when none is left to change, no example is looked for.
    `kept`: whether the form keeps all facts of a case; others are no example.
    """
    same = unchanged_outcomes(old, new)
    public = [name for item in (old, new) for name, outcome in item.outcomes.items() if not outcome.own]
    if same.issuperset(public):
        return Difference(
            tuple(lines(old, new)),
            (),
            complete=True,
            unchanged=tuple(dict.fromkeys(public)),
            outside=_outside(old, new),
        )
    found: dict[tuple[object, ...], ChangedKind] = {}
    cases = _cases(old, new, kept)
    for facts in islice(cases, most):
        for name, before, after in changes(old, new, facts, new.valid_from):
            kind = ChangedKind(name, before, after, facts)
            key = (name, before, after)
            if key not in found or len(facts) < len(found[key].example):
                found[key] = kind
    return Difference(
        tuple(lines(old, new)),
        tuple(found.values()),
        complete=False,
        unchanged=tuple(name for name in dict.fromkeys(public) if name in same),
        stopped=next(cases, None) is not None,
        outside=_outside(old, new),
    )


def _outside(old: RuleSet, new: RuleSet) -> tuple[str, ...]:
    """The changed parameters that neither set fills in anywhere, nor asks in a column."""
    asked = {fact.name for ruleset in (old, new) for table in ruleset.tables for fact in table.columns}
    taken = old.filled_in | new.filled_in | asked
    names = dict.fromkeys((*old.parameters, *new.parameters))
    values = {name: [item.constants.get(name) for item in (old, new)] for name in names if name not in taken}
    return tuple(name for name, (before, after) in values.items() if before != after)


def changes(old: RuleSet, new: RuleSet, facts: Facts, on: date) -> Iterator[tuple[str, Value | None, Value | None]]:
    """The outcomes of one case that differ, before and after."""
    before, after = outcomes_of(old, facts, on), outcomes_of(new, facts, on)
    for name in dict.fromkeys((*before, *after)):
        if before.get(name) != after.get(name):
            yield name, before.get(name), after.get(name)


def _cases(old: RuleSet, new: RuleSet, kept: Kept | None) -> Iterator[Facts]:
    """A case for every row of both sets, and each again with one fact at every value that matters."""
    yield {}
    trials = [Trials(old, new.valid_from), Trials(new, new.valid_from)]
    shared = old.facts.keys() & new.facts.keys()
    for ruleset, trial in zip((new, old), reversed(trials), strict=True):
        seen: dict[str, Facts] = {}
        for table in ruleset.tables:
            for place in range(len(table.rows)):
                facts = Search(ruleset, trial, left=PER_ROW, seen=seen, kept=kept).row(table, place)
                if facts is None or not facts.keys() <= shared:
                    continue
                yield facts
                yield from (case for case in _variations(facts, trials) if kept is None or kept(case))


def _variations(facts: Facts, trials: list[Trials]) -> Iterator[Facts]:
    """The case again with one of its facts at every other value that either set tells apart."""
    for name in facts:
        values = {repr(value): value for trial in trials for value in trial.values.get(name, ())}
        for value in values.values():
            if value is not None and value != facts[name]:
                yield {**facts, name: value}


def lines(old: RuleSet, new: RuleSet) -> Iterator[str]:
    """The changed words, one Dutch line each; the thing that changed stands in front."""
    yield from _changed("de set", "eerste dag", old.valid_from, new.valid_from)
    yield from _changed("de set", "laatste dag", old.valid_to, new.valid_to)
    for name in dict.fromkeys((*old.parameters, *new.parameters)):
        one, other = old.parameters.get(name), new.parameters.get(name)
        if one is None or other is None:
            yield f"parameter {name}: {'nieuw, ' + _value(other.value) if other else 'vervallen'}."
        else:
            for line in _changed(f"parameter {name}", "waarde", _value(one.value), _value(other.value)):
                yield f"{line} Dit is: {other.note}." if other.note else line
    yield from _derived(old, new)
    yield from _destinations(old, new)
    before = {table.name: table for table in old.tables}
    after = {table.name: table for table in new.tables}
    for name in dict.fromkeys((*before, *after)):
        if name not in before or name not in after:
            yield f"tabel {name}: {'nieuw' if name in after else 'vervallen'}."
        else:
            yield from _table(before[name], after[name])
    if [name for name in before if name in after] != [name for name in after if name in before]:
        yield "de tabellen staan in een andere volgorde."


def _changed(what: str, part: str, before: object, after: object) -> Iterator[str]:
    if before != after:
        yield f"{what}: {part} van „{before}” naar „{after}”."


def _derived(old: RuleSet, new: RuleSet) -> Iterator[str]:
    before = {item.fact.name: item for item in old.derived}
    after = {item.fact.name: item for item in new.derived}
    for name in dict.fromkeys((*before, *after)):
        one, other = before.get(name), after.get(name)
        if one is None or other is None:
            yield f"afgeleid feit {name}: {'nieuw' if other else 'vervallen'}."
        elif (one.function, dict(one.arguments)) != (other.function, dict(other.arguments)):
            yield f"afgeleid feit {name}: wordt anders berekend."


def _destinations(old: RuleSet, new: RuleSet) -> Iterator[str]:
    for code in dict.fromkeys((*old.destinations, *new.destinations)):
        one, other = old.destinations.get(code), new.destinations.get(code)
        if one is None or other is None:
            yield f"bestemming {code}: {'nieuw' if other else 'vervallen'}."
        else:
            for part in ("kind", "name", "gemeente"):
                label = {"kind": "soort", "name": "naam"}.get(part, part)
                yield from _changed(f"bestemming {code}", label, getattr(one, part), getattr(other, part))


def _table(old: Table, new: Table) -> Iterator[str]:
    yield from _changed(f"tabel {old.name}", "treffer", old.policy, new.policy)
    before, after = {row.id: row for row in old.rows}, {row.id: row for row in new.rows}
    for name in dict.fromkeys((*before, *after)):
        if name not in after:
            yield f"{name}: vervallen."
        elif name not in before:
            yield f"{name}: nieuw, {_row(new, after[name])}."
        else:
            yield from _rows(name, (old, before[name]), (new, after[name]))
    kept = [name for name in before if name in after]
    if kept != [name for name in after if name in before] and not new.policy.collects:
        yield f"tabel {new.name}: de regels staan in een andere volgorde."


def _rows(name: str, old: tuple[Table, Row], new: tuple[Table, Row]) -> Iterator[str]:
    before, after = _cells(*old), _cells(*new)
    for column in dict.fromkeys((*before, *after)):
        one, other = before.get(column, ALWAYS), after.get(column, ALWAYS)
        if one.text != other.text or _meaning(one) != _meaning(other):
            note = "" if one.text != other.text else " (door een parameter)"
            yield f"{name}: {column} van „{_meant(one)}” naar „{_meant(other)}”{note}."
    for outcome in dict.fromkeys((*old[1].results, *new[1].results)):
        said, says = old[1].results.get(outcome), new[1].results.get(outcome)
        yield from _changed(name, f"uitkomst {outcome}", _result(said), _result(says))
    yield from _changed(name, "omdat", old[1].because, new[1].because)
    yield from _changed(name, "grondslag", old[1].ground, new[1].ground)


def _cells(table: Table, row: Row) -> dict[str, Cell]:
    return {fact.name: cell for fact, cell in zip(table.columns, row.cells, strict=True)}


def _meaning(cell: Cell) -> tuple[object, ...]:
    return cell.test, cell.words, cell.ranges, cell.or_unknown


def _meant(cell: Cell) -> str:
    """What was written, with numbers filled in where a parameter stands."""
    if "[" not in cell.text:
        return cell.text
    ends = [
        f"{part.low if part.low is not None else ''}..{part.high if part.high is not None else ''}"
        for part in cell.ranges
    ]
    return f"{cell.text} = {' of '.join(ends or cell.words)}"


def _end(number: int | None) -> str:
    return "" if number is None else str(number)


def _row(table: Table, row: Row) -> str:
    asked = [f"{column} {cell.text}" for column, cell in _cells(table, row).items() if not cell.is_any]
    said = [f"{outcome} {_result(result)}" for outcome, result in row.results.items()]
    return f"als {say_list(asked)} dan {say_list(said)}" if asked else f"altijd {say_list(said)}"


def _result(result: Result | None) -> str:
    if result is None:
        return "-"
    return ", ".join(f"{{{said.name}}}" if isinstance(said, Reference) else str(said) for said in result)


def _value(value: object) -> str:
    if value is None:
        return "niets"
    return ", ".join(value) or "niets" if isinstance(value, tuple) else str(value)
