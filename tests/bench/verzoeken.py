"""`bin/bench verzoeken [sqlite] [postgresql]`: what each request of filing an intake costs, one at a time.

    --aantal N    intakes (30)
    --toon KIND   print the statements of the last request of this kind

The pages are asked for in this very process, so that the processor time is that of the request alone (without the
database server), whatever else runs on the machine. Statements are counted as the driver gets them.
"""

import argparse
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from sqlalchemy import event

from intake.demo import DEMO_PASSWORD, demo_logins
from intake.store.database import Database
from intake.tables.account import Role
from tests.bench.installation import Kind, filled
from tests.bench.say import percentile, say
from tests.bench.worker import Worker
from wsgi import create_app

BASE = "http://localhost"
WARM_UP = 3
TOGETHER = ("indienen", "besluit en verwijzing")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a worker reads of an answer."""

    status_code: int
    text: str
    headers: Any


@dataclass(slots=True)
class Counter:
    """The statements that reached the driver since it was last read."""

    statements: list[str] = field(default_factory=list)

    def __call__(self, _connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        self.statements.append(statement)

    def read(self) -> list[str]:
        found, self.statements = self.statements, []
        return found


@dataclass(slots=True)
class Cost:
    """Processor seconds and statements of each request, by its kind."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    statements: dict[str, list[list[str]]] = field(default_factory=dict)


class InProcess:
    """A browser without a network in between; measures what the application does, and nothing else."""

    def __init__(self, app: Flask, counter: Counter) -> None:
        self.client = app.test_client()
        self.counter = counter
        self.last, self.said = 0.0, list[str]()

    def get(self, url: str, **_rest: Any) -> Answer:
        return self._asked("GET", url, None, {})

    def post(self, url: str, *, data: Any, headers: Any, **_rest: Any) -> Answer:
        return self._asked("POST", url, data, headers)

    def _asked(self, method: str, url: str, data: Any, headers: Any) -> Answer:
        self.counter.read()
        start = time.thread_time()
        path = url.removeprefix(BASE)
        found = self.client.open(path, method=method, data=data, headers=headers, base_url=BASE)
        self.last = time.thread_time() - start
        self.said = self.counter.read()
        return Answer(found.status_code, found.text, found.headers)


class Measured(Worker):
    """A worker whose requests are weighed instead of clocked."""

    def __init__(self, browser: InProcess, email: str) -> None:
        self.weight = Cost()
        super().__init__(BASE, email, DEMO_PASSWORD, browser=browser)
        self.weighed = browser

    def _took(self, kind: str, start: float) -> None:
        super()._took(kind, start)
        browser = self.browser
        assert isinstance(browser, InProcess)
        self.weight.seconds.setdefault(kind, []).append(browser.last)
        self.weight.statements.setdefault(kind, []).append(browser.said)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bin/bench verzoeken")
    parser.add_argument("kinds", nargs="*", default=["sqlite", "postgresql"])
    parser.add_argument("--aantal", type=int, default=30)
    parser.add_argument("--toon", default="")
    asked = parser.parse_args(arguments)
    for kind in asked.kinds:
        with filled(Kind(kind)) as (database, settings, _):
            app = create_app(settings)
            with counted(app.extensions["toegang.database"]) as counter:
                say(f"\n{kind}")
                weigh(Measured(InProcess(app, counter), _somebody()), asked.aantal, asked.toon)
            del database
    return 0


def weigh(worker: Measured, number: int, shown: str) -> None:
    """File so many intakes and tell what each kind of request took."""
    for _ in range(WARM_UP):
        worker.file_intake()
    worker.weight = Cost()
    for _ in range(number):
        worker.file_intake()
    say("| request | n | statements | processor p50 ms | p95 ms |\n|---|--:|--:|--:|--:|")
    for kind, seconds in worker.weight.seconds.items():
        most = max(len(one) for one in worker.weight.statements[kind])
        half, most_of = percentile(seconds, 0.5), percentile(seconds, 0.95)
        say(f"| {kind} | {len(seconds)} | {most} | {half:.1f} | {most_of:.1f} |")
    both = [sum(pair) for pair in zip(*(worker.weight.seconds[kind] for kind in TOGETHER), strict=True)]
    say(f"| indienen + besluit samen | {number} | | {percentile(both, 0.5):.1f} | {percentile(both, 0.95):.1f} |")
    whole = sum(sum(seconds) for seconds in worker.weight.seconds.values()) / number
    say(f"one intake, all requests: {whole * 1_000:.0f} ms of processor time")
    for number_of, statement in enumerate(worker.weight.statements.get(shown, [[]])[-1], 1):
        say(f"{number_of:3} {' '.join(statement.split())}")


@contextmanager
def counted(database: Database) -> Iterator[Counter]:
    """Count the statements of this database for as long as the block lasts."""
    counter = Counter()
    event.listen(database.engine, "before_cursor_execute", counter)
    yield counter
    event.remove(database.engine, "before_cursor_execute", counter)


def _somebody() -> str:
    return next(one.email for one in demo_logins() if one.role is Role.WIJKTEAMMEDEWERKER)
