"""Everything that must be right before a rule set may come into force, looked at in one go.

Faults in the files, guard rails (waarborgen) that it breaks, gaps and dead rows, scenarios that do not come true, rows
that no scenario reaches. What is found of one set of texts is kept, so that a page can show it again at once.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from forms import INTAKE_FORM
from rules import Finding, RuleSet, RuleSetErrors
from rules.bundle import Bundle, parse_bundle
from rules.check.checking import check_ruleset
from rules.check.finding import CheckFinding, Kind
from rules.publish.algoritmeregister import ABOUT_FILE, read_about
from rules.scenario import ScenarioReport, read_scenarios, run_scenarios

MOST_KEPT = 64
ASKED = frozenset(question.key for question in INTAKE_FORM.questions)
NO_SCENARIOS = "De regelset heeft geen scenario’s."


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

    def of_row(self, row_id: str) -> tuple[str, ...]:
        """What was found about one row."""
        faults = [str(fault) for fault in self.faults if fault.row == row_id]
        checks = [check.message for check in self.checks if check.row == row_id]
        uncovered = self.scenarios is not None and row_id in self.scenarios.uncovered
        return (*faults, *checks, *(["Geen enkel scenario laat deze regel beslissen."] if uncovered else []))

    def lines(self, *, notes: bool = True) -> Iterator[str]:
        """Everything, one line each."""
        yield from self.reasons
        if notes:
            yield from (_told(check) for check in self.notes)

    def _reasons(self) -> Iterator[str]:
        yield from (str(fault) for fault in self.faults)
        yield from (_told(check) for check in self.checks if check.serious)
        if self.scenarios is not None:
            if self.scenarios.count == 0:
                yield NO_SCENARIOS
            yield from (str(failure) for failure in self.scenarios.failures)
            yield from (f"Regel {row} beslist in geen enkel scenario." for row in self.scenarios.uncovered)


_kept: dict[str, Examination] = {}
"""What was found, by the digest of the texts."""


def examine(bundle: Bundle) -> Examination:
    """Look at everything; the same texts are looked at once."""
    digest = bundle.digest
    found = _kept.get(digest)
    if found is None:
        found = _examine(bundle)
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        _kept[digest] = found
    return found


def known(bundle: Bundle) -> Examination | None:
    """What was found of these texts before; none when they were not looked at yet."""
    return _kept.get(bundle.digest)


def read(bundle: Bundle) -> tuple[RuleSet | None, tuple[Finding, ...]]:
    """The rule set in the texts, or what is wrong with them; the quick look after each save."""
    try:
        return parse_bundle(bundle), ()
    except RuleSetErrors as error:
        return None, error.findings


def _examine(bundle: Bundle) -> Examination:
    ruleset, faults = read(bundle)
    try:
        scenarios = read_scenarios(bundle.scenarios) if bundle.scenarios else ()
    except RuleSetErrors as error:
        scenarios, faults = (), (*faults, *error.findings)
    faults = (*faults, *_register_faults(bundle))
    if ruleset is None or faults:
        return Examination(None, faults)
    report = run_scenarios(ruleset, scenarios)
    found = check_ruleset(ruleset, asked=ASKED, covered=report.fired)
    checks = tuple(check for check in found if check.kind is not Kind.NIET_GEDEKT)
    return Examination(ruleset, checks=checks, scenarios=report)


def _register_faults(bundle: Bundle) -> tuple[Finding, ...]:
    """What is wrong with what people say about the set; a region that says nothing yet has no record."""
    if ABOUT_FILE not in bundle.own:
        return ()
    try:
        read_about(bundle.own[ABOUT_FILE])
    except RuleSetErrors as error:
        return error.findings
    return ()


def _told(check: CheckFinding) -> str:
    return f"{check} Voorbeeld: {_facts(check.example)}." if check.example else str(check)


def _facts(example: Mapping[str, object]) -> str:
    return ", ".join(f"{name} = {value}" for name, value in example.items())
