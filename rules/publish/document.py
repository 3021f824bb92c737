"""The rules as a document that a jurist can read: per table each rule, its ground, a fixed place."""

import re
from dataclasses import dataclass
from datetime import date

from rules.cases.scenario import sleeps
from rules.engine.ruleset import RuleSet, Status
from rules.publish.words import POLICY_TEXT, cell_text, constant_text, result_text
from rules.tables.table import Row, Table
from rules.values.cells import Cell
from rules.values.coined import spoken
from rules.values.facts import Fact


@dataclass(frozen=True, slots=True)
class Part:
    """One condition or outcome: the name of the fact as people say it, what it is or becomes, its key."""

    key: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class RuleText:
    """One rule. `sleeps`: a choice of the region puts it out of use; `provisional`: it decides about not knowing."""

    id: str
    anchor: str
    when: tuple[Part, ...]
    then: tuple[Part, ...]
    because: str
    ground: str
    note: str
    provisional: bool
    sleeps: bool


@dataclass(frozen=True, slots=True)
class TableText:
    """One table with how its rules decide together."""

    name: str
    anchor: str
    title: str
    policy: str
    rules: tuple[RuleText, ...]


@dataclass(frozen=True, slots=True)
class ParameterText:
    """A choice of the region."""

    name: str
    anchor: str
    value: str
    note: str
    ground: str


@dataclass(frozen=True, slots=True)
class GuardText:
    """A waarborg that no region can override."""

    id: str
    because: str
    ground: str


@dataclass(frozen=True, slots=True)
class Document:
    """A whole rule set in words."""

    id: str
    regio: str
    title: str
    valid_from: date
    valid_to: date
    status: Status
    sources: tuple[str, ...]
    hash: str
    parameters: tuple[ParameterText, ...]
    guards: tuple[GuardText, ...]
    tables: tuple[TableText, ...]

    @property
    def rule_count(self) -> int:
        """How many rules there are."""
        return sum(len(table.rules) for table in self.tables)

    @property
    def grounds(self) -> tuple[str, ...]:
        """Every legal ground once, in the order in which the rules name them."""
        return tuple(dict.fromkeys(rule.ground for table in self.tables for rule in table.rules))


def document_of(ruleset: RuleSet) -> Document:
    """The document of a rule set."""
    named = ruleset.names()
    return Document(
        id=ruleset.id,
        regio=ruleset.regio,
        title=ruleset.title,
        valid_from=ruleset.valid_from,
        valid_to=ruleset.valid_to,
        status=ruleset.status,
        sources=ruleset.sources,
        hash=ruleset.hash,
        parameters=tuple(
            ParameterText(item.name, anchor(item.name), constant_text(item.value), item.note, item.ground)
            for item in ruleset.parameters.values()
        ),
        guards=_guards(ruleset),
        tables=tuple(_table(ruleset, table, named) for table in ruleset.tables),
    )


def anchor(name: str) -> str:
    """The id under which a table, a rule or a parameter can be linked to."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def _guards(ruleset: RuleSet) -> tuple[GuardText, ...]:
    if ruleset.guards is None:
        return ()
    rows = [GuardText(row.id, row.because, row.ground) for row in ruleset.guards.when.rows]
    return (*rows, *(GuardText(item.id, item.because, item.ground) for item in ruleset.guards.comparisons))


def _table(ruleset: RuleSet, table: Table, named: dict[str, Fact]) -> TableText:
    return TableText(
        table.name,
        anchor(table.name),
        table.title,
        POLICY_TEXT[table.policy],
        tuple(_rule(ruleset, table, row, named) for row in table.rows),
    )


def _rule(ruleset: RuleSet, table: Table, row: Row, named: dict[str, Fact]) -> RuleText:
    pairs = list(zip(table.columns, row.cells, strict=True))
    return RuleText(
        id=row.id,
        anchor=anchor(row.id),
        when=tuple(_condition(ruleset, fact, cell) for fact, cell in pairs if not cell.is_any),
        then=tuple(
            Part(fact.name, _upper(fact.label), result_text(row.results[fact.name], fact, named))
            for fact in table.outcomes
            if fact.name in row.results
        ),
        because=row.because,
        ground=row.ground,
        note=row.note,
        provisional=row.provisional,
        sleeps=sleeps(ruleset, table, row),
    )


def _condition(ruleset: RuleSet, fact: Fact, cell: Cell) -> Part:
    choice = fact.name in ruleset.constants
    label = f"Keuze van de regio ‘{spoken(fact.name)}’" if choice else _upper(fact.label)
    return Part(fact.name, label, cell_text(cell, fact))


def _upper(label: str) -> str:
    return label[:1].upper() + label[1:]
