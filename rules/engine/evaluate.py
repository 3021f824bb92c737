"""Evaluating tables with unknown answers: what holds now, what could still hold, what must hold whatever comes out.

Sound: whatever value each unknown answer turns out to have, or when it stays unknown, every outcome lies within the
states given here. Columns are weighed apart, so a state may be wider than strictly possible, never narrower.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from rules.engine.board import Board, Given, Seat, Strip
from rules.engine.ruleset import RuleSet
from rules.tables.outcomes import Masks, after_rows, first_state
from rules.tables.table import Table
from rules.values.derived import Source
from rules.values.facts import FactValue, Known, Value, read_facts
from rules.values.states import OpenList, OpenValue, State, is_open
from rules.values.tonight import STAKES


class Hit(NamedTuple):
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

    `values` holds the same as it stands, without what is unknown.
    `counts` gives per public outcome in how many rows each unknown answer can change it, `stakes` which unknown answers
    could bring each stake of `rules.values.tonight`; both in lanes of the board.
    """

    states: Mapping[str, State]
    values: Mapping[str, Value]
    hits: tuple[Hit, ...]
    board: Board
    counts: Mapping[str, int]
    stakes: tuple[int, ...]

    @property
    def weights(self) -> Mapping[str, Mapping[str, int]]:
        """Per public outcome the unknown answers that can change it, and in how many rows."""
        return {name: dict(self.board.lanes.counted(counts)) for name, counts in self.counts.items()}


def evaluate(ruleset: RuleSet, facts: Mapping[str, FactValue], on: date) -> Evaluation:
    """Evaluate every table in order.

    Raises:
        InvalidFacts: a fact has a value that is not allowed.
    """
    answers = read_facts(facts, ruleset.facts)
    run = _Run(ruleset.board, states_of(ruleset, answers))
    run.weigh_facts()
    run.weigh_derived(Source(run.states, answers, on, ruleset.region))
    hits = [run.weigh_table(seat) for seat in ruleset.board.seats]
    for name, outcome in ruleset.outcomes.items():
        if name not in run.states:
            run.states[name] = first_state(outcome)
    return Evaluation(run.states, run.values(), tuple(hits), ruleset.board, run.counts, tuple(run.stakes))


def states_of(ruleset: RuleSet, answers: Mapping[str, Known]) -> dict[str, State]:
    """What is known before anything is derived: the region's choices and the answers."""
    states: dict[str, State] = {**ruleset.constants, **answers}  # type: ignore[dict-item]  # opaque ones follow
    for name in ruleset.board.opaque:
        if name in answers:
            states[name] = ""
    return states


class _Run:
    """One evaluation under way: the rows of the whole board that hold now, could hold and must hold so far.

    `musts` gives per open name that is no answer the rows that hold there whatever comes out, `behind` the unknown
    answers that it rests on.
    """

    __slots__ = ("behind", "board", "could", "counts", "must", "musts", "now", "stakes", "states", "unknown")

    def __init__(self, board: Board, states: dict[str, State]) -> None:
        self.board, self.states = board, states
        self.now, self.could, self.must, self.unknown = board.now, board.could, board.must, 0
        self.musts: dict[str, int] = {}
        self.behind: dict[str, int] = {}
        self.counts: dict[str, int] = {}
        self.stakes = [0] * len(STAKES)

    def weigh_facts(self) -> None:
        """Leave the rows that hold for the answers, and note which answers are unknown."""
        known, now, must, unknown = -1, self.now, self.must, 0
        states = self.states
        for name, index, words, other, unknown_now, unknown_must, lane, _ in self.board.facts:
            state = states.get(name)
            if state is None:
                now &= unknown_now
                must &= unknown_must
                unknown |= lane
            elif words is not None:
                known &= words.get(state, other)  # type: ignore[arg-type]  # a word: an answer is never open
            else:
                known &= index.mask(state)  # type: ignore[arg-type]
        self.now, self.could, self.must, self.unknown = now & known, self.could & known, must & known, unknown

    def weigh_derived(self, source: Source) -> None:
        """Work out every derived fact and leave the rows that hold for it."""
        states = self.states
        for name, needs, any_of, blank, blank_masks, lanes, strip, run, arguments in self.board.derived:
            if not needs or not states.keys().isdisjoint(any_of):
                state = run(arguments, source)
                if is_open(state):
                    self.behind[name] = self._behind(needs)
                if strip is not None:
                    self._weigh(strip, state)
            else:
                state = blank
                self.behind[name] = lanes & self.unknown
                now, could, must = blank_masks
                self.now &= now
                self.could &= could
                self.must &= must
                if strip is not None:
                    self.musts[name] = must
            if state is not None:
                states[name] = state

    def _behind(self, names: tuple[str, ...]) -> int:
        found = 0
        for name in names:
            if name in self.behind:
                found |= self.behind[name]
            elif is_open(self.states.get(name)):
                found |= self.board.lanes.one.get(name, 0)
        return found

    def _weigh(self, strip: Strip, state: State | None) -> None:
        """Leave the rows that hold for this state of a derived fact or outcome."""
        name, index, words, other, unknown_now, unknown_must, _, open_masks = strip
        if not is_open(state):
            rows = index.mask(state) if words is None else words.get(state, other)  # type: ignore[arg-type]
            self.now &= rows
            self.could &= rows
            self.must &= rows
            self.musts.pop(name, None)
        elif state is None:
            self.now &= unknown_now
            self.must &= unknown_must
            self.musts[name] = unknown_must
        else:
            now, could, must = open_masks(state)
            self.now &= now
            self.could &= could
            self.must &= must
            self.musts[name] = must

    def weigh_table(self, seat: Seat) -> Hit:
        """Let one table decide, and leave the rows of later tables that hold for the outcomes it gives."""
        table, shift, every = seat.table, seat.shift, seat.every
        masks = _deciding(table, self.now >> shift & every, self.could >> shift & every, self.must >> shift & every)
        if len(seat.gives) == 1:
            given = seat.gives[0]
            state = self._after(seat, given, masks)
            self._say(given, state, self._blamed(seat, given, masks) if is_open(state) else 0)
        else:
            after = [(given, self._after(seat, given, masks)) for given in seat.gives]
            blamed = [self._blamed(seat, given, masks) if is_open(state) else 0 for given, state in after]
            for (given, state), lanes in zip(after, blamed, strict=True):
                self._say(given, state, lanes)
        return Hit(table, masks)

    def _say(self, given: Given, state: State, lanes: int) -> None:
        """Note what an outcome became, and on which unknown answers that rests."""
        name = given.name
        self.states[name] = state
        if is_open(state):
            self.behind[name] = lanes | self.behind.get(name, 0)
        else:
            self.behind.pop(name, None)
        if given.strip is not None:
            self._weigh(given.strip, state)

    def values(self) -> dict[str, Value]:
        """Everything as it stands, without what is unknown."""
        values = self.states.copy()
        for name in self.board.worked_out:
            state = values.get(name)
            if isinstance(state, OpenList):
                values[name] = state.now
            elif isinstance(state, OpenValue):
                if state.now is None:
                    del values[name]
                else:
                    values[name] = state.now
        return values  # type: ignore[return-value]  # nothing open is left

    def _after(self, seat: Seat, given: Given, masks: Masks) -> State:
        if given.after is None:
            return after_rows(given.outcome, seat.table, masks, self.states)
        return given.after(masks, self.states.get(given.name))

    def _blamed(self, seat: Seat, given: Given, masks: Masks) -> int:
        """The unknown answers that can change an outcome in this table; a public outcome counts in how many rows."""
        rows = _changing_rows(seat.table, masks, given)
        direct, indirect = self._doubt(seat, rows)
        for row, name in seat.table.references[given.name]:
            if row & masks.could and is_open(self.states.get(name)):
                indirect |= self.behind.get(name, self.board.lanes.one.get(name, 0) & self.unknown)
        flags = self.board.lanes.flags
        for place, heavy in given.stakes:
            if rows & heavy:
                heavy_direct, heavy_indirect = self._doubt(seat, rows & heavy)
                self.stakes[place] |= flags(heavy_direct) | heavy_indirect
        if not given.outcome.own:
            self.counts[given.name] = self.counts.get(given.name, 0) + direct + indirect
        return flags(direct) | indirect

    def _doubt(self, seat: Seat, rows: int) -> tuple[int, int]:
        """What keeps these rows in doubt: unknown answers with their counts, and those behind other open names."""
        indirect = 0
        for name, asking in seat.asks:
            must = self.musts.get(name)
            if must is not None and rows & asking & ~(must >> seat.shift):
                indirect |= self.behind.get(name, 0)
        return seat.doubts(rows) & self.unknown, indirect


def _deciding(table: Table, now: int, could: int, must: int) -> Masks:
    """From the rows that hold to the rows that decide."""
    if table.collects:
        return Masks(now, could, must, covered=False)
    if must:
        first = must & -must
        could &= (first << 1) - 1
        return Masks(now & -now, could, first if could == first else 0, covered=True)
    return Masks(now & -now, could, 0, covered=False)


def _changing_rows(table: Table, masks: Masks, given: Given) -> int:
    """The rows on which it depends whether this outcome becomes another one than it is now.

    Where the first row decides, that is every row that could: one in doubt may hide a later one that says otherwise.
    """
    same = table.same_results[given.name]
    if table.collects:
        rows = masks.could & ~masks.surely & ~same.get(None, 0)
        return rows & _heavier(table, given.name, masks.surely) if masks.surely else rows
    result = table.results[given.name][masks.now.bit_length() - 1] if masks.now else None
    if masks.covered and not masks.could & ~same.get(result, 0):
        return 0
    return masks.could


def _heavier(table: Table, outcome: str, surely: int) -> int:
    """The rows that could still be heard beside those that surely decide: every row, or those with a heavier value."""
    heavier = 0
    for _, rows, _ in table.ranked[outcome]:
        if rows & surely:
            return heavier
        heavier |= rows
    return -1
