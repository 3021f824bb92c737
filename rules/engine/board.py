"""All tables of a rule set side by side: one bit per row, so that a fact is weighed once and not once per table.

Built when a rule set is made, never changed after. Facts and derived facts hold for all tables. An outcome holds for
the tables between the one that gave it and the next that gives it, so it has a strip for each table that gives it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import NamedTuple

from rules.derive.derive import FUNCTIONS, derive
from rules.tables.grammar import Constant
from rules.tables.index import AnyIndex, ChoiceIndex, index_of, masks_of
from rules.tables.lanes import Lanes, lanes_for
from rules.tables.outcomes import Masks, after_rows
from rules.tables.table import Table, places_in
from rules.values.cells import ALWAYS, Cell
from rules.values.derived import NOTHING_KNOWN, Argument, Derived, Source
from rules.values.facts import Fact, FactType, Outcome, Value
from rules.values.states import State, is_open
from rules.values.tonight import STAKES

MEMORY = 1_024
"""How many different combinations each part of the board remembers the outcome of."""


class Strip(NamedTuple):
    """One name over all rows; `words`: rows per word, None when the column has to be asked; `lane`: its full lane.

    `open_masks` gives the rows that hold now, could hold and must hold for a value that is not certain.
    """

    name: str
    column: AnyIndex
    words: Mapping[Value, int] | None
    other: int
    unknown_now: int
    unknown_must: int
    lane: int
    open_masks: Callable[[State], tuple[int, int, int]]


class Calculation(NamedTuple):
    """A derived fact; `run` works it out from its arguments when anything it needs is known.

    `blank`: what it is when nothing is, with the rows that then hold now, could hold and must hold; `lanes`: every
    answer it then rests on.
    """

    name: str
    needs: tuple[str, ...]
    any_of: frozenset[str]
    blank: State | None
    blank_masks: tuple[int, int, int]
    lanes: int
    strip: Strip | None
    run: Callable[[Mapping[str, Argument], Source], State | None]
    arguments: Mapping[str, Argument]


class Given(NamedTuple):
    """An outcome that a table gives. `strip`: for the tables that read it next, None when none does.

    `after` gives what the outcome is after the table, from the rows that decide and what it was before; None when a row
    gives the value of another name, so that more is needed (`rules.tables.outcomes`).
    `stakes`: for each stake that counts heaviest values, its place and the rows that give such a value.
    """

    name: str
    outcome: Outcome
    strip: Strip | None
    stakes: tuple[tuple[int, int], ...]
    after: Callable[[Masks, State | None], State] | None


class Told(NamedTuple):
    """What a step says of a row: its table, id, sentence and ground, and the names that its cells really ask about."""

    table: str
    row: str
    because: str
    ground: str
    asks: tuple[str, ...]
    provisional: bool


class Seat(NamedTuple):
    """A table on the board. `doubts`: for some rows the facts that can keep them in doubt; `asks`: what else, where."""

    table: Table
    shift: int
    every: int
    doubts: Callable[[int], int]
    asks: tuple[tuple[str, int], ...]
    gives: tuple[Given, ...]
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """The tables of a rule set, ready to evaluate; the rows are those left when the constants are filled in."""

    every: int
    now: int
    could: int
    must: int
    facts: tuple[Strip, ...]
    opaque: tuple[str, ...]
    """The facts whose value is no word, number or list."""
    derived: tuple[Calculation, ...]
    seats: tuple[Seat, ...]
    worked_out: tuple[str, ...]
    """The names that nobody is asked: derived facts and outcomes."""
    lanes: Lanes


@dataclass(frozen=True, slots=True)
class Names:
    """What tables may name: facts that a person can be asked, the region's choices, derived facts and outcomes."""

    facts: Mapping[str, Fact]
    constants: Mapping[str, Constant]
    derived: Sequence[Derived]
    outcomes: Mapping[str, Outcome]


class _Key(NamedTuple):
    """A name, and for an outcome the place of the table that gave it."""

    name: str
    giver: int = -1


def board_of(names: Names, tables: Sequence[Table]) -> Board:
    """Lay the tables side by side."""
    facts, constants, outcomes = names.facts, names.constants, names.outcomes
    rows = sum(len(table.rows) for table in tables)
    public = sum(not outcome.own for outcome in outcomes.values())
    lanes = lanes_for(facts, max((rows + len(tables)) * public, 1 << public, 1 << len(STAKES)))
    laid = _laid(tables, outcomes)
    every = (1 << rows) - 1
    strips = {key: _strip(fact, cells, every, lanes) for key, (fact, cells) in laid.items()}
    now = could = must = every
    for key, strip in strips.items():
        if key.name in constants:
            mask = strip.column.mask(constants[key.name])
            now, could, must = now & mask, could & mask, must & mask
        elif key.name in outcomes and key.giver < 0:
            now, must = now & strip.unknown_now, must & strip.unknown_must
    return Board(
        every=every,
        now=now,
        could=could,
        must=must,
        facts=tuple(strips.get(_Key(name)) or _strip(fact, {}, every, lanes) for name, fact in facts.items()),
        opaque=tuple(name for name, fact in facts.items() if fact.type is FactType.ZRM),
        derived=tuple(_calculations(names.derived, strips, lanes)),
        seats=tuple(_seats(tables, names, strips, lanes)),
        worked_out=(*(item.fact.name for item in names.derived), *outcomes),
        lanes=lanes,
    )


def _laid(tables: Sequence[Table], outcomes: Mapping[str, Outcome]) -> dict[_Key, tuple[Fact, dict[Cell, int]]]:
    """The cells of every name, each with the rows in which it stands."""
    found: dict[_Key, tuple[Fact, dict[Cell, int]]] = {}
    givers: dict[str, int] = {}
    shift = 0
    for place, table in enumerate(tables):
        for column, fact in enumerate(table.columns):
            key = _Key(fact.name, givers.get(fact.name, -1) if fact.name in outcomes else -1)
            _, cells = found.setdefault(key, (fact, {}))
            for row, line in enumerate(table.rows):
                cell = line.cells[column]
                cells[cell] = cells.get(cell, 0) | 1 << shift + row
        givers |= {fact.name: place for fact in table.outcomes}
        shift += len(table.rows)
    return found


def _strip(fact: Fact, cells: Mapping[Cell, int], every: int, lanes: Lanes) -> Strip:
    elsewhere = every
    for rows in cells.values():
        elsewhere &= ~rows
    index = index_of(fact, {**cells, ALWAYS: cells.get(ALWAYS, 0) | elsewhere})
    words = index.masks if isinstance(index, ChoiceIndex) else None
    other = index.other if isinstance(index, ChoiceIndex) else 0
    masks = lru_cache(MEMORY)(partial(masks_of, index))
    lane = lanes.full.get(fact.name, 0)
    return Strip(fact.name, index, words, other, index.unknown_now, index.unknown_must, lane, masks)


def _calculations(derived: Sequence[Derived], strips: Mapping[_Key, Strip], lanes: Lanes) -> Iterator[Calculation]:
    behind: dict[str, int] = {}
    for item in derived:
        name = item.fact.name
        blank = derive(item, NOTHING_KNOWN)
        behind[name] = 0
        for need in item.needs if is_open(blank) else ():
            behind[name] |= behind.get(need, 0) | lanes.one.get(need, 0)
        run = FUNCTIONS[item.function].run
        strip = strips.get(_Key(name))
        masks = (-1, -1, -1) if strip is None else masks_of(strip.column, blank)
        yield Calculation(
            name, item.needs, frozenset(item.needs), blank, masks, behind[name], strip, run, item.arguments
        )


def _seats(tables: Sequence[Table], names: Names, strips: Mapping[_Key, Strip], lanes: Lanes) -> Iterator[Seat]:
    shift = 0
    outcomes = names.outcomes
    open_names = {*outcomes, *(item.fact.name for item in names.derived)}
    for place, table in enumerate(tables):
        asks = tuple(
            (name, table.all_rows & ~index.unknown_must) for name, index in table.indexes if name in open_names
        )
        told = tuple(
            Told(table.name, row.id, row.because, row.ground, asked, row.provisional)
            for row, asked in zip(table.rows, table.asks, strict=True)
        )
        gives = tuple(
            Given(
                fact.name,
                outcomes[fact.name],
                strips.get(_Key(fact.name, place)),
                _stakes(table, fact),
                _after(outcomes[fact.name], table),
            )
            for fact in table.outcomes
        )
        yield Seat(table, shift, table.all_rows, _doubts(table, lanes), asks, gives, told)
        shift += len(table.rows)


def _after(outcome: Outcome, table: Table) -> Callable[[Masks, State | None], State] | None:
    if table.references[outcome.fact.name]:
        return None
    name = outcome.fact.name
    return lru_cache(MEMORY)(
        lambda masks, before: after_rows(outcome, table, masks, {} if before is None else {name: before})
    )


def _doubts(table: Table, lanes: Lanes) -> Callable[[int], int]:
    """For some rows one in the lane of every fact that a row needs to know, added up over the rows."""
    by_row = [
        sum(lanes.one.get(name, 0) for name, index in table.indexes if not index.unknown_must >> place & 1)
        for place in range(len(table.rows))
    ]
    return lru_cache(MEMORY)(lambda rows: sum([by_row[place] for place in places_in(rows)]))


def _stakes(table: Table, fact: Fact) -> tuple[tuple[int, int], ...]:
    found = []
    for place, stake in enumerate(STAKES):
        if stake.outcome == fact.name and stake.heaviest is not None:
            heavy = frozenset(fact.values[: stake.heaviest])
            rows = sum(
                1 << row
                for row, result in enumerate(table.results[fact.name])
                if result and not heavy.isdisjoint(result)
            )
            if rows:
                found.append((place, rows))
    return tuple(found)
