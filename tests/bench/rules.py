"""`bin/bench rules`: the advice, two other engines on the same tables in the same run, a million cases, the checks."""

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np

from forms import INTAKE_FORM
from rules import RuleSet, RuleSetErrors, advise, ruleset_for
from rules.check.checking import check_table
from rules.editing.head import with_value
from rules.engine.batch import Coded, Frame, frame_of, transitions
from rules.engine.evaluate import evaluate
from rules.reading.guards import HEAD
from rules.shelf.bundle import parse_bundle, read_bundle
from rules.shelf.load import read_ruleset
from rules.shelf.shelf import SETS
from tests.bench.export import case_of, tables_of
from tests.bench.invented import DAY, cases
from tests.rules.files import FEITEN, write_set
from tests.rules.reading.broken import ERRORS, random_files, written

REGIO = "rotterdam-rijnmond"
HERE = Path(__file__).parent
WORKED = HERE.parent / "forms" / "cases.json"
RIVALS = {
    "zen-engine": ("zen-engine==2.1.3", "rival_zen.py"),
    "durable_rules": ("durable-rules==2.0.28", "rival_durable.py"),
}
CASES, FOR_RIVALS = 2_000, 500
MILLION = 1_000_000
BUILDING, RUNNING = 600, 900
"""Seconds that another engine gets."""
UNKNOWN = 0.1
BROKEN = 200


def main(arguments: list[str]) -> int:
    wanted = set(arguments) or {"advies", "anderen", "miljoen", "controle", "fouten"}
    ruleset = ruleset_for(REGIO, DAY)
    rows = sum(len(table.rows) for table in ruleset.tables)
    say(f"{ruleset.id}: {len(ruleset.tables)} tables, {rows} rules, {ruleset.hash[:19]}")
    if "advies" in wanted:
        measure_advice(ruleset)
        measure_worked(ruleset)
    if "anderen" in wanted:
        measure_rivals(ruleset)
    if "miljoen" in wanted:
        measure_million(ruleset)
    if "controle" in wanted:
        measure_check()
    if "fouten" in wanted:
        measure_broken()
    return 0


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def measure_advice(ruleset: RuleSet) -> None:
    """The whole advice with its full trace, open questions and guard rails, one core, one case at a time."""
    for name, unknown in (("complete", 0.0), ("10 % unknown", UNKNOWN), ("70 % unknown", 0.7)):
        facts = cases(ruleset, CASES, unknown=unknown)
        middle, high = percentiles(lambda one: advise(ruleset, one, DAY), facts)
        only, _ = percentiles(lambda one: evaluate(ruleset, one, DAY), facts)
        say(f"advice, {name}: p50 {middle:.0f} µs, p95 {high:.0f} µs (evaluation alone p50 {only:.0f} µs)")


def measure_worked(ruleset: RuleSet) -> None:
    """The worked cases, which are as long as real ones; and each in a rule set that remembers no earlier case."""
    facts = [INTAKE_FORM.facts(one["feiten"]) for one in json.loads(WORKED.read_text())]
    middle, high = percentiles(lambda one: advise(ruleset, one, DAY), facts * 40)
    say(f"advice, {len(facts)} worked cases: p50 {middle:.0f} µs, p95 {high:.0f} µs")
    fresh = [(replace(ruleset), one) for one in facts * 4]
    middle, high = percentiles(lambda pair: advise(pair[0], pair[1], DAY), fresh)
    say(f"the same, each the first case ever: p50 {middle:.0f} µs, p95 {high:.0f} µs")


def measure_rivals(ruleset: RuleSet) -> None:
    """Other engines get the same tables with every earlier outcome worked out for them; ours does everything."""
    facts = cases(ruleset, FOR_RIVALS)
    with tempfile.TemporaryDirectory(prefix="bench-") as place:
        folder = Path(place)
        (folder / "tables.json").write_text(json.dumps(tables_of(ruleset)))
        (folder / "cases.json").write_text(json.dumps([case_of(ruleset, one) for one in facts]))
        middle, high = percentiles(lambda one: advise(ruleset, one, DAY), facts)
        say(f"ours, whole advice: p50 {middle:.0f} µs, p95 {high:.0f} µs over {len(facts)} cases")
        for name, (requirement, script) in RIVALS.items():
            found = run_rival(requirement, HERE / script, folder)
            if isinstance(found, str):
                say(f"{name}: NOT MEASURED, {found}")
                continue
            say(
                f"{name}: p50 {found['p50_us']:.0f} µs, p95 {found['p95_us']:.0f} µs, "
                f"tables that came out otherwise: {found['different']}"
            )


def run_rival(requirement: str, script: Path, folder: Path) -> dict[str, float] | str:
    """What another engine measured, or why it could not be."""
    python = environment(requirement)
    if isinstance(python, str):
        return f"{requirement} could not be installed here: {python}"
    command = [str(python), str(script), str(folder / "tables.json"), str(folder / "cases.json")]
    try:
        run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=RUNNING)
    except subprocess.TimeoutExpired:
        return f"it took more than {RUNNING} seconds"
    if run.returncode != 0:
        return f"it stopped: {_last_line(run.stderr)}"
    found: dict[str, float] = json.loads(run.stdout.strip().splitlines()[-1])
    return found


def environment(requirement: str) -> Path | str:
    """The Python of an environment outside the product in which the other engine is installed, or why there is none."""
    folder = Path(tempfile.gettempdir()) / "toegang-bench" / requirement.replace("=", "-")
    python = folder / "bin" / "python"
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", requirement]
    try:
        if not python.exists():
            venv.create(folder, with_pip=True)
        run = subprocess.run(pip, capture_output=True, text=True, check=False, timeout=BUILDING)
    except subprocess.TimeoutExpired:
        return f"building it took more than {BUILDING} seconds"
    except (OSError, subprocess.CalledProcessError) as error:
        return f"no environment could be made ({error})"
    return python if run.returncode == 0 else _last_line(run.stderr)


def _last_line(text: str) -> str:
    return (text.strip().splitlines() or ["it said nothing"])[-1]


def measure_million(ruleset: RuleSet) -> None:
    """A million invented cases under the rules in force and under a version with two other ages."""
    new = changed_set()
    frame = million(ruleset)
    start, begun = time.process_time(), time.perf_counter()
    found = transitions(ruleset, new, frame)
    seconds, wall = time.process_time() - start, time.perf_counter() - begun
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / 1024
    moved = sum(count for (one, other), count in found["bestemming"].items() if one != other)
    say(
        f"million cases, old against new: {seconds:.1f} s ({wall:.1f} s by the clock), peak {memory:.2f} GB; "
        f"{moved} get another destination"
    )


def changed_set() -> RuleSet:
    """The rules with other ages for the desk for the young."""
    bundle = read_bundle(SETS / REGIO / "2026-01-01")
    head = with_value(bundle.own[HEAD], ("parameters", "min_leeftijd_mo", "waarde"), "21")
    head = with_value(head, ("parameters", "jongeren_tot_en_met", "waarde"), "20")
    return parse_bundle(replace(bundle, own=MappingProxyType({**bundle.own, HEAD: head})))


def million(ruleset: RuleSet) -> Frame:
    """A million cases: each fact drawn by itself from what twenty thousand invented clients answered."""
    sample = frame_of(ruleset, cases(ruleset, 20_000, unknown=UNKNOWN), DAY)
    chance = np.random.default_rng(2026)
    columns = {
        name: Coded(column.codes[chance.integers(0, sample.size, MILLION)], column.states)
        for name, column in sample.columns.items()
    }
    return Frame(MILLION, DAY, columns, sample.answers)


def measure_check() -> None:
    """The checks of one table of 40 rows by 10 columns."""
    with tempfile.TemporaryDirectory(prefix="bench-") as place:
        ruleset = read_ruleset(write_set(Path(place), feiten=wide_facts(), T3=wide_table()))
        table = ruleset.table("T3")
        times = []
        for _ in range(5):
            start = time.process_time()
            found = check_table(ruleset, table)
            times.append(time.process_time() - start)
    shape = f"{len(table.rows)} x {len(table.columns)}"
    say(f"checks of a {shape} table: {min(times) * 1000:.0f} ms best of five, {len(found)} findings")


def measure_broken() -> None:
    """How long it takes to refuse a folder of rules with an error in it, over two hundred random ones."""
    times = []
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(BROKEN):
            chance = random.Random(seed)
            files = random_files(chance)
            ERRORS[seed % len(ERRORS)](files, chance)
            where = written(Path(folder) / str(seed), files)
            started = time.process_time()
            with suppress(RuleSetErrors):
                read_ruleset(where)
            times.append(time.process_time() - started)
    times.sort()
    middle, most = times[len(times) // 2], times[-1]
    say(f"refusing a folder with an error: p50 {middle * 1000:.0f} ms, at most {most * 1000:.0f} ms")


def wide_facts() -> str:
    """Ten facts beside those of the small set: six choices, two numbers, two lists."""
    lines = [f"  v{place}: {{type: keuze, waarden: [a, b, c, d]}}" for place in range(6)]
    lines += [f"  v{place}: {{type: getal, van: 0, tot: 99}}" for place in (6, 7)]
    lines += [f"  v{place}: {{type: lijst, waarden: [a, b, c]}}" for place in (8, 9)]
    return FEITEN.replace("uitkomsten:", "\n".join(lines) + "\nuitkomsten:", 1)


def wide_table() -> str:
    """A table of 40 rows by 10 columns; the last row catches the rest."""
    words = ("-", "a", "b of c", "niet d", "onbekend", "a of onbekend")
    numbers = ("-", "< 18", "18 tot 23", ">= 23", "18 t/m 64 of onbekend")
    lists = ("-", "bevat a", "bevat niet b", "leeg", "bevat alle a en c")
    kinds = [words] * 6 + [numbers] * 2 + [lists] * 2
    chance = random.Random(7)
    lines = [";".join(["regel", *(f"v{place}" for place in range(10)), "dan:voorzieningen", "omdat", "grondslag"])]
    for row in range(39):
        cells = [chance.choice(kind) if chance.random() < 0.4 else "-" for kind in kinds]
        lines.append(";".join([f"T3.{row + 1}", *cells, "nachtopvang", "Een zin.", "Wmo 2015"]))
    lines.append(";".join(["T3.40", *["-"] * 10, "begeleiding_thuis", "Een zin.", "Wmo 2015"]))
    return "\n".join(lines) + "\n"


def percentiles(run: Callable[[Any], object], items: Iterable[object]) -> tuple[float, float]:
    """Median and 95th percentile in microseconds of processor time: what else runs here does not count."""
    times = []
    for item in items:
        start = time.process_time_ns()
        run(item)
        times.append(time.process_time_ns() - start)
    times.sort()
    return times[len(times) // 2] / 1000, times[int(len(times) * 0.95)] / 1000


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
