"""The job worker beside `toegang start`: a process of its own, so that no page waits while a letter is printed.

It has a low priority. Its standard input is the thread by which it hangs: when that ends, because `stop` let go of it
or because the server died, it finishes the job in hand and ends too. When it falls it is started again, under the same
name, and goes on with what it left behind.
"""

import logging
import os
import signal
import subprocess
import sys
import threading
import time
import uuid
from dataclasses import dataclass, field

FIRST_WAIT = 0.5
LONGEST_WAIT = 60.0
"""Seconds before it is started again, the longer the oftener it falls."""
LIVED = 60.0
"""Who lived so many seconds did not fall over its own feet: it is started again at once."""
STOP_SECONDS = 20.0
LOW_PRIORITY = 10

log = logging.getLogger(__name__)


def command(name: str) -> tuple[str, ...]:
    """What starts the worker as a child of this process."""
    return (sys.executable, "-m", "intake.cli", "werker", "--naast-start", name)


def live_beside_server() -> None:
    """In the child: give way to the pages, and be told to stop (SIGTERM) as soon as the server lets go or dies."""
    os.nice(LOW_PRIORITY)
    threading.Thread(target=_wait_for_end, name="server", daemon=True).start()


@dataclass(slots=True)
class WorkerProcess:
    """The worker process, kept alive until `stop`."""

    name: str = field(default_factory=lambda: f"start-{uuid.uuid4().hex}")
    _guard: threading.Lock = field(default_factory=threading.Lock)
    _stopping: threading.Event = field(default_factory=threading.Event)
    _child: subprocess.Popen[bytes] | None = None
    _keeper: threading.Thread | None = None

    @property
    def pid(self) -> int | None:
        """Its process id; none when it does not run now."""
        child = self._child
        return None if child is None or child.poll() is not None else child.pid

    def start(self) -> None:
        """Begin; a second start changes nothing."""
        if self._keeper is None:
            self._keeper = threading.Thread(target=self._keep_alive, name="werker", daemon=True)
            self._keeper.start()

    def stop(self) -> None:
        """Let it end the job in hand, then stop; one that does not listen is ended."""
        with self._guard:
            self._stopping.set()
            child = self._child
        if child is not None:
            _let_go(child)

    def _keep_alive(self) -> None:
        wait = FIRST_WAIT
        while (child := self._spawn()) is not None:
            begun = time.monotonic()
            code = child.wait()
            if self._stopping.is_set():
                return
            wait = FIRST_WAIT if time.monotonic() - begun > LIVED else min(wait * 2, LONGEST_WAIT)
            log.warning("de werker viel om en wordt opnieuw gestart", extra={"code": code})
            self._stopping.wait(wait)

    def _spawn(self) -> subprocess.Popen[bytes] | None:
        """A new child, in a session of its own so that Ctrl+C reaches the server alone; none once stopped."""
        with self._guard:
            if self._stopping.is_set():
                return None
            self._child = subprocess.Popen(  # noqa: S603 - our own command, no word of it from outside
                command(self.name), stdin=subprocess.PIPE, start_new_session=True
            )
            return self._child


def _let_go(child: subprocess.Popen[bytes]) -> None:
    if child.stdin is not None:
        child.stdin.close()
    try:
        child.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def _wait_for_end() -> None:
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)
