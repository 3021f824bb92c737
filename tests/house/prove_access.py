"""Proof that the access matrix is real: each rule of the policy taken away, and each scope opened wide, must be seen.

Run it with `python -m tests.house.prove_access [ACTION …]`; it ends with exit code 1 and the names of what nobody saw.
It works in one process on SQLite: a mutation is put in place of the index of rules, and the rows of the matrix that
declare its action are asked again until one gives another answer than the table says.
"""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import true

from intake import policy, relation, row_security
from intake.action import WITHOUT_RULE, Action
from intake.database import open_database
from intake.policy_rules import RULES, Relation, Rule
from intake.tables.account import Role
from tests.conftest import MASTER_KEY
from tests.house.access_world import AccessWorld, an_access_world
from tests.house.test_access_matrix import ROUTES, wrong_cells

NO_ROW = "no route declares it"
SAME = {
    "without concept:lezen/teamleider/eigen_organisatie": "a teamleider reads the drafts of the whole gemeente anyway",
    "concept:wijzigen open for regionale_toegang": "the page is loaded by concept:lezen first",
    "concept:wijzigen open for wijkteammedewerker": "the page is loaded by concept:lezen first",
    "expertise:geven open for expertise": "the case is loaded by intake:lezen as well",
}
"""Mutations that change nothing that anybody could see, and why."""


def main(wanted: list[str]) -> int:
    """Try every mutation of the wanted actions, or of all."""
    actions = [action for action in Action if action not in WITHOUT_RULE and (not wanted or action.value in wanted)]
    missed = []
    with tempfile.TemporaryDirectory() as folder:
        database = open_database(f"sqlite:///{folder}/proef/toegang.db", MASTER_KEY)
        database.upgrade()
        world = an_access_world(database)
        for action in actions:
            missed += list(_survivors(world, action))
        database.dispose()
    print(f"{len(missed)} of the mutations were not seen")  # noqa: T201
    return 1 if missed else 0


def _survivors(world: AccessWorld, action: Action) -> Iterator[str]:
    """Mutations of this action that no row of the matrix sees; each is printed as it is tried."""
    routes = [route for route, row in ROUTES.items() if row["actie"] == action]
    for name, rules in _mutations(action):
        with _instead(rules):
            seen = any(True for route in routes for _ in wrong_cells(world, route))
        verdict = "seen" if seen else _why_not(name, routes)
        print(f"{verdict:22} {name}", flush=True)  # noqa: T201
        if verdict == "MISSED":
            yield name


def _why_not(name: str, routes: list[str]) -> str:
    if not routes:
        return NO_ROW
    if " open for " in name and not any("in" in ROUTES[route] for route in routes):
        return "nothing belongs to anybody"
    return "same" if name in SAME else "MISSED"


def _mutations(action: Action) -> Iterator[tuple[str, tuple[Rule, ...]]]:
    """Each rule of the action gone; each given to everybody in whatever relation."""
    own = [rule for rule in RULES if rule.action is action and rule.role is not Role.SYSTEEM]
    for rule in own:
        yield f"without {rule.id}", tuple(one for one in RULES if one != rule)
    for role in sorted({rule.role for rule in own}):
        yield f"{action} open for {role}", (*RULES, Rule(action, role, Relation.SYSTEM))


@contextmanager
def _instead(rules: tuple[Rule, ...]) -> Iterator[None]:
    """These rules in place of ours, the relation `systeem` true for everybody, and no second lock behind them."""
    index: dict[tuple[Action, Role], tuple[Rule, ...]] = {}
    for rule in rules:
        index[rule.action, rule.role] = (*index.get((rule.action, rule.role), ()), rule)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(policy, "_RULES_OF", index)
        patch.setattr(row_security, "bind", lambda session, actor: None)
        patch.setitem(relation._CONDITIONS, Relation.SYSTEM, lambda actor, kind, model: true())
        patch.setitem(relation._OWN, Relation.SYSTEM, lambda actor, path, row: True)
        yield


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
