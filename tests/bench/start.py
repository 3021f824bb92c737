"""`bin/bench start`: from a fresh clone to the first page, with the package cache as it is; and the starts after it."""

import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from tests.bench.installation import ROOT, free_port, process, wait_for
from tests.bench.say import say

LONGEST_SECONDS = 900


def main(arguments: list[str]) -> int:
    del arguments
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="toegang-bench-") as place:
        clone = Path(place) / "toegang"
        start = time.perf_counter()
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        say(f"clone: {time.perf_counter() - start:.1f} s")
        start_once(clone)
        say(f"clone to first page, empty database: {time.perf_counter() - start:.1f} s")
        say(f"second start: {start_once(clone):.1f} s")
        shutil.rmtree(clone / "instance")
        say(f"first start with the demo region and its year of cases: {start_once(clone, '--demo'):.1f} s")
    say(f"load before {load:.1f}, after {os.getloadavg()[0]:.1f}")
    return 0


def start_once(clone: Path, *arguments: str) -> float:
    """Seconds until the first page is there."""
    port, start = free_port(), time.perf_counter()
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("TOEGANG_", "PYTHON"))}
    command = [str(clone / "bin" / "start"), "--port", str(port), *arguments]
    with process(command, environ, clone / "log", folder=clone) as server:
        wait_for(f"http://127.0.0.1:{port}/inloggen", server, clone / "log", LONGEST_SECONDS)
        return time.perf_counter() - start
