"""One rule as a form: per column a list of what can be chosen, and room to write it oneself in the closed grammar."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rules import RuleSet
from rules.editing import FIXED, FixedColumn, Grid
from rules.publish import value_text
from rules.reading import THEN
from rules.values import Fact, FactType

CHOICE, TYPED = "keuze.", "tekst."
OTHER = "anders"
NOTHING = "-"
MOST_CHOICES = 40
TEXTS = (
    (FixedColumn.ROW, "Nummer van de regel"),
    (FixedColumn.BECAUSE, "Omdat (zo staat het in de brief)"),
    (FixedColumn.GROUND, "Grondslag"),
    (FixedColumn.NOTE, "Toelichting"),
)
GRAMMAR = {
    FactType.GETAL: "< 18, >= 23, 18 tot 23, 18 t/m 22, = 3, < 18 of onbekend",
    FactType.LIJST: "bevat x, bevat x of y, bevat alle x en y, bevat niet x, leeg, niet leeg",
    FactType.GEMEENTEN: "bevat GM0599, leeg, niet leeg",
    FactType.GEMEENTE: "GM0599, niet GM0599, bekend",
}
KNOWN_ONLY = "bekend, onbekend"


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose in a column."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class RuleCell:
    """One column of a rule: its head, what it means, what stands there, and what can be chosen."""

    head: str
    label: str
    text: str
    choices: tuple[Choice, ...]
    hint: str
    outcome: bool

    @property
    def chosen(self) -> str:
        """The choice that stands there, or that it is written by hand."""
        return self.text if any(choice.value == self.text for choice in self.choices) else OTHER

    @property
    def key(self) -> str:
        """The head as part of an id."""
        return self.head.replace(":", "-").replace(".", "-")


def cells_of(grid: Grid, cells: Mapping[str, str], ruleset: RuleSet | None) -> tuple[RuleCell, ...]:
    """The columns of one rule, conditions first; without a readable rule set all are written by hand."""
    names = ruleset.names() if ruleset else {}
    found = []
    for head in grid.heads:
        if head not in FIXED:
            outcome = head.startswith(THEN)
            name = head.removeprefix(THEN).strip()
            text = cells.get(head, "").strip() or NOTHING
            found.append(_cell(head, text, names.get(name) or Fact(name, FactType.TEKST), outcome=outcome))
    return tuple(sorted(found, key=lambda cell: cell.outcome))


def posted(grid: Grid, form: Mapping[str, str]) -> dict[str, str]:
    """The cells that a posted form gives."""
    cells = {}
    for head in grid.heads:
        if head in FIXED:
            cells[head] = form.get(head, "")
        else:
            chosen = form.get(f"{CHOICE}{head}", OTHER)
            cells[head] = form.get(f"{TYPED}{head}", "") if chosen == OTHER else chosen
    return cells


def _cell(head: str, text: str, fact: Fact, *, outcome: bool) -> RuleCell:
    choices = _outcomes(fact) if outcome else _conditions(fact)
    hint = (
        _outcome_hint(fact)
        if outcome
        else GRAMMAR.get(fact.type, KNOWN_ONLY if fact.type.is_opaque else "ja of nee, niet x, bekend")
    )
    return RuleCell(head, fact.label[:1].upper() + fact.label[1:], text, tuple(choices), hint, outcome)


def _conditions(fact: Fact) -> Sequence[Choice]:
    before = "bevat " if fact.type.is_list else ""
    choices = [Choice(NOTHING, "maakt niet uit")]
    choices += [
        Choice(f"{before}{value}", f"{before}{value_text(value, fact)}") for value in fact.values[:MOST_CHOICES]
    ]
    return [*choices, Choice("bekend", "bekend"), Choice("onbekend", "niet bekend")]


def _outcomes(fact: Fact) -> Sequence[Choice]:
    return [
        Choice(NOTHING, "zegt hier niets over"),
        *(Choice(value, value_text(value, fact)) for value in fact.values[:MOST_CHOICES]),
    ]


def _outcome_hint(fact: Fact) -> str:
    if fact.type.is_list:
        return "a, b"
    return "GM0599 of {woongemeente}" if fact.type is FactType.GEMEENTE else "een van de waarden"
