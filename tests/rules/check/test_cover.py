"""The searches over classes against a solver that knows nothing of masks."""

from random import Random

import pytest
import z3

from rules.check.classes import columns_of
from rules.check.cover import Cover
from rules.values import cells
from rules.values.facts import FactType
from tests.rules.oracle import FACTS, random_ruleset


class World:
    """One solver variable per column, and one that says whether it is known."""

    def __init__(self) -> None:
        self.known = {name: z3.Bool(f"{name} known") for name in FACTS}
        self.number = {name: z3.Int(name) for name in FACTS}

    def limits(self):
        for name, fact in FACTS.items():
            low, high = (fact.low, fact.high) if fact.type is FactType.GETAL else (0, len(fact.values) + 3)
            yield z3.And(self.number[name] >= low, self.number[name] <= high)
            if fact.type in (FactType.KEUZE, FactType.JA_NEE):
                yield self.number[name] < len(fact.values)

    def holds(self, fact, cell):
        known, number = self.known[fact.name], self.number[fact.name]
        words = ["GM0599", "GM0597", "GM0344", "geen"] if fact.type is FactType.GEMEENTE else fact.values
        match cell.test:
            case cells.Test.ANY:
                return z3.BoolVal(val=True)
            case cells.Test.KNOWN:
                said = z3.BoolVal(val=True)
            case cells.Test.NEVER_KNOWN:
                said = z3.BoolVal(val=False)
            case cells.Test.RANGES:
                said = z3.Or([z3.And(number >= (part.low or 0), number <= (part.high or 99)) for part in cell.ranges])
            case _:
                said = z3.Or([number == list(words).index(word) for word in cell.words])
                said = said if cell.test is cells.Test.ONE_OF else z3.Not(said)
        return z3.If(known, said, z3.BoolVal(cell.or_unknown))

    def row(self, table, row):
        return z3.And([self.holds(fact, cell) for fact, cell in zip(table.columns, row.cells, strict=True)])

    def possible(self, *claims):
        solver = z3.Solver()
        solver.add(*self.limits(), *claims)
        return solver.check() == z3.sat


def is_plain(seed):
    """Whether a random table has columns of single values only; lists are held against the oracle."""
    table = random_ruleset(Random(seed), tables=1, rows=9).tables[0]
    return not any(fact.type.is_list for fact in table.columns)


@pytest.mark.parametrize("seed", [seed for seed in range(240) if is_plain(seed)])
def test_gaps_overlaps_and_dead_rows_agree_with_a_solver(seed):
    ruleset = random_ruleset(Random(seed), tables=1, rows=9)
    table = ruleset.tables[0]
    cover, world = Cover(table, columns_of(ruleset, table)), World()
    rows = [world.row(table, row) for row in table.rows]
    assert (next(cover.gaps(table.all_rows), None) is not None) == world.possible(z3.Not(z3.Or(rows)))
    for place, row in enumerate(rows):
        first = cover.first(place, (1 << place) - 1)
        assert (first is not None) == world.possible(row, *(z3.Not(other) for other in rows[:place]))
        for other in range(place):
            assert (cover.together(other, place) is not None) == world.possible(row, rows[other])
