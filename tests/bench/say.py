"""Telling numbers: one line, or a table of percentiles."""

import sys
from collections.abc import Mapping, Sequence


def say(text: str) -> None:
    """One line, at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def percentile(seconds: Sequence[float], part: float) -> float:
    """The value under which this part of the measurements lies, in milliseconds."""
    ordered = sorted(seconds)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))] * 1_000


def table(timings: Mapping[str, Sequence[float]]) -> None:
    """A Markdown table: kind, count, p50, p95, p99 in milliseconds."""
    say("| request | n | p50 ms | p95 ms | p99 ms |\n|---|--:|--:|--:|--:|")
    for kind, seconds in timings.items():
        cells = " | ".join(f"{percentile(seconds, part):.0f}" for part in (0.50, 0.95, 0.99))
        say(f"| {kind} | {len(seconds)} | {cells} |")
