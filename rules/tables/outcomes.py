"""From the rows that decide to the outcome: single values and lists, certain and open."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from rules.tables.grammar import Reference, Result
from rules.tables.table import HitPolicy, Table, places_in
from rules.values.facts import Fact, Outcome, Value
from rules.values.states import OpenList, OpenValue, State


class Masks(NamedTuple):
    """The rows that decide now, could decide, surely decide; `covered`: some row is sure to decide, whichever it is."""

    now: int
    could: int
    surely: int
    covered: bool


_UNSAID = OpenValue(None, frozenset({None}))


def first_state(outcome: Outcome) -> State:
    """What an outcome is before any row has spoken."""
    if outcome.fact.type.is_list:
        return ()
    return _UNSAID if outcome.default is None else outcome.default


class _Turn(NamedTuple):
    """An outcome when it is a table's turn: what it was before, and the states of names whose value rows may give."""

    outcome: Outcome
    before: State
    states: Mapping[str, State]

    def after(self, result: Result | None) -> State:
        """What the outcome becomes when this result is given."""
        if result is None:
            return self.before
        said = result[0]
        state = self.states.get(said.name, OpenValue(None)) if isinstance(said, Reference) else said
        return _higher(self.outcome.fact, self.before, state) if self.outcome.highest_wins else state


def after_rows(outcome: Outcome, table: Table, masks: Masks, states: Mapping[str, State]) -> State:
    """The outcome after this table; `states`: what it was before, and the names whose value some rows give."""
    before = states.get(outcome.fact.name)
    if before is None:
        before = first_state(outcome)
    if outcome.fact.type.is_list:
        return _list_after(outcome.fact, table, masks, before)
    turn = _Turn(outcome, before, states)
    return _collected(turn, table, masks) if table.collects else _single(turn, table, masks)


def _single(turn: _Turn, table: Table, masks: Masks) -> State:
    now, could, surely, covered = masks
    name = turn.outcome.fact.name
    current = table.results[name][now.bit_length() - 1] if now else None
    if now == could == surely:
        return turn.after(current)
    possible = {result for result, rows in table.same_results[name].items() if rows & could}
    if not covered:
        possible.add(None)
    possible.add(current)
    return _one_of(turn.after(current), [turn.after(result) for result in possible])


def _higher(fact: Fact, one: State, other: State) -> State:
    first, second = _as_open(one), _as_open(other)
    now = min(first.now, second.now, key=lambda value: _rank(fact, value))
    if first.possible is None or second.possible is None:
        return OpenValue(now)
    pairs = ((a, b) for a in first.possible for b in second.possible)
    return _settled(OpenValue(now, frozenset(min(pair, key=lambda value: _rank(fact, value)) for pair in pairs)))


def _rank(fact: Fact, value: Value | None) -> int:
    if value is None:
        return len(fact.values) + 1
    return fact.values.index(value) if value in fact.values else len(fact.values)


def _as_open(state: State) -> OpenValue:
    if isinstance(state, OpenValue):
        return state
    assert isinstance(state, str | int)
    return OpenValue(state, frozenset({state}))


def _one_of(now: State, ways: Iterable[State]) -> State:
    """One state that covers all ways."""
    standing = now.now if isinstance(now, OpenValue) else now
    assert not isinstance(standing, tuple | OpenList)
    possible: set[str | int | None] = set()
    for way in ways:
        if isinstance(way, OpenValue):
            if way.possible is None:
                return OpenValue(standing)
            possible |= way.possible
        elif isinstance(way, str | int):
            possible.add(way)
    return _settled(OpenValue(standing, frozenset(possible)))


def _settled(value: OpenValue) -> State:
    """A certain value when only one is possible and it is the one that stands."""
    if value.now is not None and value.possible is not None and len(value.possible) == 1:
        return value.now
    return value


def _collected(turn: _Turn, table: Table, masks: Masks) -> State:
    """The highest value that any of the rows gives; of equal rank, the one of the first row."""
    outcome, before = turn.outcome, turn.before
    fact = outcome.fact
    if table.ranked[fact.name] and (before is _UNSAID or isinstance(before, str)):
        return _highest(outcome, table, masks, before if isinstance(before, str) else None)
    rows_of = table.same_results[fact.name]
    said = [
        (rows, _as_open(turn.after(result)))
        for result, rows in rows_of.items()
        if result is not None and rows & masks.could
    ]
    now = _highest_now(fact, [(rows & masks.now, state) for rows, state in said], before)
    limits = [_worst(fact, rows & masks.surely, state) for rows, state in said if rows & masks.surely]
    if not limits:
        said.append((0, _as_open(before)))
    limit = min(limits, default=(len(fact.values) + 2, 0))
    possible: set[str | int | None] = set()
    for rows, state in said:
        if state.possible is None:
            return OpenValue(now)
        place = _first_place(rows & masks.could)
        possible |= {value for value in state.possible if (_rank(fact, value), place) <= limit}
    return _settled(OpenValue(now, frozenset(possible)))


def _highest(outcome: Outcome, table: Table, masks: Masks, before: str | None) -> State:
    """As `_collected`, where every value has a rank of its own and what was before is certain."""
    floor = _rank(outcome.fact, before) if outcome.highest_wins and before is not None else len(outcome.fact.values)
    now: str | int | None = None
    possible: set[str | int | None] = set()
    for rank, rows, value in table.ranked[outcome.fact.name]:
        if rows & masks.could:
            said = value if rank < floor else before
            now = said if now is None and rows & masks.now else now
            possible.add(said)
            if rows & masks.surely:
                break
    else:
        possible.add(before)
    return _settled(OpenValue(before if now is None else now, frozenset(possible)))


def _highest_now(fact: Fact, said: list[tuple[int, OpenValue]], before: State) -> str | int | None:
    spoken = [(_rank(fact, state.now), _first_place(rows), state.now) for rows, state in said if rows]
    return min(spoken, key=lambda item: item[:2])[2] if spoken else _as_open(before).now


def _worst(fact: Fact, rows: int, state: OpenValue) -> tuple[int, int]:
    """The rank and place that rows which surely decide give at least."""
    if state.possible is None:
        return len(fact.values) + 1, _first_place(rows)
    return max(_rank(fact, value) for value in state.possible), _first_place(rows)


def _first_place(rows: int) -> int:
    return (rows & -rows).bit_length()


def _list_after(fact: Fact, table: Table, masks: Masks, before: State) -> State:
    now, could, surely, covered = masks
    words = table.words[fact.name]
    said_now = [word for place in places_in(now) for word in words[place]]
    if table.policy is HitPolicy.VOORRANG:
        said_now.sort(key=lambda word: _rank(fact, word))
    if now == could == surely and isinstance(before, tuple):
        return tuple(dict.fromkeys((*before, *said_now)))
    earlier = _as_list(before)
    full = tuple(dict.fromkeys((*earlier.now, *said_now)))
    word_rows = table.word_rows[fact.name]
    perhaps = {word for word, rows in word_rows if rows & could}
    if table.collects:
        sure = {word for word, rows in word_rows if rows & surely}
        firsts = _firsts(fact, table, could, surely)
    else:
        sure = {word for word, rows in word_rows if covered and could and not could & ~rows}
        firsts = frozenset(words[place][0] if words[place] else None for place in places_in(could))
        firsts = firsts if covered else firsts | {None}
    firsts = (earlier.firsts - {None}) | firsts if None in earlier.firsts else earlier.firsts
    state = OpenList(full, earlier.surely | sure, earlier.perhaps | perhaps, firsts)
    return full if state.surely == state.perhaps and len(firsts) == 1 else state


def _as_list(state: State) -> OpenList:
    if isinstance(state, OpenList):
        return state
    assert isinstance(state, tuple)
    words = frozenset(state)
    return OpenList(state, words, words, frozenset({state[0] if state else None}))


def _firsts(fact: Fact, table: Table, could: int, surely: int) -> frozenset[str | None]:
    """What could come first when every row that holds adds its words."""
    words = table.words[fact.name]
    if table.policy is HitPolicy.VOORRANG:
        sure = [_rank(fact, word) for place in places_in(surely) for word in words[place]]
        limit = min(sure, default=len(fact.values) + 2)
        could_say = {word for place in places_in(could) for word in words[place]}
        found: frozenset[str | None] = frozenset(word for word in could_say if _rank(fact, word) <= limit)
        return found if sure else found | {None}
    first: set[str | None] = set()
    for place in places_in(could):
        if words[place]:
            first.add(words[place][0])
            if surely >> place & 1:
                return frozenset(first)
    return frozenset(first | {None})
