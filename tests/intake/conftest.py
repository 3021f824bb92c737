"""What the tests of a case share."""

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from intake.store.database import open_database
from tests.conftest import MASTER_KEY
from tests.intake.login.serving import (
    browser,
    clock,
    filled,
    idp,
    login_app,
    sso,
    strict_app,
    strict_browser,
)
from tests.intake.region import Region, a_region
from tests.intake.serving import app, folder, instance, log_in, password_hash, people, standing, toegang

__all__ = [
    "app",
    "browser",
    "clock",
    "filled",
    "folder",
    "idp",
    "instance",
    "log_in",
    "login_app",
    "password_hash",
    "people",
    "sso",
    "standing",
    "strict_app",
    "strict_browser",
    "toegang",
]


@pytest.fixture
def region(session: Session) -> Region:
    """The small region, in the session of the test."""
    return a_region(session)


@pytest.fixture
def sqlite_session(sqlite_url: str) -> Iterator[Session]:
    """A session on SQLite only, for what does not depend on the database."""
    database = open_database(sqlite_url, MASTER_KEY)
    with database.session() as opened:
        yield opened
    database.dispose()


@pytest.fixture
def sqlite_region(sqlite_session: Session) -> Region:
    """The small region on SQLite."""
    return a_region(sqlite_session)
