"""Whose turn it is to write in the embedded database: first come, first served, among the threads of this program.

SQLite lets one write at a time and makes the others sleep and look again; who looks often is served before who waited
long, and a page can wait a second for a gap of a few milliseconds. Here each thread is woken when its turn comes. It is
a courtesy and no lock: who waited too long goes on, and SQLite itself still lets only one write.
"""

import threading
from collections import deque
from dataclasses import dataclass, field
from functools import cache

WAIT_SECONDS = 5.0


@dataclass(slots=True)
class Turns:
    """The queue of one database file."""

    _guard: threading.Lock = field(default_factory=threading.Lock)
    _waiting: deque[threading.Event] = field(default_factory=deque)
    _taken: bool = False

    def take(self) -> bool:
        """Wait for the turn; False when it did not come within five seconds."""
        with self._guard:
            if not self._taken:
                self._taken = True
                return True
            mine = threading.Event()
            self._waiting.append(mine)
        if mine.wait(WAIT_SECONDS):
            return True
        with self._guard:
            if mine.is_set():
                return True
            self._waiting.remove(mine)
            return False

    def give(self) -> None:
        """Hand the turn to who waits longest."""
        with self._guard:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._taken = False


@cache
def turns_of(path: str) -> Turns:
    """The one queue of this program for this file, however many engines are opened on it."""
    del path
    return Turns()
