"""The scenarios beside a rule set: a story, its facts, and what has to come out. A set is only done when all hold.

`scenarios.csv` has the columns `scenario;verhaal;op;feiten;verwacht`, the last two as JSON. Expected is a value
(equal), a list (one of these), or `eerste`, `bevat`, `zonder`, `niet` with a value or a list; keys may be dotted.
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from rules.engine.consider import advise
from rules.engine.guard import WaarborgBroken
from rules.engine.ruleset import RuleSet
from rules.tables.table import Row, Table
from rules.values.advice import Advice
from rules.values.facts import FactValue, InvalidFacts
from rules.values.findings import Finding, RuleSetErrors

SCENARIO_FILE = "scenarios.csv"
HEADS = ("scenario", "verhaal", "op", "feiten", "verwacht")
MAX_SCENARIOS = 5_000
MAX_CELL = 100_000
TESTS = ("eerste", "bevat", "zonder", "niet")
EXAMPLE = '{"kring": "binnen", "voorzieningen": {"bevat": ["nachtopvang"]}}'


@dataclass(frozen=True, slots=True)
class Scenario:
    """One story with its facts on one day, and what is expected of the advice."""

    name: str
    story: str
    on: date
    facts: Mapping[str, FactValue]
    expected: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Failure:
    """One expectation that did not come true; `got` is what the rules said."""

    scenario: str
    key: str
    expected: str
    got: str

    def __str__(self) -> str:
        """One Dutch sentence."""
        return f"Scenario {self.scenario}: {self.key} is {self.got}, verwacht was {self.expected}."


@dataclass(frozen=True, slots=True)
class ScenarioReport:
    """How the scenarios of a set came out, which rows decided in some scenario, and which never did."""

    count: int
    failures: tuple[Failure, ...]
    fired: frozenset[str]
    uncovered: tuple[str, ...]

    @property
    def good(self) -> bool:
        """Whether every scenario holds and every row decided somewhere."""
        return not self.failures and not self.uncovered


def read_scenarios(text: str) -> tuple[Scenario, ...]:
    """The scenarios in the text of a `scenarios.csv`.

    Raises:
        RuleSetErrors: with every line that cannot be read.
    """
    findings: list[Finding] = []
    scenarios: list[Scenario] = []
    try:
        rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";", strict=True))
    except csv.Error as error:
        raise RuleSetErrors([Finding(SCENARIO_FILE, "aanhalingstekens kloppen niet")]) from error
    if not rows or tuple(head.strip() for head in rows[0][: len(HEADS)]) != HEADS:
        raise RuleSetErrors([Finding(SCENARIO_FILE, "de kopregel klopt niet", 1, allowed=";".join(HEADS))])
    for number, cells in enumerate(rows[1 : MAX_SCENARIOS + 1], start=2):
        if not any(cell.strip() for cell in cells):
            continue
        found = _scenario(number, cells)
        if isinstance(found, Scenario):
            scenarios.append(found)
        else:
            findings.append(found)
    names = [scenario.name for scenario in scenarios]
    findings += [
        Finding(SCENARIO_FILE, f"scenario {name} staat er twee keer")
        for name in dict.fromkeys(names)
        if names.count(name) > 1
    ]
    if findings:
        raise RuleSetErrors(findings)
    return tuple(scenarios)


def scenarios_of(folder: Path) -> tuple[Scenario, ...]:
    """The scenarios in the folder of a rule set; none when it has no such file."""
    path = folder / SCENARIO_FILE
    return read_scenarios(path.read_text(encoding="utf-8")) if path.is_file() else ()


def run_scenarios(ruleset: RuleSet, scenarios: Iterable[Scenario]) -> ScenarioReport:
    """Run each scenario; an advice that breaks a waarborg is a failure too."""
    failures: list[Failure] = []
    fired: set[str] = set()
    count = 0
    for scenario in scenarios:
        count += 1
        try:
            advice = advise(ruleset, scenario.facts, scenario.on)
        except WaarborgBroken as error:
            failures.append(
                Failure(scenario.name, f"waarborg {error.waarborg}", "gehouden", f"gebroken ({error.because})")
            )
            continue
        except InvalidFacts as error:
            failures.append(Failure(scenario.name, "feiten", "toegestane feiten", str(error)))
            continue
        fired |= {step.regel for step in advice.stappen}
        failures += judge(scenario, advice)
    rows = [row.id for table in ruleset.tables for row in table.rows if not sleeps(ruleset, table, row)]
    return ScenarioReport(count, tuple(failures), frozenset(fired), tuple(row for row in rows if row not in fired))


def judge(scenario: Scenario, advice: Advice) -> tuple[Failure, ...]:
    """The expectations of a scenario that this advice does not meet."""
    given = advice.to_dict()
    return tuple(
        Failure(scenario.name, key, _shown(wanted), _shown(got))
        for key, wanted in scenario.expected.items()
        if not _meets(got := _value(given, key), wanted)
    )


def sleeps(ruleset: RuleSet, table: Table, row: Row) -> bool:
    """Whether a choice of the region (a parameter column) keeps a row from ever holding."""
    return any(
        fact.name in ruleset.constants and not cell.holds(ruleset.constants[fact.name])
        for fact, cell in zip(table.columns, row.cells, strict=True)
    )


def _scenario(number: int, cells: list[str]) -> Scenario | Finding:
    if len(cells) < len(HEADS):
        return Finding(SCENARIO_FILE, f"de rij heeft {len(cells)} cellen", number, allowed=";".join(HEADS))
    name, story, day, facts, expected = (cell.strip() for cell in cells[: len(HEADS)])
    try:
        on = date.fromisoformat(day)
    except ValueError:
        return Finding(SCENARIO_FILE, f"„{day[:40]}” is geen datum", number, name, "op", "een datum als 2026-11-23")
    read = [_object(facts), _object(expected)]
    for head, value in zip(HEADS[3:], read, strict=True):
        if value is None:
            return Finding(SCENARIO_FILE, "dit is geen JSON-object", number, name, head, EXAMPLE)
    assert read[0] is not None
    assert read[1] is not None
    if not name or not read[1]:
        return Finding(SCENARIO_FILE, "een scenario heeft een naam en een verwachting nodig", number, name)
    wrong = [test for value in read[1].values() if isinstance(value, dict) for test in value if test not in TESTS]
    if wrong:
        return Finding(SCENARIO_FILE, f"„{wrong[0]}” is geen toets", number, name, "verwacht", ", ".join(TESTS))
    return Scenario(name, story, on, read[0], read[1])


def _object(text: str) -> dict[str, Any] | None:
    if len(text) > MAX_CELL:
        return None
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _value(given: Mapping[str, Any], key: str) -> object:
    found: object = given
    for part in key.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found


def _meets(got: object, wanted: object) -> bool:
    if isinstance(wanted, dict):
        return all(_passes(test, got, value) for test, value in wanted.items())
    if isinstance(wanted, list):
        return got == wanted or (not isinstance(got, list) and got in wanted)
    return got == wanted


def _passes(test: str, got: object, wanted: object) -> bool:
    words = wanted if isinstance(wanted, list) else [wanted]
    items = got if isinstance(got, list) else [got]
    match test:
        case "eerste":
            return bool(items) and items[0] in words
        case "bevat":
            return all(word in items for word in words)
        case "zonder":
            return not any(word in items for word in words)
        case _:
            return got not in words and got != wanted


def _shown(value: object) -> str:
    if isinstance(value, str):
        return f"„{value}”" if value else "leeg"
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "leeg"
    return json.dumps(value, ensure_ascii=False)
