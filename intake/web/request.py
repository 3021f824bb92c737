"""What one request has: the database, one session on it, the clock, the settings. And the one commit in the house.

A view calls verbs of `intake` with `session()`; when it has ended well, `Application` commits once, before the answer
leaves. A view that raises commits nothing: its session is rolled back, and the failure gets its page.
"""

from typing import cast

from flask import Flask, current_app, g
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from config.clock import Clock
from config.settings import Settings
from intake.database import Database

DATABASE = "toegang.database"
CLOCK = "toegang.clock"
SETTINGS = "toegang.settings"


class Application(Flask):
    """Flask, with one commit for each view that ends well."""

    def dispatch_request(self) -> ResponseReturnValue:
        """The answer of the view; what it did is committed, or the commit's failure raised."""
        answer = super().dispatch_request()
        commit()
        return answer


def prepare(app: Flask, *, settings: Settings, clock: Clock, database: Database) -> None:
    """Give the app what every request needs, and end each request's session."""
    app.extensions[DATABASE] = database
    app.extensions[CLOCK] = clock
    app.extensions[SETTINGS] = settings
    app.teardown_request(_end)


def session() -> Session:
    """The session of this request, opened at its first use."""
    if "session" not in g:
        g.session = database().session(keeps=True)
    return cast("Session", g.session)


def commit() -> None:
    """Commit what this request did, if it touched the database at all."""
    if "session" in g:
        g.session.commit()


def rollback() -> None:
    """Undo what this request did so far; a failure's page begins with this."""
    if "session" in g:
        g.session.rollback()


def database() -> Database:
    """The database of this installation."""
    return cast("Database", current_app.extensions[DATABASE])


def clock() -> Clock:
    """The clock of this installation."""
    return cast("Clock", current_app.extensions[CLOCK])


def settings() -> Settings:
    """The settings of this installation."""
    return cast("Settings", current_app.extensions[SETTINGS])


def _end(error: BaseException | None) -> None:
    del error
    opened: Session | None = g.pop("session", None)
    if opened is not None:
        opened.close()
