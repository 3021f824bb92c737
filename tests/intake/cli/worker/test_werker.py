"""`toegang werker`: the jobs in a process of their own."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from intake.upkeep.chain import anchor

LONG = 180.0
"""Seconds; long enough for a machine that has other things to do."""


def written(folder: Path) -> bool:
    """Whether the file of anchors is there with a whole line in it: it exists before anything is written to it."""
    file = folder / anchor.FILE
    return file.exists() and file.read_bytes().endswith(b"\n")


@pytest.mark.slow
def test_the_worker_does_what_waits_and_stops_when_told(database, people, instance):
    with database.unit_of_work() as session:
        people.an_intake(session)
    program = [sys.executable, "-c", "import sys; from intake.cli import main; sys.exit(main(['werker']))"]
    root = str(Path(__file__).parents[4])
    process = subprocess.Popen(program, env={**os.environ, "PYTHONPATH": root}, cwd=instance, stdout=subprocess.PIPE)
    try:
        deadline = time.monotonic() + LONG
        while not written(instance) and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.2)
        assert anchor.kept_anchor(instance)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=LONG) == 0
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
