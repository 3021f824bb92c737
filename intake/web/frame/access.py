"""Who asks, and whether the route's action is theirs. A route without an action keeps the application from starting."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar, cast

from flask import Flask, current_app, g, request

from intake import access
from intake.access import FRESH_FACTOR, Action, Actor, require
from intake.login import sessions
from intake.login.factors import is_complete
from intake.people.organisations import Presence, actor_of
from intake.tables.account import Account
from intake.tables.login_session import LoginSession
from intake.web.frame.request import clock, session, settings

View = TypeVar("View", bound=Callable[..., object])

ATTRIBUTE = "__toegang_action__"
COOKIE = "toegang"
LONGEST_TOKEN = 64
STATIC = "static"


class RouteWithoutAction(RuntimeError):
    """Somebody forgot `@action`; the application refuses to start."""


class LoginNeeded(PermissionError):
    """Nobody is logged in, or the session has ended."""


class SecondFactorNeeded(PermissionError):
    """The password was right; the second factor is still to be shown, or is not fresh enough for this."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A living session and whose it is. `actor` is there only when the login is complete."""

    session: LoginSession
    account: Account
    actor: Actor | None


def action(declared: Action) -> Callable[[View], View]:
    """Say what a route does; stands directly above its function, below the route."""

    def declare(view: View) -> View:
        setattr(view, ATTRIBUTE, declared)
        return view

    return declare


def action_of(app: Flask, endpoint: str) -> Action | None:
    """The action that the view of this endpoint declared."""
    return Action.PUBLIC if endpoint == STATIC else getattr(app.view_functions[endpoint], ATTRIBUTE, None)


def guard(app: Flask) -> None:
    """Let each request through only when its action is the actor's. Call it when all routes are there.

    Raises:
        RouteWithoutAction: naming every route that does not declare its action.
    """
    forgotten = sorted(rule.rule for rule in app.url_map.iter_rules() if action_of(app, rule.endpoint) is None)
    if forgotten:
        raise RouteWithoutAction(f"these routes declare no action: {', '.join(forgotten)}")
    app.before_request(_authorise)


def current_actor() -> Actor | None:
    """Who asks, fully logged in; none for everybody else."""
    found = visit()
    return found.actor if found else None


def the_actor() -> Actor:
    """Who asks.

    Raises:
        LoginNeeded: nobody is logged in.
        SecondFactorNeeded: the login is half.
    """
    found = the_visit()
    if found.actor is None:
        raise SecondFactorNeeded
    return found.actor


def the_visit() -> Visit:
    """The session of this request, half or whole.

    Raises:
        LoginNeeded: there is none.
    """
    found = visit()
    if found is None:
        raise LoginNeeded
    return found


def visit() -> Visit | None:
    """The session of this request, looked up once."""
    if "visit" not in g:
        g.visit = None
        g.visit = _look_up(request.cookies.get(cookie_name(), ""))
    return cast("Visit | None", g.visit)


def forget_visit() -> None:
    """Look nobody up any more in this request: after a log-out, and for the page of a failure."""
    g.visit = None


def trace_id() -> str:
    """The reference of this request, which a person can read out and the logs know."""
    if "trace_id" not in g:
        g.trace_id = secrets.token_hex(6)
    return cast("str", g.trace_id)


def cookie_name() -> str:
    """The session cookie; in production bound to this host and to HTTPS by its name."""
    return f"__Host-{COOKIE}" if settings().production else COOKIE


def _authorise() -> None:
    declared = action_of(current_app, request.endpoint) if request.endpoint else Action.PUBLIC
    if declared is Action.PUBLIC:
        return
    if declared is Action.SIGN_IN:
        the_visit()
        return
    actor = the_actor()
    require(actor, cast("Action", declared))
    if declared in FRESH_FACTOR and _asks_for_factor() and not sessions.is_fresh(actor.second_factor_at, actor.moment):
        raise SecondFactorNeeded


def _look_up(token: str) -> Visit | None:
    if not token or len(token) > LONGEST_TOKEN:
        return None
    now = clock().now()
    found = sessions.find(session(), token, now=now, touch=request.endpoint != "login.time_left")
    account = session().get(Account, found.account_id) if found else None
    if found is None or account is None or account.blocked_at is not None:
        return None
    if not is_complete(found, account, second_factor=settings().second_factor):
        return Visit(found, account, None)
    actor = actor_of(
        session(),
        account,
        now,
        Presence(
            organisation_id=found.organisation_id,
            session_id=found.id,
            second_factor_at=found.second_factor_at,
            trace_id=trace_id(),
        ),
    )
    access.bind(session(), actor)
    return Visit(found, account, actor)


def _asks_for_factor() -> bool:
    found = visit()
    return settings().second_factor or (found is not None and found.account.totp_secret is not None)
