"""Everything that must be right before a rule set may come into force, looked at in one go.

Faults in the files, guard rails (waarborgen) that it breaks, gaps and dead rows, scenarios that do not come true, rows
that no scenario reaches. The whole takes seconds: a page lets `intake.rulesets.inspection.inspection` do it after the
request.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self

from forms import INTAKE_FORM
from intake.advice import region
from intake.rulesets.drafts.words import case_words
from rules import Finding, RuleSet, RuleSetErrors
from rules.cases import Scenario, ScenarioReport, read_scenarios, run_scenarios
from rules.check import CheckFinding, Kind, Use, check_ruleset
from rules.publish import ABOUT_FILE, read_about
from rules.shelf import Bundle, load_bundle, parse_bundle
from rules.values import Known

ASKED = frozenset(question.key for question in INTAKE_FORM.questions)
NO_SCENARIOS = "De regelset heeft geen scenario’s."


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What was found, as sentences that can be kept: why it may not come into force, what deserves a look, per row."""

    reasons: tuple[str, ...]
    notes: tuple[str, ...]
    counts: Mapping[str, int]
    rows: Mapping[str, tuple[str, ...]]

    def of_row(self, row_id: str) -> tuple[str, ...]:
        """What was found about one row."""
        return self.rows.get(row_id, ())

    def to_dict(self) -> dict[str, Any]:
        """Plain data, for the database."""
        rows = {row: list(found) for row, found in self.rows.items()}
        return {"redenen": self.reasons, "aandacht": self.notes, "telling": dict(self.counts), "rijen": rows}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """The report that `to_dict` gave."""
        rows = {row: tuple(found) for row, found in data["rijen"].items()}
        return cls(tuple(data["redenen"]), tuple(data["aandacht"]), data["telling"], rows)


@dataclass(frozen=True, slots=True)
class Examination:
    """What was found. `ruleset` is none when the files have faults, and then nothing else could be looked at."""

    ruleset: RuleSet | None
    faults: tuple[Finding, ...] = ()
    checks: tuple[CheckFinding, ...] = ()
    scenarios: ScenarioReport | None = None

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why the set may not come into force, each in one Dutch sentence; empty when it may."""
        return tuple(self._reasons())

    @property
    def notes(self) -> tuple[CheckFinding, ...]:
        """What is no fault but deserves a look."""
        return tuple(check for check in self.checks if not check.serious)

    @property
    def counts(self) -> Mapping[str, int]:
        """How many of each kind, for a line at the end."""
        report = self.scenarios
        return {
            "fouten in bestanden": len(self.faults),
            "gebroken waarborgen": sum(check.kind is Kind.WAARBORG for check in self.checks),
            "fouten in tabellen": sum(check.serious and check.kind is not Kind.WAARBORG for check in self.checks),
            "aandachtspunten": len(self.notes),
            "scenario’s niet goed": len(report.failures) if report else 0,
            "regels zonder scenario": len(report.uncovered) if report else 0,
        }

    @property
    def report(self) -> CheckReport:
        """The same as sentences."""
        uncovered = self.scenarios.uncovered if self.scenarios else ()
        named = [*(one.row for one in self.faults), *(one.row for one in self.checks), *uncovered]
        rows = {row: tuple(self._of_row(row)) for row in dict.fromkeys(named) if row}
        notes = tuple(self._told(check, words=True) for check in self.notes)
        return CheckReport(tuple(self._reasons(words=True)), notes, self.counts, rows)

    def _told(self, check: CheckFinding, *, words: bool = False) -> str:
        """The finding with its example: in words for a page, as facts that `toegang advies` takes for a command."""
        if not check.example:
            return str(check)
        if words and self.ruleset is not None:
            return f"{check} Voorbeeld: {case_words(self.ruleset, check.example)}."
        return f"{check} Voorbeeld: {', '.join(f'{name} = {value}' for name, value in check.example.items())}."

    def _of_row(self, row_id: str) -> Iterator[str]:
        yield from (str(fault) for fault in self.faults if fault.row == row_id)
        yield from (check.message for check in self.checks if check.row == row_id)
        if self.scenarios is not None and row_id in self.scenarios.uncovered:
            yield "Geen enkel scenario laat deze regel beslissen."

    def lines(self, *, notes: bool = True) -> Iterator[str]:
        """Everything, one line each."""
        yield from self.reasons
        if notes:
            yield from (self._told(check) for check in self.notes)

    def _reasons(self, *, words: bool = False) -> Iterator[str]:
        yield from (str(fault) for fault in self.faults)
        yield from (self._told(check, words=words) for check in self.checks if check.serious)
        if self.scenarios is not None:
            if self.scenarios.count == 0:
                yield NO_SCENARIOS
            yield from (str(failure) for failure in self.scenarios.failures)
            yield from (f"Regel {row} beslist in geen enkel scenario." for row in self.scenarios.uncovered)


def examine(bundle: Bundle) -> Examination:
    """Look at everything; takes seconds."""
    ruleset, faults = read(bundle)
    scenarios, unreadable = _scenarios(bundle)
    faults = (*faults, *unreadable, *_register_faults(bundle), *(region.faults_of(ruleset) if ruleset else ()))
    if ruleset is None or faults:
        return Examination(None, faults)
    report = run_scenarios(ruleset, scenarios)
    use = Use(asked=ASKED, covered=report.fired, read_elsewhere=region.parameters_of(ruleset), kept=kept_by_form)
    found = check_ruleset(ruleset, use)
    checks = tuple(check for check in found if check.kind is not Kind.NIET_GEDEKT)
    return Examination(ruleset, checks=checks, scenarios=report)


def kept_by_form(facts: Mapping[str, Known]) -> bool:
    """Whether the form asks for every one of these facts, given the others: then `toegang advies` keeps them all."""
    return facts.keys() <= INTAKE_FORM.asked(facts)


def recheck(bundle: Bundle) -> Examination:
    """What must hold at the moment itself, whatever was found before: files, guard rails, scenarios, each row covered.

    Leaves out the search for gaps and dead rows, which depends on nothing but the texts.
    """
    try:
        ruleset = load_bundle(bundle)
    except RuleSetErrors as error:
        return Examination(None, error.findings)
    scenarios, faults = _scenarios(bundle)
    faults = (*faults, *_register_faults(bundle), *region.faults_of(ruleset))
    return Examination(None, faults) if faults else Examination(ruleset, scenarios=run_scenarios(ruleset, scenarios))


def read(bundle: Bundle) -> tuple[RuleSet | None, tuple[Finding, ...]]:
    """The rule set in the texts, or what is wrong with them; the quick look after each save."""
    try:
        return parse_bundle(bundle), ()
    except RuleSetErrors as error:
        return None, error.findings


def _scenarios(bundle: Bundle) -> tuple[tuple[Scenario, ...], tuple[Finding, ...]]:
    """The scenarios, or what is wrong with their file."""
    try:
        return tuple(read_scenarios(bundle.scenarios)) if bundle.scenarios else (), ()
    except RuleSetErrors as error:
        return (), error.findings


def _register_faults(bundle: Bundle) -> tuple[Finding, ...]:
    """What is wrong with what people say about the set; a region that says nothing yet has no record."""
    if ABOUT_FILE not in bundle.own:
        return ()
    try:
        read_about(bundle.own[ABOUT_FILE])
    except RuleSetErrors as error:
        return error.findings
    return ()
