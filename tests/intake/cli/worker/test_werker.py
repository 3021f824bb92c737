"""`toegang werker`: the jobs in a process of their own."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from intake.upkeep.chain import anchor


@pytest.mark.slow
def test_the_worker_does_what_waits_and_stops_when_told(database, people, instance):
    with database.unit_of_work() as session:
        people.an_intake(session)
    program = [sys.executable, "-c", "import sys; from intake.cli import main; sys.exit(main(['werker']))"]
    root = str(Path(__file__).parents[4])
    process = subprocess.Popen(program, env={**os.environ, "PYTHONPATH": root}, cwd=instance, stdout=subprocess.PIPE)
    try:
        deadline = time.monotonic() + 60
        while not (instance / anchor.FILE).exists() and time.monotonic() < deadline:
            time.sleep(0.2)
        assert anchor.kept_anchor(instance)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
