"""What is used and what is not: facts, parameters, outcomes, and rows that no scenario makes decide."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from rules.check.finding import CheckFinding, Kind
from rules.check.witness import Kept
from rules.engine.ruleset import RuleSet
from rules.reading.guards import HEAD
from rules.values.facts import FactType

READ_BY_THE_ENGINE = ("melding_datum",)
READ_AS_TERMS = ("contact_werkdagen_u2", "contact_werkdagen_u3", "contact_werkdagen_u4", "regio_gemeenten")


@dataclass(frozen=True, slots=True)
class Use:
    """What is made of a rule set outside its tables; None is not known.

    `asked`: the facts that the form asks. `covered`: the rows that scenarios made decide.
    `read_elsewhere`: the parameters that the programme reads itself, and that are therefore in use.
    `kept`: whether the form keeps all facts of an example, so that `toegang advies` shows the same.
    """

    asked: Collection[str] | None = None
    covered: Collection[str] | None = None
    read_elsewhere: Collection[str] = ()
    kept: Kept | None = None


NOT_KNOWN = Use()


def usage_findings(ruleset: RuleSet, use: Use, dead: Collection[str]) -> Iterator[CheckFinding]:
    """Findings about use; `dead` rows need no scenario and give no outcome."""
    used = used_names(ruleset)
    for name, fact in ruleset.facts.items():
        if name in ruleset.constants:
            continue
        if name in used and use.asked is not None and name not in use.asked:
            yield CheckFinding(Kind.NIET_GEVRAAGD_FEIT, used[name], "", f"het formulier vraagt nooit naar „{name}”.")
        if name not in used and fact.type is not FactType.TEKST and name not in READ_BY_THE_ENGINE:
            yield CheckFinding(Kind.ONGEBRUIKT_FEIT, "", "", f"geen enkele regel gebruikt „{name}”.")
    yield from _parameters(ruleset, {*used, *READ_AS_TERMS, *use.read_elsewhere})
    yield from _outcomes(ruleset, dead)
    if use.covered is not None:
        for table in ruleset.tables:
            for row in table.rows:
                if row.id not in use.covered and row.id not in dead:
                    yield CheckFinding(
                        Kind.NIET_GEDEKT, table.name, row.id, "geen enkel scenario laat deze regel beslissen."
                    )


def used_names(ruleset: RuleSet) -> Mapping[str, str]:
    """Every fact that some table asks, directly or through a derived fact, with the first table that does."""
    needs = {item.fact.name: item.needs for item in ruleset.derived}
    used: dict[str, str] = {}

    def note(name: str, table: str) -> None:
        if name not in used:
            used[name] = table
            for need in needs.get(name, ()):
                note(need, table)

    for table in ruleset.tables:
        for fact in table.columns:
            note(fact.name, table.name)
        for references in _references(ruleset, table.name):
            note(references, table.name)
    for destination in ruleset.destinations.values():
        note(destination.gemeente, "bestemmingen")
    return used


def _references(ruleset: RuleSet, name: str) -> Iterator[str]:
    for row in ruleset.table(name).rows:
        for result in row.results.values():
            for said in result:
                if not isinstance(said, str | int):
                    yield said.name


def _parameters(ruleset: RuleSet, used: Collection[str]) -> Iterator[CheckFinding]:
    """The choices of the region that change nothing: no column, cell or derived fact takes their value."""
    for name in ruleset.parameters:
        if name not in used and name not in ruleset.filled_in:
            message = f"geen enkele cel of berekening gebruikt parameter „{name}”: wie hem verandert, verandert niets."
            yield CheckFinding(Kind.ONGEBRUIKTE_PARAMETER, HEAD, "", message)


def _outcomes(ruleset: RuleSet, dead: Collection[str]) -> Iterator[CheckFinding]:
    given: dict[str, set[object]] = {}
    for table in ruleset.tables:
        for row in table.rows:
            if row.id not in dead:
                for name, result in row.results.items():
                    given.setdefault(name, set()).update(result)
    for name, outcome in ruleset.outcomes.items():
        if name not in given:
            yield CheckFinding(Kind.ONBEREIKBARE_UITKOMST, "", "", f"geen enkele regel geeft „{name}”.")
            continue
        for value in outcome.fact.values:
            if outcome.fact.type is not FactType.GEMEENTE and value not in given[name] and value != outcome.default:
                yield CheckFinding(Kind.ONBEREIKBARE_UITKOMST, "", "", f"geen enkele regel geeft {name} „{value}”.")
