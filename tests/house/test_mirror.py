"""The tests lie in the rooms of what they test: each room has its tests, and each folder of tests is a room."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.source import ROOT

TESTS = ROOT / "tests"
HOUSES = ("rules", "intake", "intake/web", "intake/api", "intake/cli")
"""What consists of rooms."""
WITHOUT_TESTS = {"intake/migrations"}
"""The way of the schema is tested with the tables."""
MOST = 15
"""How many modules a folder holds before it is two folders."""


def rooms(house: Path) -> Iterator[Path]:
    """The folders of this house that hold modules, of their own or in folders of theirs."""
    for folder in sorted(house.iterdir()):
        if folder.is_dir() and (folder / "__init__.py").is_file():
            yield folder


def without_tests(root: Path) -> list[str]:
    """Rooms of which no test module lies under their name in `tests`."""
    found = [str(room.relative_to(root)) for house in HOUSES for room in rooms(root / house)]
    return [one for one in found if one not in WITHOUT_TESTS and not list((root / "tests" / one).rglob("test_*.py"))]


def without_room(root: Path) -> list[str]:
    """Folders with tests that have the name of no room."""
    modules = [path for house in ("rules", "intake") for path in (root / "tests" / house).rglob("*.py")]
    folders = sorted({str(path.parent.relative_to(root / "tests")) for path in modules})
    return [one for one in folders if not _holds_files(root / one)]


def _holds_files(folder: Path) -> bool:
    """Whether this is a folder, and not what a run of an older version left of one."""
    return any(path.is_file() and path.suffix != ".pyc" for path in folder.rglob("*"))


def test_every_room_has_its_tests():
    assert not without_tests(ROOT)


def test_every_folder_of_tests_is_a_room():
    assert not without_room(ROOT)


def test_nothing_is_excepted_that_is_not_there():
    assert [one for one in WITHOUT_TESTS if not (ROOT / one).is_dir()] == []


@pytest.mark.parametrize("look", [without_tests, without_room])
def test_a_room_without_tests_and_tests_without_a_room_are_seen(tmp_path: Path, look):
    for room in ("melding", "web", "api"):
        (tmp_path / "intake" / room).mkdir(parents=True)
        (tmp_path / "intake" / room / "__init__.py").touch()
    for place in ("rules", "intake/cli"):
        (tmp_path / place).mkdir()
    for room in ("draft", "web", "api"):
        (tmp_path / "tests/intake" / room).mkdir(parents=True)
        (tmp_path / "tests/intake" / room / "test_a.py").touch()
    assert look(tmp_path) == [{without_tests: "intake/melding", without_room: "intake/draft"}[look]]


def test_no_folder_of_tests_holds_more_than_fifteen_test_modules():
    folders = {path.parent for path in TESTS.rglob("test_*.py")}
    assert not {
        str(one): len(list(one.glob("test_*.py"))) for one in folders if len(list(one.glob("test_*.py"))) > MOST
    }
