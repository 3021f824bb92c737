"""`bin/bench advies`: the advice with its full trace on the worked cases, one core, one at a time."""

import json
import os
import time

from forms import INTAKE_FORM
from rules import advise, ruleset_for
from tests.bench.brieven import CASES, DAY, REGIO
from tests.bench.say import percentile, say

ROUNDS = 100


def main(arguments: list[str]) -> int:
    del arguments
    ruleset = ruleset_for(REGIO, DAY)
    facts = [INTAKE_FORM.facts(one["feiten"]) for one in json.loads(CASES.read_text())]
    clock, processor = [], []
    for _ in range(ROUNDS):
        for one in facts:
            start, used = time.perf_counter(), time.process_time()
            advise(ruleset, one, DAY)
            clock.append(time.perf_counter() - start)
            processor.append(time.process_time() - used)
    say(
        f"{len(facts)} worked cases, {ROUNDS} times each: p50 {percentile(clock, 0.5):.2f} ms, "
        f"p95 {percentile(clock, 0.95):.2f} ms; processor p50 {percentile(processor, 0.5):.2f} ms: "
        f"{len(processor) / sum(processor):.0f} advices a second on one core; load {os.getloadavg()[0]:.1f}"
    )
    return 0
