"""On which engines a test runs: on both, but for what says the same on each and is asked of both elsewhere."""

from pathlib import Path

import pytest

ENGINES = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgres))
TESTS = Path(__file__).parent
ONE_IS_ENOUGH = {
    "intake/web": "pages; the access matrix asks each of them on both engines, for everybody",
    "intake/api": "shapes and refusals; the matrix of the interface asks each operation on both engines",
    "intake/letters": "words; letters are made on both engines by the demo and by the matrix",
    "intake/login": "what travels between browser, provider and us; sessions are kept on both by every other login",
    "intake/cli": "what a command says; the verbs under it are tested on both engines",
}
"""Folders of tests that run on SQLite only, and why that loses nothing."""
STILL_BOTH = {
    "intake/web/log": "filters that become patterns and days of the database",
    "intake/web/frame/test_statements.py": "how often the database is asked",
    "intake/api/test_races.py": "two at once",
    "intake/login/test_login.py": "a hundred at once",
    "intake/login/accounts": "one link, two at once",
    "intake/login/attempts": "attempts are counted by the database",
    "intake/cli/upkeep": "the log that somebody tampered with in the database itself",
    "intake/cli/worker": "jobs claimed by a process of their own",
}
"""What lies in those folders and runs on both all the same."""


def engines_of(path: Path) -> tuple[object, ...]:
    """The engines for the tests of this module."""
    place = path.relative_to(TESTS)
    names = {place.as_posix(), *(one.as_posix() for one in place.parents)}
    return ENGINES[:1] if names & ONE_IS_ENOUGH.keys() and not names & STILL_BOTH.keys() else ENGINES
