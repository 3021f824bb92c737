"""Logging in and out: the ways in, password, second factor, and how long the session still lasts."""

import io

import segno
from flask import Blueprint, Response, jsonify, make_response, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from intake.access import Action
from intake.login import factors, providers, sessions
from intake.login.attempts import TooManyAttempts
from intake.login.sessions import WARN, Started
from intake.tables.oidc import IdentityProvider
from intake.web.frame.access import action, the_visit
from intake.web.frame.request import clock, commit, rollback, session, settings
from intake.web.frame.visit import Visit, cookie_name, forget_visit, visit
from intake.web.login import passkey_form
from intake.web.login.device import remember_device
from intake.web.login.step import this_step

blueprint = Blueprint("login", __name__)

LONGEST_NAME = 254
LONGEST_PASSWORD = 512
CLEAR = '"cache", "storage"'
"""Not "cookies": the session is taken away by name, and the browser stays known as one that was used before."""


@blueprint.get("/inloggen")
@action(Action.PUBLIC)
def show() -> str:
    """The page to log in on; `organisatie` names the provider that a person chose from the list."""
    wanted = request.args.get("organisatie", "")
    chosen = next((one for one in _providers() if str(one.id) == wanted), None)
    return login_page(naam="", naar=request.args.get("naar", ""), chosen=chosen)


@blueprint.post("/inloggen")
@action(Action.PUBLIC)
def submit() -> AnyResponse:
    """Name and password. The count of attempts is committed before the password is looked at."""
    name, password = request.form.get("naam", ""), request.form.get("wachtwoord", "")
    through = providers.of_domain(session(), name[:LONGEST_NAME], today=clock().today())
    if through is not None and not password:
        return make_response(login_page(naam=name, chosen=through))
    errors = _missing(name, password)
    if errors:
        return make_response(login_page(naam=name, errors=errors), 400)
    step = this_step()
    try:
        candidate = factors.prepare(session(), name, address=request.remote_addr or "", now=step.now)
    except TooManyAttempts as refused:
        rollback()
        answer = make_response(login_page(naam=name, errors={"wachtwoord": str(refused)}, chosen=through), 429)
        answer.headers["Retry-After"] = str(refused.retry_after)
        return answer
    commit()
    proven = candidate.proves(password)
    try:
        started = factors.enter(step, candidate, password, proven=proven)
    except factors.WrongPassword as wrong:
        return make_response(login_page(naam=name, errors={"wachtwoord": str(wrong)}, chosen=through), 400)
    _end_old(now_started=started)
    return let_in(started, redirect(safe(request.form.get("naar", "")), 303))


@blueprint.get("/inloggen/code")
@action(Action.SIGN_IN)
def code() -> str:
    """The page for the code of the app."""
    return code_page(naar=request.args.get("naar", ""))


@blueprint.post("/inloggen/code")
@action(Action.SIGN_IN)
def submit_code() -> AnyResponse:
    """The code of the app, or a recovery code. The attempt is committed before the code is looked at."""
    found, step = the_visit(), this_step()
    factors.count_code(session(), found.account, now=step.now)
    commit()
    typed = request.form.get("code", "")[:LONGEST_NAME]
    try:
        started = factors.show_code(step, found.session, typed)
    except factors.WrongCode as wrong:
        naar = request.form.get("naar", "")
        return make_response(code_page(naar=naar, errors={"code": str(wrong)}), 400)
    return let_in(started, redirect(safe(request.form.get("naar", "")), 303))


@blueprint.get("/inloggen/tweede-stap")
@action(Action.SIGN_IN)
def enrol() -> AnyResponse:
    """The page on which a person connects an authenticator app: QR code, and the same in text."""
    found = the_visit()
    naar = request.args.get("naar", "")
    if found.account.totp_secret is not None:
        return redirect(url_for("login.code", naar=naar), 303)
    if _proven_elsewhere(found):
        return redirect(url_for("oidc.confirm", naar=naar), 303)
    return make_response(_enrol_form(found, naar=naar))


@blueprint.get("/inloggen/tweede-stap/qr.svg")
@action(Action.SIGN_IN)
def qr() -> Response:
    """The QR code of the offered secret, as an image of our own."""
    found = the_visit()
    if found.account.totp_secret is not None or _proven_elsewhere(found):
        raise NotFound
    image = io.BytesIO()
    code = segno.make(factors.provisioning_uri(_offered(found), found.account), error="m", micro=False)
    code.save(
        image, kind="svg", scale=5, border=4, title="QR-code voor uw authenticator-app", svgclass=None, lineclass=None
    )
    return Response(image.getvalue(), mimetype="image/svg+xml")


@blueprint.post("/inloggen/tweede-stap")
@action(Action.SIGN_IN)
def submit_enrol() -> AnyResponse:
    """The first code of the app; then the recovery codes, shown this once."""
    found, step = the_visit(), this_step()
    if found.account.totp_secret is not None:
        return redirect(url_for("login.code"), 303)
    naar = request.form.get("naar", "")
    if _proven_elsewhere(found):
        return redirect(url_for("oidc.confirm", naar=naar), 303)
    factors.count_code(session(), found.account, now=step.now)
    commit()
    typed = "".join(request.form.get("code", "")[:LONGEST_NAME].split())
    try:
        started, codes = factors.enrol(step, found.session, secret=_offered(found), code=typed)
    except factors.WrongCode as wrong:
        return make_response(_enrol_form(found, naar=naar, errors={"code": str(wrong)}), 400)
    forget_visit()
    return let_in(started, make_response(render_template("login/recovery.html", codes=codes, naar=safe(naar))))


@blueprint.post("/uitloggen")
@action(Action.SIGN_IN)
def log_out() -> AnyResponse:
    """End the session, here and on the server, and let the browser forget what it kept."""
    found = the_visit()
    factors.log_out(this_step(), found.session)
    forget_visit()
    through = found.session.provider_id
    answer = redirect(url_for("oidc.logged_out", provider_id=through) if through else url_for("login.show"), 303)
    answer.delete_cookie(cookie_name(), secure=settings().production, httponly=True, samesite="Lax")
    answer.headers["Clear-Site-Data"] = CLEAR
    return answer


@blueprint.get("/sessie")
@action(Action.SIGN_IN)
def time_left() -> Response:
    """How long the session lasts if nothing is done; asking does not make it longer."""
    left = sessions.seconds_left(the_visit().session, clock().now())
    return jsonify(seconden_over=left, waarschuwen_bij=int(WARN.total_seconds()))


@blueprint.post("/sessie")
@action(Action.SIGN_IN)
def stay() -> Response:
    """Go on working: half an hour more, within the ten hours."""
    found = the_visit().session
    found.last_seen_at = clock().now()
    return jsonify(seconden_over=sessions.seconds_left(found, clock().now()))


def let_in(started: Started, answer: AnyResponse) -> AnyResponse:
    """Hand the browser the token of its new session; a login in a browser that is new for this person is told."""
    answer.set_cookie(
        cookie_name(), started.token, secure=settings().production, httponly=True, samesite="Lax", path="/"
    )
    return remember_device(started, answer)


def code_page(*, naar: str, errors: dict[str, str] | None = None) -> str:
    """The page for the second factor, with every way there is to show it."""
    return render_template(
        "login/code.html",
        naar=naar,
        passkey=passkey_form.for_second_factor(the_visit()),
        confirm=the_visit().session.provider_id is not None,
        errors=errors or {},
    )


def login_page(
    *,
    naam: str,
    naar: str | None = None,
    errors: dict[str, str] | None = None,
    chosen: IdentityProvider | None = None,
) -> str:
    """The page with every way in."""
    wanted = request.form.get("naar", "") if naar is None else naar
    return render_template(
        "login/show.html",
        naam=naam[:LONGEST_NAME],
        naar=wanted,
        errors=errors or {},
        chosen=chosen,
        providers=_providers(),
        passkey=passkey_form.for_login(),
    )


def _providers() -> tuple[IdentityProvider, ...]:
    return providers.in_use(session(), clock().today())


def _missing(name: str, password: str) -> dict[str, str]:
    errors = {}
    if not name.strip() or len(name) > LONGEST_NAME:
        errors["naam"] = "Vul het e-mailadres in waarmee u inlogt."
    if not password or len(password) > LONGEST_PASSWORD:
        errors["wachtwoord"] = "Vul uw wachtwoord in."
    return errors


def _enrol_form(found: Visit, *, naar: str, errors: dict[str, str] | None = None) -> str:
    secret = _offered(found)
    parts = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
    return render_template("login/enrol.html", secret=parts, naar=naar, errors=errors or {})


def _proven_elsewhere(found: Visit) -> bool:
    """Whether the provider proved the second factor: then only the provider proves it anew, and no app replaces it."""
    return found.session.provider_id is not None and found.session.second_factor_at is not None


def _offered(found: Visit) -> str:
    return factors.pending_secret(settings().secret_key, found.session.csrf_secret)


def _end_old(now_started: Started) -> None:
    """Whoever logs in anew in the same browser leaves no old session behind."""
    old = visit()
    if old is not None and old.session.id != now_started.session.id:
        sessions.end(session(), old.session.id, now=clock().now())


def safe(wanted: str) -> str:
    """The page to go on to: a path of ours, else the start page. Never another site, however it is written."""
    is_path = wanted.startswith("/") and not wanted.startswith("//") and "\\" not in wanted and wanted.isprintable()
    return wanted if is_path and len(wanted) <= LONGEST_PASSWORD else url_for("home.show")
