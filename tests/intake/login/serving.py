"""The login pages at an application with a few pages of its own, and browsers that visit it."""

from collections.abc import Iterator

import pytest
from flask import Flask

from intake.store.database import Database
from tests.intake.login.browser import Browser, HandClock, an_app, settings
from tests.intake.login.sso.identity_provider import IdentityProvider, running
from tests.intake.login.sso.linked import Sso, an_sso
from tests.intake.region import Region


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def filled(database: Database, people: Region, password_hash: str) -> Database:
    """The region with its staff, of whom the worker and the logbeheerder have a password."""
    with database.unit_of_work() as session:
        for name in ("worker", "logbeheerder"):
            people.account(session, name).password_hash = password_hash
    return database


@pytest.fixture
def login_app(filled: Database, clock: HandClock) -> Flask:
    return an_app(filled, clock, settings())


@pytest.fixture
def strict_app(filled: Database, clock: HandClock) -> Flask:
    return an_app(filled, clock, settings(second_factor=True))


@pytest.fixture
def browser(login_app: Flask) -> Browser:
    return Browser(login_app.test_client())


@pytest.fixture
def strict_browser(strict_app: Flask) -> Browser:
    return Browser(strict_app.test_client())


@pytest.fixture
def idp(clock: HandClock) -> Iterator[IdentityProvider]:
    with running(clock) as provider:
        yield provider


@pytest.fixture
def sso(filled: Database, people: Region, idp: IdentityProvider) -> Sso:
    return an_sso(filled, people, idp)
