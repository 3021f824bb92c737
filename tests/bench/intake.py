"""`bin/bench intake [sqlite] [postgresql] [productie]`: intakes filed through HTTP by eight workers at once.

    --aantal N    intakes in all (200)
    --werkers N   workers at once (8)
    --denktijd S  seconds on average that a worker looks at each page before the next request (0: none at all)

Without a pause it is the heaviest that so many workers can do: then the time of a request is mostly waiting for the
others. Afterwards the database is asked whether every intake is there, once.
"""

import argparse
import os
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import func, select

from intake.access.audit.chain import verify_log
from intake.demo import DEMO_PASSWORD, demo_logins
from intake.store.database import Database
from intake.tables.account import Role
from intake.tables.besluit import Besluit
from intake.tables.draft import Draft, DraftState
from intake.tables.intake import Intake
from intake.tables.letter import Letter
from intake.tables.referral import Referral
from tests.bench.installation import Installation, Kind, running
from tests.bench.say import say, table
from tests.bench.worker import Timing, Worker

EVERY_TWICE = 10
"""One in so many intakes is submitted twice."""


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bin/bench intake")
    parser.add_argument("kinds", nargs="*", default=["sqlite", "postgresql", "productie"])
    parser.add_argument("--aantal", type=int, default=200)
    parser.add_argument("--werkers", type=int, default=8)
    parser.add_argument("--denktijd", type=float, default=0.0)
    asked = parser.parse_args(arguments)
    for kind in asked.kinds:
        with running(Kind(kind)) as found:
            measure(found, kind, asked)
    return 0


def measure(found: Installation, kind: str, asked: argparse.Namespace) -> None:
    """Let the workers loose, tell what it took, and look whether all is there."""
    workers = log_in(found.url, asked.werkers)
    for worker in workers:
        worker.file_intake()
        worker.timing, worker.pause = Timing(), asked.denktijd
    before = count(found.database)
    load, used, start = os.getloadavg()[0], found.processor_seconds(), time.perf_counter()
    filed = file_all(workers, asked.aantal)
    seconds = time.perf_counter() - start
    used = found.processor_seconds() - used
    say(
        f"\n{kind}: {len(filed)} intakes by {len(workers)} workers in {seconds:.1f} s ({len(filed) / seconds:.1f} a "
        f"second; pause {asked.denktijd} s; load before {load:.1f}, after {os.getloadavg()[0]:.1f}); "
        f"{used / len(filed) * 1_000:.0f} ms of processor time for each, with the letters that were made"
    )
    table(merged(workers))
    check(found.database, filed, before)


def log_in(url: str, number: int) -> list[Worker]:
    """So many workers of the wijkteams; when there are fewer people, some have two windows open."""
    people = [one.email for one in demo_logins() if one.role is Role.WIJKTEAMMEDEWERKER]
    return [Worker(url, people[place % len(people)], DEMO_PASSWORD) for place in range(number)]


def file_all(workers: list[Worker], number: int) -> list[str]:
    """The ids of all cases that a worker saw decided."""
    lock, left = threading.Lock(), iter(range(number))

    def work(worker: Worker) -> list[str]:
        filed = []
        while True:
            with lock:
                turn = next(left, None)
            if turn is None:
                return filed
            filed.append(worker.file_intake(twice=turn % EVERY_TWICE == 0))

    with ThreadPoolExecutor(len(workers)) as pool:
        return [one for filed in pool.map(work, workers) for one in filed]


def merged(workers: list[Worker]) -> dict[str, list[float]]:
    """All timings of all workers, by kind."""
    found: dict[str, list[float]] = {}
    for worker in workers:
        for kind, seconds in worker.timing.of.items():
            found.setdefault(kind, []).extend(seconds)
    return found


def count(database: Database) -> Counter[str]:
    """How many of each there are."""
    tables = {"intakes": Intake, "besluiten": Besluit, "verwijzingen": Referral, "brieven": Letter}
    with database.reading() as session:
        found = Counter({name: session.scalar(select(func.count()).select_from(one)) for name, one in tables.items()})
        submitted = select(func.count()).where(Draft.state == DraftState.INGEDIEND)
        found["ingediende concepten"] = session.scalar(submitted) or 0
        return found


def check(database: Database, filed: list[str], before: Counter[str]) -> None:
    """Every case that a worker saw is there, with one besluit, and nothing else is; the audit chain holds."""
    after = count(database)
    with database.reading() as session:
        known = {str(one) for one in session.scalars(select(Intake.id))}
        decided = Counter(str(one) for one in session.scalars(select(Besluit.intake_id)))
    with database.session() as session:
        broken = verify_log(session)
    made = {name: after[name] - before[name] for name in after}
    lost = [one for one in filed if one not in known or not decided[one]]
    double = [one for one in filed if decided[one] > 1]
    surplus = made["intakes"] - len(set(filed)), made["ingediende concepten"] - len(set(filed))
    say(f"made: {made}; lost {len(lost)}, decided twice {len(double)}, surplus {surplus}, log broken {len(broken)}")
    if lost or double or any(surplus) or broken or len(set(filed)) != len(filed):
        raise AssertionError("the database does not hold what the workers saw")
