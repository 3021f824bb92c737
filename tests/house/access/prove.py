"""Proof that the access matrix is real: whatever is taken away from the policy, somebody sees it.

Run it with `python -m tests.house.access.prove [WORD …]`, for all or for what has one of these words in its name; it
ends with exit code 1 and the names of what nobody saw, or of excuses that nothing needs. Taken away, one at a time:
each rule; each limit of a rule; each use of the policy in a verb or a view; the declaration of each route. It works in
one process on SQLite, without the second lock: the rows of the matrix that come past the thing taken away are asked
again until one answers wrongly, and then the verbs that must refuse of themselves.
"""

import sys
import tempfile
from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass

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
LOG_FINDS_IT = "the log looks the rule up itself: intake/access/allowed_by.py"
SYSTEM_ASKS = "the system asks, whoever calls"
SAME: dict[str, str] = {
    "fetch MAKE_LETTER Letter in intake/letters/letter.py ask_again": "its case is fetched for the same act",
    "fetch MAKE_LETTER Intake in intake/letters/letter.py ask_again": "its letter is fetched for the same act",
    "fetch READ_INTAKE Intake in intake/besluit/expertise.py open_request": "who reads the question reads its case",
    "fetch ASK_REVIEW Intake in intake/besluit/expertise.py withdraw_request": "its question, for the same act",
    "fetch READ_INTAKE Intake in intake/besluit/review.py give_review": "who answers the question reads its case",
    "fetch GIVE_REVIEW ExpertiseRequest in intake/dossier/deciding/act.py decide_by_review": "give_review asks again",
    "fetch READ_REFERRAL Referral in intake/referrals/transfers/transfer.py confirm_arrival": "_loaded asks for more",
    "can READ_INTAKE in intake/rights/correction.py to_correct": LOG_FINDS_IT,
    "can SHOW_BSN in intake/rights/correction.py to_correct": LOG_FINDS_IT,
    "can MANAGE_SIGN_IN in intake/login/providers/settings.py _rule": LOG_FINDS_IT,
    "can action in intake/log/reviewing.py _log": "whose log it is follows from who asks, and require stands before it",
    "can READ_INTAKE in intake/rights/emergency/break_glass.py _break_open": "it refuses who may: "
    "tests/intake/rights/test_break_glass.py",
    "fetch DISCARD_DRAFT Draft in intake/melding/draft.py expire": SYSTEM_ASKS,
    "fetch MAKE_LETTER Letter in intake/letters/press.py gather": SYSTEM_ASKS,
    "fetch MAKE_LETTER Letter in intake/letters/press.py keep": SYSTEM_ASKS,
    "fetch WITHDRAW_REFERRAL Referral in intake/referrals/answering/answer.py expire": SYSTEM_ASKS,
}
"""What can be taken away without that anybody could see it, by its name (`Site.name`), and why."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was taken away, whether anybody saw it, and the excuse that it has."""

    name: str
    seen: bool
    excuse: str = ""

    def __str__(self) -> str:
        how = "seen  " if self.seen else f"same   ({self.excuse})" if self.excuse else "MISSED"
        return f"{how} {self.name}"


def main(words: list[str]) -> int:
    """Take away what has one of these words in its name, or everything."""
    with tempfile.TemporaryDirectory() as folder, without_second_lock():
        database = open_database(f"sqlite:///{folder}/proef/toegang.db", MASTER_KEY)
        database.upgrade()
        found = []
        for one in verdicts(an_access_world(database), words):
            print(one, flush=True)  # noqa: T201
            found.append(one)
        database.dispose()
    seen = sum(one.seen for one in found)
    missed = [one.name for one in found if not one.seen and not one.excuse]
    idle = [one.name for one in found if one.seen and one.excuse]
    print(f"{len(found)} taken away, {seen} seen, {len(found) - seen - len(missed)} excused; missed: {missed}")  # noqa: T201
    print(f"excuses that nothing needs: {idle}")  # noqa: T201
    return 1 if missed or idle else 0


def verdicts(world: AccessWorld, words: Collection[str] = ()) -> Iterator[Verdict]:
    """What came of everything that was taken away.

    Raises:
        AssertionError: something is wrong before anything is taken away: nothing that follows would be proof.
    """
    assert not _seen(world, (), ALL)
    passed_by = {route: _passed_by(world, route) for route in ROUTES}
    for trial in (*_rules(passed_by), *_sites(passed_by)):
        if not words or any(word in trial.name for word in words):
            with trial.broken:
                seen = _seen(world, trial.routes, trial.persons)
            yield Verdict(trial.name, seen, trial.excuse)
    for endpoint in () if words else sorted({rule.endpoint for rule in world.app.url_map.iter_rules()} - {"static"}):
        yield Verdict(f"the declaration of {endpoint}", seen=not starts_without(world.app, endpoint))


@dataclass(frozen=True, slots=True)
class Trial:
    """One thing to take away, and who asks for what meanwhile."""

    name: str
    broken: AbstractContextManager[None]
    routes: Collection[str]
    persons: Collection[str]
    excuse: str = ""


def _seen(world: AccessWorld, routes: Collection[str], persons: Collection[str]) -> bool:
    """Whether some route answers wrongly, or some verb is open to who must not."""
    by_route = any(True for route in routes for _ in wrong_cells(world, route, persons))
    return by_route or any(True for verb in VERBS for _ in open_verbs(world, verb))


def _rules(passed_by: dict[str, Watched]) -> Iterator[Trial]:
    for action in ACTIONS:
        routes = [route for route in ROUTES if action in passed_by[route].actions or ROUTES[route]["actie"] == action]
        objects = any("in" in ROUTES[route] for route in routes)
        for name, role, rules in rule_mutations(action):
            if " open for " in name and not objects:
                continue  # nothing that belongs to anybody is asked for
            yield Trial(name, instead(rules), routes, [person for person in EVERYBODY if ROLE_OF[person] is role])


def _sites(passed_by: dict[str, Watched]) -> Iterator[Trial]:
    for site in sorted(one for one in sites() if not one.place.startswith(API)):
        about = {action for seen in passed_by.values() for action in seen.sites.get(site, ())}
        if about and all(belongs_to_nobody(action) for action in about):
            continue
        routes = [route for route in ROUTES if site in passed_by[route].sites]
        yield Trial(f"skipped {site}", skipped(site), routes, ALL, SAME.get(site.name, ""))


def _passed_by(world: AccessWorld, route: str) -> Watched:
    """What of the policy this route comes past, whoever asks."""
    with watched() as seen:
        wrong = list(wrong_cells(world, route))
    assert not wrong, (route, wrong)
    return seen


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
