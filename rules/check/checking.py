"""The check of a whole rule set: every finding with an example case, what could not be established said as such."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from rules.check.classes import Assignment, columns_of
from rules.check.cover import MOST_STEPS, Cover, TooManySteps
from rules.check.finding import CheckFinding, Kind
from rules.check.guarding import harms, said
from rules.check.trials import Trials
from rules.check.usage import NOT_KNOWN, Use, usage_findings
from rules.check.witness import CellGoal, Facts, Kept, Search
from rules.engine.ruleset import RuleSet
from rules.engine.standing import as_it_stands
from rules.reading.guards import GUARD_FILE
from rules.tables.table import HitPolicy, Row, Table, places_in
from rules.values.cells import Cell, Range, Test
from rules.values.facts import Value

MOST_GAPS = 25
MOST_CLIENTS = 2_000
PER_EXAMPLE = 120


def check_ruleset(ruleset: RuleSet, use: Use = NOT_KNOWN) -> tuple[CheckFinding, ...]:
    """All findings about a rule set that is used like this."""
    seen: dict[str, Facts] = {name: {} for name in use.covered or ()}
    checker = _Checker(ruleset, Trials(ruleset, ruleset.valid_from), seen, kept=use.kept)
    found = [finding for table in ruleset.tables for finding in checker.table(table)]
    found += usage_findings(ruleset, use, _dead(found))
    for harm in harms(ruleset, ruleset.valid_from, most=MOST_CLIENTS, kept=use.kept):
        found.append(CheckFinding(Kind.WAARBORG, GUARD_FILE, harm.guard, said(harm), harm.facts))
    return tuple(found)


def check_table(ruleset: RuleSet, table: Table, *, most_steps: int = MOST_STEPS) -> tuple[CheckFinding, ...]:
    """The findings about one table, each search in it within so many steps."""
    checker = _Checker(ruleset, Trials(ruleset, ruleset.valid_from), most_steps=most_steps)
    return tuple(checker.table(table))


def _dead(found: list[CheckFinding]) -> frozenset[str]:
    return frozenset(item.row for item in found if item.kind in (Kind.DODE_REGEL, Kind.SLAAPT_DOOR_PARAMETER))


@dataclass(slots=True)
class _Checker:
    ruleset: RuleSet
    trials: Trials
    seen: dict[str, Facts] = field(default_factory=dict)
    most_steps: int = MOST_STEPS
    kept: Kept | None = None

    def table(self, table: Table) -> Iterator[CheckFinding]:
        cover = Cover(table, columns_of(self.ruleset, table), self.most_steps)
        for check in (self._gaps, self._overlaps, self._dead_rows):
            yield from self._within_limit(check, table, cover)

    def _within_limit(
        self, check: Callable[[Table, Cover], Iterator[CheckFinding]], table: Table, cover: Cover
    ) -> Iterator[CheckFinding]:
        try:
            yield from check(table, cover)
        except TooManySteps:
            message = "de tabel is te groot om dit helemaal na te gaan."
            yield CheckFinding(Kind.NIET_VASTGESTELD, table.name, "", message)

    def _gaps(self, table: Table, cover: Cover) -> Iterator[CheckFinding]:
        for outcome, rows in self._must_speak(table):
            doubt = None
            for assignment in islice(cover.gaps(rows), MOST_GAPS):
                example = self._example(assignment)
                if example is not None and not self._speaks(table, outcome, example):
                    message = f"voor dit geval geeft geen enkele regel een antwoord over {outcome}."
                    yield CheckFinding(Kind.GAT, table.name, "", message, example)
                    break
                doubt = doubt or assignment
            else:
                if doubt is not None:
                    message = f"misschien een gat voor {outcome} ({_said(doubt)}), maar er is geen voorbeeld gevonden."
                    yield CheckFinding(Kind.NIET_VASTGESTELD, table.name, "", message)

    def _must_speak(self, table: Table) -> Iterator[tuple[str, int]]:
        """The outcomes about which some row has to speak, with the rows that do."""
        elsewhere = {fact.name for other in self.ruleset.tables if other is not table for fact in other.outcomes}
        for fact in table.outcomes:
            has_value = fact.type.is_list or self.ruleset.outcomes[fact.name].default is not None
            if not has_value and fact.name not in elsewhere:
                yield fact.name, table.all_rows & ~table.same_results[fact.name].get(None, 0)
        if not table.policy.collects and all(fact.type.is_list for fact in table.outcomes):
            yield table.outcomes[0].name, table.all_rows

    def _speaks(self, table: Table, outcome: str, facts: Facts) -> bool:
        hit = next(hit for hit in as_it_stands(self.ruleset, facts, self.trials.on).hits if hit.table is table)
        return any(outcome in table.rows[place].results for place in places_in(hit.masks.now))

    def _overlaps(self, table: Table, cover: Cover) -> Iterator[CheckFinding]:
        if table.policy not in (HitPolicy.UNIEK, HitPolicy.ELKE):
            return
        for one, other in _pairs(len(table.rows)):
            same = table.rows[one].results == table.rows[other].results
            if same and table.policy is HitPolicy.ELKE:
                continue
            assignment = cover.together(one, other)
            if assignment is None:
                continue
            example = self._holding(table, table.rows[one], table.rows[other])
            row, against = table.rows[one].id, table.rows[other].id
            if example is not None:
                message = f"regel {row} en regel {against} gelden samen, dat mag niet bij „{table.policy}”."
                yield CheckFinding(Kind.OVERLAP, table.name, row, message, example)
            else:
                message = f"misschien gelden {row} en {against} samen, maar er is geen voorbeeld gevonden."
                yield CheckFinding(Kind.NIET_VASTGESTELD, table.name, row, message)

    def _dead_rows(self, table: Table, cover: Cover) -> Iterator[CheckFinding]:
        for place, row in enumerate(table.rows):
            sleeping = self._sleeps(table, row)
            if sleeping:
                message = f"deze regel geldt niet zolang parameter {sleeping} deze waarde heeft."
                yield CheckFinding(Kind.SLAAPT_DOOR_PARAMETER, table.name, row.id, message)
                continue
            before = 0 if table.policy.collects else (1 << place) - 1
            if row.id in self.seen:
                continue
            if cover.exact and cover.first(place, before) is None:
                yield self._shadowed(table, place, cover)
            elif self._search().row(table, place) is None:
                message = "er is geen geval gevonden waarin deze regel beslist."
                yield CheckFinding(Kind.NIET_VASTGESTELD, table.name, row.id, message)

    def _shadowed(self, table: Table, place: int, cover: Cover) -> CheckFinding:
        row = table.rows[place]
        example = self._holding(table, row)
        others = [table.rows[other].id for other in range(place) if cover.together(other, place) is not None]
        if not others:
            return CheckFinding(Kind.DODE_REGEL, table.name, row.id, "deze regel kan nooit gelden.", example)
        message = f"deze regel beslist nooit: {', '.join(others)} gaat altijd voor."
        return CheckFinding(Kind.DODE_REGEL, table.name, row.id, message, example)

    def _search(self) -> Search:
        return Search(self.ruleset, self.trials, left=PER_EXAMPLE, seen=self.seen, kept=self.kept)

    def _sleeps(self, table: Table, row: Row) -> str:
        for fact, cell in zip(table.columns, row.cells, strict=True):
            if fact.name in self.ruleset.constants and not cell.holds(self.ruleset.constants[fact.name]):
                return fact.name
        return ""

    def _holding(self, table: Table, *rows: Row) -> Facts | None:
        """Facts for which all these rows hold, whichever of them decides."""
        goals = tuple(
            CellGoal(fact.name, cell)
            for row in rows
            for fact, cell in zip(table.columns, row.cells, strict=True)
            if not cell.is_any
        )
        return self._search().meet(goals, {})

    def _example(self, assignment: Assignment) -> Facts | None:
        """Facts for which every named column has its value; None when none were found."""
        goals = tuple(CellGoal(name, exactly(value)) for name, value in assignment.items())
        goals = tuple(goal for goal in goals if goal.column not in self.ruleset.constants)
        return self._search().meet(goals, {})


def exactly(value: Value | None) -> Cell:
    """A cell that holds for this value, or for one just like it."""
    if value is None:
        return Cell(Test.NEVER_KNOWN, "onbekend", or_unknown=True)
    if isinstance(value, int):
        return Cell(Test.RANGES, str(value), ranges=(Range(value, value),))
    if isinstance(value, tuple):
        return (
            Cell(Test.HAS_ALL, f"bevat alle {' en '.join(value)}", words=value) if value else Cell(Test.EMPTY, "leeg")
        )
    return Cell(Test.ONE_OF, value, words=(value,))


def _pairs(count: int) -> Iterator[tuple[int, int]]:
    return ((one, other) for one in range(count) for other in range(one + 1, count))


def _said(assignment: Assignment) -> str:
    return ", ".join(f"{name} {'onbekend' if value is None else value}" for name, value in assignment.items())
