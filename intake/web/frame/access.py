"""Whether the route's action is theirs who ask. A route without an action keeps the application from starting.

What `login_required` says above a view elsewhere, the action says here: everything but `PUBLIC` asks for a login, and
`SIGN_IN` alone is content with a half one. No view can forget it, for without an action nothing starts.
"""

from collections.abc import Callable
from typing import TypeVar, cast

from flask import Flask, current_app, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from intake.access import FRESH_FACTOR, Act, Action, Actor, require
from intake.login import sessions
from intake.web.frame.request import clock, session, settings
from intake.web.frame.visit import Visit, login_manager, visit, welcome

View = TypeVar("View", bound=Callable[..., object])

ATTRIBUTE = "__toegang_action__"
STATIC = "static"


class RouteWithoutAction(RuntimeError):
    """Somebody forgot `@action`; the application refuses to start."""


class LoginNeeded(PermissionError):
    """Nobody is logged in, or the session has ended."""


class SecondFactorNeeded(PermissionError):
    """The password was right; the second factor is still to be shown, or is not fresh enough for this."""


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
    welcome(app)
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


def act() -> Act:
    """Who asks, in the transaction of this request, at its moment."""
    return Act(session(), the_actor(), clock())


def the_visit() -> Visit:
    """The session of this request, half or whole.

    Raises:
        LoginNeeded: there is none.
    """
    found = visit()
    if found is None:
        raise LoginNeeded
    return found


def _authorise() -> ResponseReturnValue | None:
    """Nothing for who may do this; else the way to the log-in, or to the second factor.

    Raises:
        Forbidden: it does not belong to their role.
    """
    declared = action_of(current_app, request.endpoint) if request.endpoint else Action.PUBLIC
    if declared is Action.PUBLIC:
        return None
    half_will_do = declared is Action.SIGN_IN and not current_user.is_anonymous
    if not current_user.is_authenticated and not half_will_do:
        return cast("ResponseReturnValue", login_manager.unauthorized())
    if declared is Action.SIGN_IN:
        return None
    actor = the_actor()
    require(actor, cast("Action", declared))
    if declared in FRESH_FACTOR and _asks_for_factor() and not sessions.is_fresh(actor.second_factor_at, actor.moment):
        return cast("ResponseReturnValue", login_manager.needs_refresh())
    return None


def _asks_for_factor() -> bool:
    return settings().second_factor or the_visit().account.totp_secret is not None
