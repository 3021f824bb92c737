"""`bin/bench brieven`: the client's letter; the first in a fresh process, and those after it."""

import json
import os
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

from tests.bench.say import percentile, say

LATER = 20
CASES = Path(__file__).parents[1] / "forms" / "cases.json"
DAY = date(2026, 11, 23)
REGIO = "rotterdam-rijnmond"
PRINT = "from tests.bench.brieven import print_letters; print_letters()"


def main(arguments: list[str]) -> int:
    del arguments
    load, start = os.getloadavg()[0], time.perf_counter()
    run = subprocess.run([sys.executable, "-c", PRINT], check=True, capture_output=True, text=True)
    whole = time.perf_counter() - start
    told = json.loads(run.stdout)
    later = told["later"]
    say(
        f"first letter of a fresh process: {told['first'] * 1_000:.0f} ms, {told['import'] * 1_000:.0f} ms of imports "
        f"before it; {len(later)} later ones: p50 {percentile(later, 0.5):.0f} ms, p95 {percentile(later, 0.95):.0f} "
        f"ms, processor p50 {percentile(told['processor'], 0.5):.0f} ms; {told['pages']} pages; whole process "
        f"{whole:.1f} s; load {load:.1f}"
    )
    return 0


def print_letters() -> None:
    """In the fresh process: print, and tell on standard output what it took."""
    start = time.perf_counter()
    from intake.advice.giving import advise_answers  # noqa: PLC0415 - the import is part of what is measured
    from intake.letters.preview import Contact, Reasoned, preview_letter  # noqa: PLC0415
    from reports.letters import render_letter  # noqa: PLC0415
    from rules.shelf import declared  # noqa: PLC0415

    imported = time.perf_counter() - start
    pages, took, processor = set(), [], []
    cases = [one["feiten"] for one in json.loads(CASES.read_text())]
    for answers in [cases[0], *(cases[place % len(cases)] for place in range(LATER))]:
        advice = advise_answers(answers, regio=REGIO, on=DAY).advice
        letter = preview_letter(answers, Reasoned(advice, declared(None, REGIO)), DAY, Contact())
        start, used = time.perf_counter(), time.process_time()
        pages.add(render_letter(letter, "nl").pages)
        took.append(time.perf_counter() - start)
        processor.append(time.process_time() - used)
    told = {"import": imported, "first": took[0], "later": took[1:], "processor": processor[1:], "pages": sorted(pages)}
    sys.stdout.write(json.dumps(told))
