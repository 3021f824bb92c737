"""Many cases at once with numpy: the same rules, evaluated once per distinct combination of values instead of per case.

Every fact is a column of codes into its own list of distinct states, code 0 for unknown. Functions and outcomes run on
the distinct combinations only, through the very functions that evaluate one case, so both always say the same. Only
what holds now is worked out, not what could still hold.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from rules.derive.derive import derive
from rules.engine.ruleset import RuleSet
from rules.tables.index import AnyIndex
from rules.tables.outcomes import Masks, after_rows, first_state
from rules.tables.table import Table
from rules.values.derived import Derived, Source
from rules.values.facts import FactValue, Known, Outcome, Value, read_facts
from rules.values.states import State, now_of

WORD = 64
SMALL = 1 << 22
"""Up to so many possible combinations a table of them is cheaper than sorting."""

CHUNK = 250_000
"""Cases worked on at a time, which keeps a million cases within 2 GB."""

Memory = dict[tuple[str, str], dict[tuple[int, tuple[State | None, ...]], State | None]]
Codes = npt.NDArray[np.int32]
Keys = npt.NDArray[np.int64]
Bits = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Coded:
    """One column: per case a code into `states`; state 0 is None, unknown."""

    codes: Codes
    states: tuple[State | None, ...]

    def values(self) -> list[Value | None]:
        """The value of every case as it stands."""
        found = [now_of(state) for state in self.states]
        return [found[code] for code in self.codes]


@dataclass(frozen=True, slots=True)
class Frame:
    """The facts of many cases on one day; `answers` holds per fact the distinct answers behind the codes."""

    size: int
    on: date
    columns: Mapping[str, Coded]
    answers: Mapping[str, tuple[Known | None, ...]]

    def part(self, start: int, end: int) -> "Frame":
        """The cases from `start` up to `end`."""
        columns = {name: Coded(column.codes[start:end], column.states) for name, column in self.columns.items()}
        return Frame(min(end, self.size) - start, self.on, columns, self.answers)


@dataclass(frozen=True, slots=True)
class _Decided:
    """A table with the rows that decide in each case, 64 rows to a word."""

    table: Table
    bits: list[Bits]

    def telling(self, name: str) -> list[Bits]:
        """Of the rows that decide, the first of each that say the same of an outcome; the others add nothing to it."""
        found = [np.zeros_like(word) for word in self.bits]
        for result, rows in self.table.same_results[name].items():
            if result is None:
                continue
            taken = np.zeros(len(self.bits[0]), dtype=bool)
            for place, word in enumerate(self.bits):
                part = word & np.uint64((rows >> (WORD * place)) & (2**WORD - 1))
                found[place] |= np.where(taken, np.uint64(0), part & (~part + np.uint64(1)))
                taken |= part != 0
        return found


def frame_of(ruleset: RuleSet, cases: Sequence[Mapping[str, FactValue]], on: date) -> Frame:
    """The cases as columns.

    Raises:
        InvalidFacts: a case has a fact with a value that is not allowed.
    """
    read = [read_facts(case, ruleset.facts) for case in cases]
    names = dict.fromkeys(name for facts in read for name in facts)
    columns: dict[str, Coded] = {}
    answers: dict[str, tuple[Known | None, ...]] = {}
    for name in names:
        codes, found = _coded([facts.get(name) for facts in read])
        answers[name] = tuple(found)
        columns[name] = Coded(codes, tuple(_state(answer) for answer in found))
    return Frame(len(read), on, columns, answers)


def _state(answer: Known | None) -> State | None:
    return answer if answer is None or isinstance(answer, str | int | tuple) else ""


def _coded(values: Iterable[Known | None]) -> tuple[Codes, list[Known | None]]:
    found: list[Known | None] = [None]
    places: dict[object, int] = {None: 0}
    codes = []
    for value in values:
        key = tuple(sorted(value.items())) if isinstance(value, Mapping) else value
        place = places.setdefault(key, len(found))
        if place == len(found):
            found.append(value)
        codes.append(place)
    return np.array(codes, dtype=np.int32), found


def evaluate_frame(ruleset: RuleSet, frame: Frame, memory: Memory | None = None) -> dict[str, Coded]:
    """Every fact, derived fact and outcome of all cases as it stands.

    `memory` keeps what came of a combination, for a next frame under the same rule set.
    """
    memory = {} if memory is None else memory
    columns = dict(frame.columns)
    zeros = np.zeros(frame.size, dtype=np.int32)
    for name, value in ruleset.constants.items():
        columns[name] = Coded(zeros + np.int32(1), (None, value))
    for item in ruleset.derived:
        columns[item.fact.name] = _derived(ruleset, item, frame, columns)
    for name, outcome in ruleset.outcomes.items():
        columns[name] = Coded(zeros + np.int32(1), (None, first_state(outcome)))
    for table in ruleset.tables:
        decided = _Decided(table, _deciding(table, columns, frame.size))
        columns |= {
            fact.name: _outcome(ruleset.outcomes[fact.name], decided, columns, memory) for fact in table.outcomes
        }
    return columns


def transitions(old: RuleSet, new: RuleSet, frame: Frame) -> dict[str, dict[tuple[Value | None, Value | None], int]]:
    """Per public outcome how many cases go from which value to which, those that stay the same included."""
    names = [name for name, outcome in old.outcomes.items() if not outcome.own and name in new.outcomes]
    found: dict[str, Counter[tuple[Value | None, Value | None]]] = {name: Counter() for name in names}
    memories: tuple[Memory, Memory] = ({}, {})
    for start in range(0, frame.size, CHUNK):
        part = frame.part(start, start + CHUNK)
        before, after = evaluate_frame(old, part, memories[0]), evaluate_frame(new, part, memories[1])
        for name in names:
            pairs, inverse = distinct([before[name], after[name]], part.size)
            for (one, other), count in zip(pairs.T, np.bincount(inverse), strict=True):
                pair = now_of(before[name].states[one]), now_of(after[name].states[other])
                found[name][pair] += int(count)
    return {name: dict(counts) for name, counts in found.items()}


def _derived(ruleset: RuleSet, item: Derived, frame: Frame, columns: Mapping[str, Coded]) -> Coded:
    inputs = [name for name in item.needs if name in columns]
    combinations, inverse = distinct([columns[name] for name in inputs], frame.size)
    results: list[State | None] = []
    for combination in combinations.T if inputs else [()]:
        states: dict[str, State] = {}
        answers: dict[str, Known] = {}
        for name, code in zip(inputs, combination, strict=True):
            state = columns[name].states[code]
            if state is not None:
                states[name] = state
            answer = frame.answers[name][code] if name in frame.answers else None
            if answer is not None:
                answers[name] = answer
        results.append(derive(item, Source(states, answers, frame.on, ruleset.region)))
    return _recoded(results, inverse)


def _outcome(outcome: Outcome, decided: _Decided, columns: Mapping[str, Coded], memory: Memory) -> Coded:
    """The outcome after a table, worked out once per combination that matters."""
    name, table = outcome.fact.name, decided.table
    lenders = list(dict.fromkeys(lender for _, lender in table.references[name] if lender in columns))
    words = [_bit_column(word) for word in decided.telling(name)]
    parts = [columns[name], *(columns[lender] for lender in lenders), *(column for column, _ in words)]
    combinations, inverse = distinct(parts, len(decided.bits[0]))
    results: list[State | None] = []
    known = memory.setdefault((table.name, name), {})
    for combination in combinations.T.tolist():
        given = tuple(column.states[code] for column, code in zip(parts[: 1 + len(lenders)], combination, strict=False))
        rows = 0
        for place, ((_, masks), code) in enumerate(zip(words, combination[1 + len(lenders) :], strict=True)):
            rows |= int(masks[code]) << (WORD * place)
        key = (rows, given)
        if key not in known:
            states = {each: state for each, state in zip((name, *lenders), given, strict=True) if state is not None}
            known[key] = now_of(after_rows(outcome, table, Masks(rows, rows, rows, covered=True), states))
        results.append(known[key])
    return _recoded(results, inverse)


def _bit_column(word: Bits) -> tuple[Coded, Bits]:
    if int(word.max(initial=0)) < SMALL:
        masks, codes = _coded_small(word)
    else:
        masks, where = np.unique(word, return_inverse=True)
        codes = where.astype(np.int32)
    return Coded(codes, tuple(range(len(masks)))), masks


def _coded_small(word: Bits) -> tuple[Bits, Codes]:
    """As `np.unique` with its inverse, by a table of what occurs instead of sorting."""
    present = np.zeros(int(word.max(initial=0)) + 1, dtype=bool)
    present[word] = True
    found = np.flatnonzero(present)
    places = np.zeros(len(present), dtype=np.int32)
    places[found] = np.arange(len(found), dtype=np.int32)
    return found.astype(np.uint64), places[word]


def _recoded(results: list[State | None], inverse: Codes) -> Coded:
    states: list[State | None] = [None]
    places: dict[State | None, int] = {None: 0}
    codes = np.zeros(len(results), dtype=np.int32)
    for place, state in enumerate(results):
        code = places.setdefault(state, len(states))
        if code == len(states):
            states.append(state)
        codes[place] = code
    return Coded(codes[inverse], tuple(states))


def _deciding(table: Table, columns: Mapping[str, Coded], size: int) -> list[Bits]:
    """Per case the rows that decide, 64 rows to a word."""
    count = len(table.rows)
    words = []
    for start in range(0, count, WORD):
        every = (table.all_rows >> start) & (2**WORD - 1)
        rows = np.full(size, every, dtype=np.uint64)
        for name, index in table.indexes:
            column = columns.get(name)
            if column is None:
                rows &= np.uint64((index.unknown_now >> start) & (2**WORD - 1))
            else:
                rows &= _masks(index, column.states, start)[column.codes]
        words.append(rows)
    return words if table.collects else _only_first(words)


def _masks(index: AnyIndex, states: tuple[State | None, ...], start: int) -> Bits:
    masks = []
    for state in states:
        value = now_of(state)
        mask = index.unknown_now if value is None else index.mask(value)
        masks.append((mask >> start) & (2**WORD - 1))
    return np.array(masks, dtype=np.uint64)


def _only_first(words: list[Bits]) -> list[Bits]:
    """Keep of each case only its lowest row."""
    taken = np.zeros(len(words[0]), dtype=bool)
    found = []
    for rows in words:
        lowest = rows & (~rows + np.uint64(1))
        found.append(np.where(taken, np.uint64(0), lowest))
        taken |= rows != 0
    return found


def distinct(columns: Sequence[Coded], size: int) -> tuple[Keys, Codes]:
    """The distinct combinations of codes (one row per column), and per case which combination it has."""
    inverse = np.zeros(size, dtype=np.int32)
    combinations = np.zeros((0, 1), dtype=np.int64)
    for column in columns:
        width = len(column.states)
        largest = combinations.shape[1] * width
        keys = inverse.astype(np.int64) * width + column.codes
        if largest <= SMALL:
            present = np.zeros(largest, dtype=bool)
            present[keys] = True
            found = np.flatnonzero(present)
            places = np.zeros(largest, dtype=np.int32)
            places[found] = np.arange(len(found), dtype=np.int32)
            inverse = places[keys]
        else:
            found, where = np.unique(keys, return_inverse=True)
            inverse = where.astype(np.int32)
        combinations = np.vstack([combinations[:, found // width], found % width])
    return combinations, inverse
