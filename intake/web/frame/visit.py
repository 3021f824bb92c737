"""Who comes in: Flask-Login over our own sessions, which live in the database and end there.

Flask-Login asks `_load` once in each request; `current_user` is then a `Visit`, or nobody. It keeps nothing itself: no
id in the cookie of Flask, no "remember me", no print of the browser. A login begins in `intake.login`, never with
`login_user`, and what the browser holds is our token, of which the database has the hash.
"""

from dataclasses import dataclass
from typing import ClassVar, cast

from flask import Flask, Request, g
from flask_login import LoginManager, current_user, logout_user

from intake import access
from intake.access import Actor
from intake.login import sessions
from intake.login.factors import is_complete
from intake.people.organisations import Presence, actor_of
from intake.tables.account import Account
from intake.tables.login_session import LoginSession
from intake.web.frame.request import clock, session, settings, trace_id

COOKIE = "toegang"
LONGEST_TOKEN = 64
UNTOUCHED = "login.time_left"
"""The page that asks how long the session lasts; asking does not make it longer."""
NO_COOKIE = ""
"""A name that no cookie can have, so that none is ever taken for one of "remember me"."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A living session and whose it is: the user of Flask-Login. `actor` is there only when the login is complete."""

    session: LoginSession
    account: Account
    actor: Actor | None
    is_active: ClassVar[bool] = True
    is_anonymous: ClassVar[bool] = False

    @property
    def is_authenticated(self) -> bool:
        """Whether every step of the login is done; a half session opens the pages of those steps only."""
        return self.actor is not None

    def get_id(self) -> str:
        """The account, as Flask-Login asks for it."""
        return str(self.account.id)


login_manager = LoginManager()
login_manager.session_protection = None


def welcome(app: Flask) -> None:
    """Let Flask-Login say in every request and every template who asks."""
    app.config["REMEMBER_COOKIE_NAME"] = NO_COOKIE
    login_manager.request_loader(_load)
    login_manager.init_app(app)


def visit() -> Visit | None:
    """The session of this request, half or whole; looked up once."""
    found = current_user._get_current_object()  # noqa: SLF001 - how Werkzeug gives what stands behind a proxy
    return found if isinstance(found, Visit) else None


def forget_visit() -> None:
    """Look nobody up any more in this request: after a log-out, and for the page of a failure."""
    g.visit = None
    logout_user()


def cookie_name() -> str:
    """The session cookie."""
    return f"{cookie_prefix()}{COOKIE}"


def cookie_prefix() -> str:
    """In production a cookie is bound to this host and to HTTPS by its name (RFC 6265bis)."""
    return "__Host-" if settings().production else ""


def _load(request: Request) -> Visit | None:
    """Who holds the token of this request. A look-up that fails is not tried again for the page of its failure."""
    if "visit" not in g:
        g.visit = None
        g.visit = _look_up(request.cookies.get(cookie_name(), ""), touch=request.endpoint != UNTOUCHED)
    return cast("Visit | None", g.visit)


def _look_up(token: str, *, touch: bool) -> Visit | None:
    if not token or len(token) > LONGEST_TOKEN:
        return None
    now = clock().now()
    found = sessions.find(session(), token, now=now, touch=touch)
    account = session().get(Account, found.account_id) if found else None
    if found is None or account is None or account.blocked_at is not None:
        return None
    if not is_complete(found, account, second_factor=settings().second_factor):
        return Visit(found, account, None)
    presence = Presence(
        organisation_id=found.organisation_id,
        session_id=found.id,
        second_factor_at=found.second_factor_at,
        trace_id=trace_id(),
    )
    actor = actor_of(session(), account, now, presence)
    access.bind(session(), actor)
    return Visit(found, account, actor)
