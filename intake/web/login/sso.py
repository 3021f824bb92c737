"""Logging in through the identity provider of one's organisation: the way there and the way back.

A link, never a form, leads there: the browser lets no form of ours end at another address (CSP `form-action`). Nothing
is written until the person is back, and no transaction is open while the provider is asked.
"""

import uuid
from typing import cast
from urllib.parse import urlencode, urljoin, urlsplit

from flask import Blueprint, current_app, make_response, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from intake.access import Action
from intake.login import attempts, factors, providers, sso
from intake.login.accounts import LONGEST_TOKEN, LinkDead
from intake.login.providers import NoSuchProvider, Provider
from intake.login.reaching import Directory, Fetcher, ProviderFailed
from intake.login.sessions import Started
from intake.login.sso import Arrival, Connection, Flow, FlowLost, NotLetIn, Proven, Returned
from intake.web.frame.access import action, the_visit
from intake.web.frame.request import clock, commit, rollback, session, settings, trace_id
from intake.web.frame.visit import forget_visit, visit
from intake.web.login.login import let_in, safe
from intake.web.login.step import this_step

blueprint = Blueprint("oidc", __name__)

COOKIE = "toegang_sso"
DIRECTORY = "toegang.oidc_directory"
BAD, GATEWAY = 400, 502
STOPPED = "U hebt het inloggen bij uw organisatie afgebroken, of uw organisatie liet u niet toe. Er is niets gewijzigd."


@blueprint.get("/inloggen/organisatie/<uuid:provider_id>")
@action(Action.PUBLIC)
def begin(provider_id: uuid.UUID) -> Response:
    """Send the browser to the provider; what belongs to this login travels in a cookie."""
    flow = Flow(
        provider_id=provider_id,
        begun_at=clock().now(),
        naar=safe(request.args.get("naar", "")),
        fresh="opnieuw" in request.args,
    )
    return _go(flow)


@blueprint.get("/uitnodiging/<token>/organisatie")
@action(Action.PUBLIC)
def begin_link(token: str) -> Response:
    """The same, to become known to us with an invitation."""
    now = clock().now()
    try:
        found = sso.can_link(session(), token[:LONGEST_TOKEN], now=now)
    except LinkDead as dead:
        return make_response(render_template("login/invitation/dead.html", told=str(dead)), 404)
    if found is None:
        raise NotFound
    return _go(Flow(provider_id=found.id, begun_at=now, link=token))


@blueprint.get("/inloggen/organisatie/<uuid:provider_id>/terug")
@action(Action.PUBLIC)
def back(provider_id: uuid.UUID) -> Response:
    """The person is back from the provider, with a code or an error."""
    returned = _returned(provider_id)
    try:
        flow = sso.opened(returned, settings().secret_key, now=clock().now())
        provider = _take_up(flow, provider_id)
        commit()
        if "error" in request.args:
            return _refused("afgebroken", STOPPED, flow=flow)
        started = _enter(flow, Arrival(provider, _prove(flow, provider, returned)))
    except (FlowLost, NoSuchProvider) as lost:
        return _failed(str(lost))
    except ProviderFailed as failed:
        return _refused(failed.code, str(failed), flow=flow, status=GATEWAY)
    except (NotLetIn, LinkDead) as refused:
        return _refused(getattr(refused, "code", "link_dood"), str(refused), flow=flow)
    answer = let_in(started, redirect(safe(flow.naar), 303))
    _drop_cookie(answer)
    return answer


@blueprint.get("/inloggen/bevestigen")
@action(Action.SIGN_IN)
def confirm() -> str:
    """The page to prove oneself anew at the provider, for what asks for a fresh second factor."""
    found = the_visit().session
    if found.provider_id is None:
        raise NotFound
    naar = safe(request.args.get("naar", ""))
    provider = providers.provider(session(), found.provider_id, today=clock().today())
    return render_template("login/confirm.html", provider=provider, naar=naar)


@blueprint.get("/inloggen/uitgelogd/<uuid:provider_id>")
@action(Action.PUBLIC)
def logged_out(provider_id: uuid.UUID) -> str:
    """Logged out of Toegang; and where to log out of the provider as well, when it has a place for that."""
    naam, there = "", ""
    try:
        provider = providers.provider(session(), provider_id, today=clock().today())
        rollback()
        naam, there = provider.naam, _end_session_address(provider)
    except (NoSuchProvider, ProviderFailed):
        there = ""
    return render_template("login/logged_out.html", naam=naam, there=there)


def directory() -> Directory:
    """What this process knows of the providers."""
    found = current_app.extensions.get(DIRECTORY)
    if found is None:
        found = Directory(Fetcher(loopback=not settings().production))
        current_app.extensions[DIRECTORY] = found
    return cast("Directory", found)


def return_address(provider_id: uuid.UUID) -> str:
    """Where the provider sends the browser back to, as it must be registered there."""
    return urljoin(settings().base_url + "/", url_for("oidc.back", provider_id=provider_id).lstrip("/"))


def _go(flow: Flow) -> Response:
    now = clock().now()
    try:
        provider = providers.provider(session(), flow.provider_id, today=clock().today())
        rollback()
        there = sso.address(_connection(provider), flow, now=now)
    except NoSuchProvider as gone:
        return _failed(str(gone))
    except ProviderFailed as failed:
        return _failed(str(failed), flow.naar, GATEWAY)
    answer = redirect(there, 303)
    answer.set_cookie(
        _cookie_name(),
        sso.sealed(flow, settings().secret_key),
        max_age=int(sso.LIFE.total_seconds()),
        secure=settings().production,
        httponly=True,
        samesite="Lax",
        path="/",
    )
    return answer


def _take_up(flow: Flow, provider_id: uuid.UUID) -> Provider:
    """Count the answer and use its state up, before anybody is asked anything for it."""
    now = clock().now()
    attempts.admit(session(), sso.limits(session(), request.remote_addr or ""), now=now)
    if not attempts.spend(session(), flow.seed.encode(), now=now):
        raise FlowLost
    return providers.provider(session(), provider_id, today=clock().today())


def _prove(flow: Flow, provider: Provider, returned: Returned) -> Proven:
    return sso.prove(_connection(provider), flow, returned, now=clock().now())


def _connection(provider: Provider) -> Connection:
    return Connection(provider, directory(), return_address(provider.id), settings().secret_key)


def _returned(provider_id: uuid.UUID) -> Returned:
    """What the browser brings with this request."""
    return Returned(
        provider_id=provider_id,
        cookie=request.cookies.get(_cookie_name(), ""),
        state=request.args.get("state", ""),
        code=request.args.get("code", ""),
        issuer=request.args.get("iss", ""),
    )


def _enter(flow: Flow, arrival: Arrival) -> Started:
    step, before = this_step(), visit()
    attempts.give_back(session(), sso.limits(session(), request.remote_addr or ""), now=step.now)
    if flow.link:
        return sso.link(step, arrival, flow.link)
    return sso.enter(step, arrival, before=before.session if before else None)


def _refused(code: str, told: str, *, flow: Flow, status: int = BAD) -> Response:
    """A login that was begun here and failed: into the log, and its page."""
    rollback()
    factors.log_refusal(this_step(), None, f"inlogdienst {code}")
    commit()
    answer = _failed(told, flow.naar, status)
    _drop_cookie(answer)
    return answer


def _failed(told: str, naar: str = "", status: int = BAD) -> Response:
    """Why it did not work, what to do, and the way back to the login page with the wanted page kept."""
    rollback()
    forget_visit()
    return make_response(render_template("login/failed.html", told=told, naar=naar, kenmerk=trace_id()), status)


def _end_session_address(provider: Provider) -> str:
    address = directory().metadata(provider.issuer, now=clock().now()).end_session_endpoint
    if not address:
        return ""
    back_to = urljoin(settings().base_url + "/", url_for("login.show").lstrip("/"))
    asked = urlencode({"client_id": provider.client_id, "post_logout_redirect_uri": back_to})
    return f"{address}{'&' if urlsplit(address).query else '?'}{asked}"


def _cookie_name() -> str:
    return f"__Host-{COOKIE}" if settings().production else COOKIE


def _drop_cookie(answer: Response) -> None:
    answer.delete_cookie(_cookie_name(), secure=settings().production, httponly=True, samesite="Lax", path="/")
