"""The whole application on the small region, and a strict client for each of its people."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from config.settings import Settings
from intake.login.accounts.account import set_password
from intake.store.database import Database
from intake.tables.account import Account
from intake.web.app import build
from tests.conftest import MASTER_KEY
from tests.intake.region import CLOCK, NOW, Region, a_region
from tests.intake.web.strict_client import StrictClient

PASSWORD = "rustig lopende beek"
Login = Callable[[str], StrictClient]


@pytest.fixture
def people(database: Database) -> Region:
    """The small region, committed."""
    with database.unit_of_work() as session:
        return a_region(session)


@pytest.fixture
def app(database: Database, people: Region) -> Flask:
    """The application as it is served, on this database, at a fixed moment."""
    settings = Settings(
        instance=Path(),
        database_url=str(database.engine.url),
        secret_key="k" * 40,
        master_key=MASTER_KEY,
        trusted_hosts=("localhost",),
    )
    return build(settings=settings, clock=CLOCK, database=database)


@pytest.fixture
def log_in(app: Flask, database: Database, people: Region) -> Login:
    """Logs a person of the region in, through the page."""
    return logging_in(app, database, people)


def logging_in(app: Flask, database: Database, people: Region) -> Login:
    """What logs a person of the region in to this app."""

    def enter(name: str) -> StrictClient:
        with database.unit_of_work() as session:
            set_password(session, session.get_one(Account, people.accounts[name]), PASSWORD, now=NOW)
        client = StrictClient(app)
        client.get("/inloggen")
        client.press("Inloggen", {"naam": f"{name}@voorbeeld.test", "wachtwoord": PASSWORD})
        return client

    return enter
