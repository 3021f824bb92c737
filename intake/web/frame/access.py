"""Whether the route's action is theirs who ask. A route without an action keeps the application from starting.

What `login_required` says above a view elsewhere, the action says here: everything but `PUBLIC` asks for a login, and
`SIGN_IN` alone is content with a half one. No view can forget it, for without an action nothing starts.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar, cast

from flask import Flask, current_app, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from intake.access import FACTOR_WITHIN, Act, Action, Actor, require
from intake.login import sessions
from intake.login.attempts import Limit, TooManyAttempts, admit
from intake.web.frame.request import clock, session, settings
from intake.web.frame.visit import Visit, login_manager, visit, welcome

View = TypeVar("View", bound=Callable[..., object])

ATTRIBUTE = "__toegang_action__"
STATIC = "static"
FILE = "intake_id"
"""The part of an address that names one file."""
MOST_FILES = (30, 60)
"""So many in so many seconds are more than anybody reads."""
JUST_NOW = timedelta(minutes=1)


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
    within = FACTOR_WITHIN.get(cast("Action", declared))
    if within is not None and not _showed_within(actor, within):
        return cast("ResponseReturnValue", login_manager.needs_refresh())
    return _slow_down(actor) if declared is Action.READ_INTAKE and FILE in (request.view_args or {}) else None


def _slow_down(actor: Actor) -> ResponseReturnValue | None:
    """Who opens very many files shows anew that it is he, or waits where second factors are not in force.

    Raises:
        TooManyAttempts: there is no second factor to ask for.
    """
    pace = (Limit(f"dossiers:{the_visit().session.id}", *MOST_FILES),)
    try:
        admit(session(), pace, now=actor.moment)
    except TooManyAttempts:
        if not asks_for_factor():
            raise
        if not sessions.is_fresh(actor.second_factor_at, actor.moment, within=JUST_NOW):
            return cast("ResponseReturnValue", login_manager.needs_refresh())
    return None


def _showed_within(actor: Actor, within: timedelta) -> bool:
    return not asks_for_factor() or sessions.is_fresh(actor.second_factor_at, actor.moment, within=within)


def asks_for_factor() -> bool:
    """Whether this person shows a second factor: the installation asks it of everybody, or the person has one."""
    return settings().second_factor or the_visit().account.totp_secret is not None
