"""Which page a person sees for which failure: what happened, what to do now, and a reference. Nothing else."""

import logging
from collections.abc import Callable
from typing import cast

from flask import Flask, Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, SecurityError
from werkzeug.wrappers import Response as AnyResponse

from intake.access import Forbidden, NotFound, audit
from intake.failures import BROKEN, FAILURES, Failure, ToPerson, of_status
from intake.login.attempts import TooManyAttempts
from intake.web.frame import typed
from intake.web.frame.access import LoginNeeded, SecondFactorNeeded
from intake.web.frame.csrf import HEADER, ForeignRequest, StalePage
from intake.web.frame.request import commit, rollback, session, trace_id
from intake.web.frame.visit import forget_visit, login_manager, visit

LOG = logging.getLogger(__name__)
AGAIN_SECONDS = 10
UNAVAILABLE = 503
UNKNOWN_HOST = "Op dit adres is Toegang niet te vinden. Controleer het adres in uw browser. Kenmerk: {}\n"
"""Without a template: an address that is not ours must not appear in any link."""
TOO_OLD = Failure(
    400,
    "Dit formulier is te oud",
    ToPerson(
        "De pagina stond te lang open, of kwam niet van Toegang. Er is niets opgeslagen.",
        "Ga één pagina terug, ververs de pagina en verstuur het formulier opnieuw.",
    ),
)
KEPT_FOR_OTHER = Failure(
    400,
    "Dit formulier hoort bij iemand anders",
    ToPerson(
        "Intussen is hier een ander ingelogd. Wat op de pagina stond, is bewaard voor wie de pagina opende.",
        "Logt die persoon weer in? Dan staat de tekst klaar onder Account. Of ga naar de startpagina.",
    ),
)


def register(app: Flask) -> None:
    """Give each failure its page."""
    for kind, failure in FAILURES.items():
        if failure.person and failure.person.what:
            app.register_error_handler(kind, _page_of(failure))
    app.register_error_handler(ForeignRequest, _page_of(TOO_OLD))
    app.register_error_handler(StalePage, _stale)
    login_manager.unauthorized_handler(_to_next_step)
    login_manager.needs_refresh_handler(_to_second_factor)
    app.register_error_handler(LoginNeeded, _needs_login)
    app.register_error_handler(SecondFactorNeeded, _needs_second_factor)
    app.register_error_handler(TooManyAttempts, _too_many)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def show(failure: Failure) -> Response:
    """The page of a failure; views may raise their own failures and answer with it."""
    page = render_template("frame/problem/show.html", failure=failure, kenmerk=trace_id())
    response = make_response(page, failure.status)
    if failure.status == UNAVAILABLE:
        response.headers["Retry-After"] = str(AGAIN_SECONDS)
    return response


def _page_of(failure: Failure) -> Callable[[Exception], Response]:
    def answer(error: Exception) -> Response:
        rollback()
        if isinstance(error, NotFound | Forbidden):
            audit.note(session(), error.refusal)
            commit()
        if failure.status >= BROKEN.status:
            LOG.error("%s %s: %s", trace_id(), request.endpoint, type(error).__name__)
            forget_visit()
        return show(failure)

    return answer


def _http(error: HTTPException) -> AnyResponse:
    rollback()
    if isinstance(error, SecurityError):
        return Response(UNKNOWN_HOST.format(trace_id()), SecurityError.code, mimetype="text/plain")
    if error.code is None or error.code < 400:  # noqa: PLR2004 - a redirect, raised
        return AnyResponse.force_type(error.get_response())
    answer = show(of_status(error.code))
    answer.status_code = error.code
    for name, value in error.get_headers():
        if name in {"Allow", "Retry-After"}:
            answer.headers[name] = value
    return answer


def _unexpected(error: Exception) -> Response:
    """What nobody foresaw. The log gets the kind of error and where, never its text: that may hold personal data."""
    rollback()
    forget_visit()
    frames = error.__traceback__
    while frames is not None and frames.tb_next is not None:
        frames = frames.tb_next
    where = f"{frames.tb_frame.f_code.co_filename}:{frames.tb_lineno}" if frames else "?"
    LOG.error("%s %s: %s at %s", trace_id(), request.endpoint, type(error).__name__, where)
    return show(BROKEN)


def _too_many(error: TooManyAttempts) -> Response:
    rollback()
    answer = show(
        Failure(
            429,
            "Even wachten",
            ToPerson(str(error), "U hoeft niets anders te doen. Uw account is niet geblokkeerd."),
        )
    )
    answer.headers["Retry-After"] = str(error.retry_after)
    return answer


def _needs_login(error: LoginNeeded) -> ResponseReturnValue:
    del error
    return cast("ResponseReturnValue", login_manager.unauthorized())


def _needs_second_factor(error: SecondFactorNeeded) -> ResponseReturnValue:
    del error
    return cast("ResponseReturnValue", login_manager.needs_refresh())


def _to_next_step() -> AnyResponse:
    """The step of the login that is still to be taken."""
    return _to_login() if visit() is None else _to_second_factor()


def _to_login() -> AnyResponse:
    """The log-in page; what was typed is kept."""
    rollback()
    if HEADER in request.headers:
        return Response("Log opnieuw in.", 401, mimetype="text/plain")
    kept = request.method == "POST" and typed.keep_posted_page() is not None
    commit()
    wanted = url_for("typed.index") if kept else request.full_path.rstrip("?")
    return redirect(url_for("login.show", naar=wanted), 303)


def _stale(error: StalePage) -> AnyResponse:
    """A page of an earlier session: what was typed on it is kept for its owner, who may have logged in anew."""
    del error
    rollback()
    owner = typed.keep_posted_page()
    commit()
    found = visit()
    if owner is None or HEADER in request.headers:
        return show(TOO_OLD)
    if found is None or found.account.id != owner:
        return show(KEPT_FOR_OTHER)
    return redirect(url_for("typed.index"), 303)


def _to_second_factor() -> AnyResponse:
    """The page for the second factor, or the one to connect it on; what was typed is kept."""
    rollback()
    if HEADER in request.headers:
        return Response("Log opnieuw in.", 401, mimetype="text/plain")
    found = visit()
    has_one = found is not None and found.account.totp_secret is not None
    kept = request.method == "POST" and typed.keep_posted_page() is not None
    commit()
    other = url_for("typed.index") if kept else url_for("home.show")
    wanted = request.full_path.rstrip("?") if request.method == "GET" else other
    return redirect(url_for("login.code" if has_one else "login.enrol", naar=wanted), 303)
