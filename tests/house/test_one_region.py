"""One world in tests: who takes part, who works there and what is filed is made by the builders of the region."""

import ast
from collections.abc import Iterator

import pytest

from tests.house.source import ROOT

BUILDERS = {"intake/region.py", "intake/sharing.py", "intake/systems.py", "intake/login/sso/linked.py"}
"""What makes the rows of the region, for all tests."""
MAKERS = {"register_organisation", "register_account", "give_role", "file_intake", "make_token"}
"""The verbs of the house that make one."""
ROWS = {"Organisation", "Account", "Membership", "Intake", "Place", "Referral", "Letter", "IdentityProvider"}
"""The tables of which a row is one."""
IN_THEIR_OWN_WAY = {
    "intake/melding/test_filing.py": "asks what filing does",
    "intake/people/test_staff.py": "asks what giving a role does",
    "intake/people/test_api_token.py": "asks what making a key does",
    "intake/people/test_power.py": "asks what power waits for",
    "intake/places/test_desk.py": "compares names of organisations that stand in no database",
    "intake/places/test_hidden.py": "asks a kind and a mark that stand in no database",
    "intake/store/test_database.py": "writes to an empty database, where any row will do",
    "bench/inloggen.py": "measures one account in an installation without a region",
}
"""Which tests make one beside the region, and why."""


def _imported(tree: ast.Module) -> dict[str, str]:
    """Where each name that is imported comes from."""
    found: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            found |= {one.asname or one.name: f"{node.module}.{one.name}" for one in node.names}
        elif isinstance(node, ast.Import):
            found |= {one.asname or one.name.partition(".")[0]: one.name for one in node.names}
    return found


def _called(node: ast.expr, imported: dict[str, str]) -> str:
    """The full name of what is called, as far as it can be known."""
    if isinstance(node, ast.Name):
        return imported.get(node.id, "")
    if isinstance(node, ast.Attribute):
        return f"{_called(node.value, imported)}.{node.attr}"
    return ""


def makes(tree: ast.Module) -> Iterator[int]:
    """The lines on which somebody or something is made that belongs to a region."""
    imported = _imported(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            place, _, name = _called(node.func, imported).rpartition(".")
            verb = place.startswith("intake") and name in MAKERS
            if verb or (place.startswith("intake.tables") and name in ROWS):
                yield node.lineno


def _making() -> set[str]:
    tests = ROOT / "tests"
    paths = {path.relative_to(tests).as_posix(): path for path in tests.rglob("*.py")}
    return {name for name, path in paths.items() if any(makes(ast.parse(path.read_text(encoding="utf-8"))))}


def test_one_region_makes_who_and_what_the_tests_are_about():
    assert _making() == BUILDERS | set(IN_THEIR_OWN_WAY)


@pytest.mark.parametrize(
    "source",
    [
        "from intake.tables.account import Account\nAccount(naam='x')",
        "from intake.tables.account import Account as Person\nPerson(naam='x')",
        "from intake.tables import place\nplace.Place(naam='x')",
        "from intake.people import register_organisation\nregister_organisation(session, wanted, now=NOW)",
        "from intake.melding import filing\nfiling.file_intake(act, {}, key='k')",
        "import intake.melding\nintake.melding.file_intake(act, {}, key='k')",
    ],
)
def test_every_way_to_make_one_is_seen(source):
    assert list(makes(ast.parse(source))) == [2]


@pytest.mark.parametrize(
    "source",
    [
        "from intake.keys.crypto import Place\nPlace('intake.answers', a, b, c)",
        "from tests.intake.region import a_place\na_place(session, region)",
        "from intake.tables.account import Account\nselect(Account)",
    ],
)
def test_what_makes_none_is_left_alone(source):
    assert not list(makes(ast.parse(source)))
