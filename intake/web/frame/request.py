"""What one request has: the database, one session on it, the clock, the settings. And the one commit in the house.

A view calls verbs of `intake` with `session()`; when it has ended well, `Application` commits once, before the answer
leaves. A view that raises commits nothing: its session is rolled back, and the failure gets its page.
"""

import secrets
from typing import cast

from flask import Flask, Request, current_app, g, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.routing import MapAdapter

from config.clock import Clock
from config.settings import Settings
from intake.store import Database

DATABASE = "toegang.database"
CLOCK = "toegang.clock"
SETTINGS = "toegang.settings"


class Application(Flask):
    """Flask, with one commit for each view that ends well."""

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        """As Flask does; but Werkzeug cuts a trusted host at its colon, and so knows no IPv6 address as ours."""
        host = request.environ.get("HTTP_HOST", "") if request else ""
        address, bracket, port = host.partition("]")
        if request is None or not bracket or f"{address}]" not in self.config["TRUSTED_HOSTS"] or not _is_port(port):
            return super().create_url_adapter(request)
        request.host = host  # as Flask itself does
        return self.url_map.bind_to_environ(request.environ)

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
    app.before_request(_require_few_fields)
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


def trace_id() -> str:
    """The reference of this request, which a person can read out and the logs know."""
    if "trace_id" not in g:
        g.trace_id = secrets.token_hex(6)
    return cast("str", g.trace_id)


def _require_few_fields() -> None:
    """MAX_FORM_PARTS counts the parts of a multipart form only; this counts the fields of any other.

    Raises:
        RequestEntityTooLarge: more than that.
    """
    if request.mimetype == "application/x-www-form-urlencoded":
        most = current_app.config["MAX_FORM_PARTS"]
        if most is not None and request.get_data().count(b"&") >= most:
            raise RequestEntityTooLarge


def _is_port(text: str) -> bool:
    return not text or (text[0] == ":" and text[1:].isascii() and text[1:].isdigit())


def _end(error: BaseException | None) -> None:
    del error
    opened: Session | None = g.pop("session", None)
    if opened is not None:
        opened.close()
