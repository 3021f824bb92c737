"""A rule set: everything that one region promises from one day on, read-only once loaded."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from rules.engine.board import Board, Names, board_of
from rules.tables.grammar import Constant
from rules.tables.table import Row, Table
from rules.values.derived import Derived
from rules.values.display import Display
from rules.values.facts import Fact, Outcome


class Status(StrEnum):
    """Where a rule set stands in its life."""

    CONCEPT = "concept"
    IN_WERKING = "in_werking"
    VERVALLEN = "vervallen"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A choice the region may make, with why and on what ground."""

    name: str
    value: Constant
    note: str
    ground: str


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a referral goes; `gemeente` is a code or the name of a fact, outcome or parameter."""

    code: str
    kind: str
    name: str
    gemeente: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """A waarborg that compares two evaluations: one of a closed list of functions."""

    id: str
    function: str
    facts: tuple[str, ...]
    because: str
    ground: str
    beside: tuple[str, ...] = ()
    """Values left out of the comparison."""


@dataclass(frozen=True, slots=True)
class Guards:
    """The national guard rails that no region can override."""

    id: str
    derived: tuple[Derived, ...]
    when: Table
    must: Table
    """Row `n` of `must` says what has to hold when row `n` of `when` does."""
    comparisons: tuple[Comparison, ...] = ()
    emergency: Table | None = None
    constants: Mapping[str, Constant] = field(default_factory=dict)

    def row(self, row_id: str) -> Row:
        """One guard rail by id."""
        return next(row for row in self.when.rows if row.id == row_id)


@dataclass(frozen=True, slots=True)
class RuleSet:
    """A region's tables in force from `valid_from` up to and including `valid_to`."""

    id: str
    regio: str
    title: str
    valid_from: date
    valid_to: date
    status: Status
    sources: tuple[str, ...]
    hash: str
    facts: Mapping[str, Fact]
    parameters: Mapping[str, Parameter]
    derived: tuple[Derived, ...]
    outcomes: Mapping[str, Outcome]
    tables: tuple[Table, ...]
    destinations: Mapping[str, Destination]
    emergency_destination: str
    region: frozenset[str]
    constants: Mapping[str, Constant]
    """The parameters' values, as columns see them."""
    guards: Guards | None = None
    display: Display = field(default_factory=Display)
    """Where the reasons of its tables are read; empty when the set does not say."""
    filled_in: frozenset[str] = frozenset()
    """The parameters whose value stands in some cell or derived fact."""
    board: Board = field(init=False, repr=False, compare=False)
    """All tables side by side, worked out from the rest."""

    def __post_init__(self) -> None:
        """Lay the tables side by side."""
        asked = {name: fact for name, fact in self.facts.items() if name not in self.constants}
        names = Names(asked, self.constants, self.derived, self.outcomes)
        object.__setattr__(self, "board", board_of(names, self.tables))

    @property
    def version(self) -> str:
        """The first day in force, which names the version."""
        return self.valid_from.isoformat()

    def table(self, name: str) -> Table:
        """One table by name."""
        return next(table for table in self.tables if table.name == name)

    def names(self) -> dict[str, Fact]:
        """Everything a column may ask about: facts, derived facts, parameters and outcomes."""
        derived = {item.fact.name: item.fact for item in self.derived}
        outcomes = {name: outcome.fact for name, outcome in self.outcomes.items()}
        return {**self.facts, **derived, **outcomes}
