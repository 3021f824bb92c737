"""An installation for the commands: the database of the test, its keys, and a folder of its own."""

import base64
from collections.abc import Callable
from pathlib import Path

import pytest

from intake.cli import main
from intake.database import Database
from tests.conftest import MASTER_KEY
from tests.intake.region import Region, a_region
from tests.postgres import PROGRAMS

Toegang = Callable[..., tuple[int, str, str]]


@pytest.fixture
def instance(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "instance"
    folder.mkdir(mode=0o700, exist_ok=True)
    monkeypatch.chdir(tmp_path)
    url = database.engine.url.render_as_string(hide_password=False)
    for name, value in {
        "DATABASE_URL": url,
        "INSTANCE": str(folder),
        "MASTER_KEY": base64.urlsafe_b64encode(MASTER_KEY).decode(),
        "SECRET_KEY": "k" * 40,
        "BASE_URL": "https://toegang.voorbeeld.test",
    }.items():
        monkeypatch.setenv(f"TOEGANG_{name}", value)
    monkeypatch.setenv("PATH", str(PROGRAMS), prepend=":")
    return folder


@pytest.fixture
def toegang(instance: Path, capsys: pytest.CaptureFixture[str]) -> Toegang:
    """The `toegang` command: its exit code, what it says, and what it says went wrong."""

    def run(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main(arguments)
        return (code, *capsys.readouterr())

    return run


@pytest.fixture
def people(database: Database) -> Region:
    """The small region, committed."""
    with database.unit_of_work() as session:
        return a_region(session)
