"""The region, an installation and the application as it is served, with a strict client for each of its people."""

import base64
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from config.settings import Settings
from intake.cli import main
from intake.login.accounts.passwords import hash_password
from intake.store.database import Database
from intake.tables.account import Account
from tests.conftest import MASTER_KEY
from tests.intake.region import CLOCK, Region, a_region
from tests.intake.standing import Standing
from tests.intake.web.strict_client import StrictClient
from tests.postgres import PROGRAMS

PASSWORD = "rustig lopende beek"
BASE_URL = "https://toegang.voorbeeld.test"
STAFF = ("leader", "leader2", "beheerder", "logbeheerder", "fg", "fg_b")
Login = Callable[[str], StrictClient]
Toegang = Callable[..., tuple[int, str, str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of the installation."""
    made = tmp_path / "instance"
    made.mkdir(mode=0o700, exist_ok=True)
    return made


@pytest.fixture
def instance(database: Database, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same folder, and the settings of the installation in the environment."""
    monkeypatch.chdir(tmp_path)
    url = database.engine.url.render_as_string(hide_password=False)
    for name, value in {
        "DATABASE_URL": url,
        "INSTANCE": str(folder),
        "MASTER_KEY": base64.urlsafe_b64encode(MASTER_KEY).decode(),
        "SECRET_KEY": "k" * 40,
        "BASE_URL": BASE_URL,
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
    """The small region with its staff, committed."""
    with database.unit_of_work() as session:
        return a_region(session, *STAFF)


@pytest.fixture(scope="session")
def standing() -> Standing:
    """The application that the tests of a run take turns with."""
    return Standing()


@pytest.fixture
def app(standing: Standing, database: Database, people: Region, folder: Path) -> Flask:
    """The application as it is served, on this database, at a fixed moment."""
    del people
    settings = Settings(
        instance=folder,
        database_url=str(database.engine.url),
        secret_key="k" * 40,
        master_key=MASTER_KEY,
        trusted_hosts=("localhost",),
        base_url=BASE_URL,
    )
    return standing.on(settings=settings, clock=CLOCK, database=database)


@pytest.fixture(scope="session")
def password_hash() -> str:
    return hash_password(PASSWORD)


@pytest.fixture
def log_in(app: Flask, database: Database, people: Region, password_hash: str) -> Login:
    """Logs a person of the region in, through the page."""
    return logging_in(app, database, people, password_hash)


def logging_in(app: Flask, database: Database, people: Region, password_hash: str) -> Login:
    """What logs a person of the region in to this app."""

    def enter(name: str) -> StrictClient:
        with database.unit_of_work() as session:
            session.get_one(Account, people.accounts[name]).password_hash = password_hash
        client = StrictClient(app)
        client.get("/inloggen")
        client.press("Inloggen", {"naam": f"{name}@voorbeeld.test", "wachtwoord": PASSWORD})
        return client

    return enter
