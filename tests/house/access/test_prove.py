"""The prover can be run at any time: what its lists name is there, and nothing that asks the policy escapes it.

Running it takes minutes and is done by hand (`python -m tests.house.access.prove`); this takes no time.
"""

import ast
import re

from intake.access import policy
from tests.house.access.mutations import LOCKS, WIDE, asks, sites
from tests.house.access.prove import API, SAME
from tests.house.source import ROOT, modules

FACE = "intake/access/__init__.py"
PATH = re.compile(r"(?:intake|tests)/[\w/]+\.py")


def test_every_excuse_is_for_one_place_that_asks_the_policy():
    names = [site.name for site in sites()]
    assert {name: names.count(name) for name in SAME} == dict.fromkeys(SAME, 1)


def test_every_file_that_an_excuse_or_the_prover_names_is_there():
    named = {path for name, why in SAME.items() for path in PATH.findall(f"{name} {why}")} | {FACE}
    assert not [path for path in sorted(named) if not (ROOT / path).is_file()]
    assert any(site.place.startswith(API) for site in sites()), "the door that has a table of its own"


def test_every_lock_is_one_of_the_policy_and_can_be_opened_wide():
    assert set(LOCKS) == set(WIDE)
    assert all(callable(getattr(policy, lock)) for lock in LOCKS)


def test_every_question_to_the_policy_is_one_that_the_prover_can_take_away():
    asked = {(module.place, call.lineno) for module in modules() for call in asks(module.tree)}
    assert asked == {(site.place, site.line) for site in sites()}


def test_nobody_takes_a_lock_out_of_its_room():
    taken = [
        f"{module.place}:{node.lineno}"
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("intake.access")
        if any(alias.name in LOCKS for alias in node.names) and module.place != FACE
    ]
    assert not taken, "the prover sees only what is asked as `policy.fetch` or `access.fetch`"
