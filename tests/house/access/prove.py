"""Proof that the access matrix is real: whatever is taken away from the policy, somebody sees it.

Run it with `python -m tests.house.access.prove [WORD …]`, for all or for what has one of these words in its name; it
ends with exit code 1 and the names of what nobody saw. Taken away, one at a time: each rule; each limit of a rule; each
use of the policy in a verb or a view; the declaration of each route. It works in one process on SQLite, without the
second lock: the rows of the matrix that come past the thing taken away are asked again until one answers wrongly, and
then the verbs that must refuse of themselves.
"""

import sys
import tempfile
from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager

from intake.store.database import open_database
from tests.conftest import MASTER_KEY
from tests.house.access.cells import ROUTES, wrong_cells
from tests.house.access.mutations import (
    ACTIONS,
    Watched,
    belongs_to_nobody,
    instead,
    rule_mutations,
    sites,
    skipped,
    starts_without,
    watched,
    without_second_lock,
)
from tests.house.access.verbs import VERBS, open_verbs
from tests.house.access.world import EVERYBODY, NOBODY, ROLE_OF, AccessWorld, an_access_world

ALL = (*EVERYBODY, *NOBODY)
API = "intake/api/"
"""The JSON interface has a table and tests of its own."""
SAME: dict[str, str] = {
    "fetch in intake/letters/letter.py ask_again": "the letter and its case are fetched both",
    "fetch in intake/besluit/expertise.py open_request": "the question and its case are fetched both",
    "fetch in intake/besluit/expertise.py withdraw_request": "the question and its case are fetched both",
    "fetch in intake/besluit/review.py give_review": "the question and its case are fetched both",
    "fetch_all in intake/referrals/viewing/view.py inbox": "the list asks for the own organisation as well",
    "scope in intake/referrals/viewing/view.py inbox": "the list asks for the own organisation as well",
    "can in intake/rights/correction.py to_correct": "it names the rule in the log; tests/intake/access/test_audit.py",
    "can in intake/log/reviewing.py _log": "whose log it is follows from who asks; without the rule nobody gets so far",
    "scope in intake/besluit/expertise.py urgencies": "of the questions that were fetched by the policy just before",
    "can in intake/login/providers/settings.py _rule": "it names the rule in the log",
    "can in intake/rights/emergency/break_glass.py _break_open": "it says that none is needed; test_break_glass.py",
    "fetch in intake/melding/draft.py expire": "a job, no page",
    "fetch in intake/letters/press.py": "a job, no page",
    "fetch in intake/referrals/answering/answer.py expire": "a job, no page",
    "fetch in intake/dossier/urgency.py readvise": "a job, no page",
    "fetch in intake/referrals/viewing/view.py show_bsn": "who has no grant to the case is refused after it",
    "fetch in intake/referrals/transfers/transfer.py confirm_arrival": "it is fetched again for the act itself",
}
"""What can be taken away without that anybody could see it, and why."""


def main(words: list[str]) -> int:
    """Take away what has one of these words in its name, or everything."""
    with tempfile.TemporaryDirectory() as folder, without_second_lock():
        database = open_database(f"sqlite:///{folder}/proef/toegang.db", MASTER_KEY)
        database.upgrade()
        missed = list(unseen(an_access_world(database), words))
        database.dispose()
    print(f"{len(missed)} of what was taken away was not seen")  # noqa: T201
    return 1 if missed else 0


def unseen(world: AccessWorld, words: Collection[str] = ()) -> Iterator[str]:
    """What can be taken away without that the matrix sees it; what is tried is printed."""
    passed_by = {route: _passed_by(world, route) for route in ROUTES}
    for name, broken, routes, persons in (*_rules(passed_by), *_sites(passed_by)):
        if not words or any(word in name for word in words):
            with broken:
                seen = any(True for route in routes for _ in wrong_cells(world, route, persons))
                seen = seen or any(True for verb in VERBS for _ in open_verbs(world, verb))
            yield from _verdict(name, seen=seen)
    for endpoint in () if words else sorted({rule.endpoint for rule in world.app.url_map.iter_rules()} - {"static"}):
        yield from _verdict(f"the declaration of {endpoint}", seen=not starts_without(world.app, endpoint))


Trial = tuple[str, AbstractContextManager[None], list[str], Collection[str]]


def _rules(passed_by: dict[str, Watched]) -> Iterator[Trial]:
    for action in ACTIONS:
        routes = [route for route in ROUTES if action in passed_by[route].actions or ROUTES[route]["actie"] == action]
        objects = any("in" in ROUTES[route] for route in routes)
        for name, role, rules in rule_mutations(action):
            if " open for " in name and not objects:
                continue  # nothing that belongs to anybody is asked for
            yield name, instead(rules), routes, [person for person in EVERYBODY if ROLE_OF[person] is role]


def _sites(passed_by: dict[str, Watched]) -> Iterator[Trial]:
    for site in sorted(one for one in sites() if not one.place.startswith(API)):
        about = {action for seen in passed_by.values() for action in seen.sites.get(site, ())}
        if about and all(belongs_to_nobody(action) for action in about):
            continue
        routes = [route for route in ROUTES if site in passed_by[route].sites]
        yield f"skipped {site}", skipped(site), routes, ALL


def _passed_by(world: AccessWorld, route: str) -> Watched:
    """What of the policy this route comes past, whoever asks."""
    with watched() as seen:
        for _ in wrong_cells(world, route):
            pass
    return seen


def _verdict(name: str, *, seen: bool) -> Iterator[str]:
    known = next((why for part, why in SAME.items() if part in name), "")
    print("seen  " if seen else f"same   ({known})" if known else "MISSED", name, flush=True)  # noqa: T201
    if not seen and not known:
        yield name


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
