"""Passkeys: logging in with one, showing one as second factor, and keeping them on the account page."""

import uuid

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from intake.access import Action
from intake.login import factors, passkeys, sessions
from intake.login.passkeys import LONGEST_ANSWER, Answer, PasskeyRefused, Purpose, TooManyPasskeys
from intake.web.frame.access import SecondFactorNeeded, action, the_visit
from intake.web.frame.request import commit, session, settings
from intake.web.frame.visit import Visit, visit
from intake.web.login import passkey_form
from intake.web.login.login import code_page, let_in, login_page, safe
from intake.web.login.step import this_step

blueprint = Blueprint("passkey", __name__)

NOT_ADDED = "Deze passkey kon niet worden toegevoegd. Probeer het nog een keer, of kies een ander apparaat."


@blueprint.post("/inloggen/passkey")
@action(Action.PUBLIC)
def submit() -> Response:
    """Log in with a passkey, which proves both what one has and who one is."""
    step, before = this_step(), visit()
    limits = passkeys.count_passkey(session(), address=request.remote_addr or "", now=step.now)
    commit()
    try:
        started = passkeys.enter_with_passkey(
            step,
            _answer(Purpose.LOGIN),
            limits=limits,
            before=before.session.id if before is not None else None,
        )
    except PasskeyRefused as refused:
        return make_response(login_page(naam="", errors={"passkey": str(refused)}), 400)
    return let_in(started, redirect(safe(request.form.get("naar", "")), 303))


@blueprint.post("/inloggen/code/passkey")
@action(Action.SIGN_IN)
def submit_second_factor() -> Response:
    """Show a passkey as second factor. The attempt is committed before it is looked at."""
    found, step, naar = the_visit(), this_step(), request.form.get("naar", "")
    factors.count_code(session(), found.account, now=step.now)
    commit()
    answer = _answer(Purpose.SECOND_FACTOR)
    try:
        passkeys.show(session(), answer, now=step.now, of=found.account.id)
    except PasskeyRefused as refused:
        factors.log_refusal(step, found.account, f"passkey {refused.code}")
        return make_response(code_page(naar=naar, errors={"code": str(refused)}), 400)
    factors.log_change(step, found.account, "passkey_tweede_factor")
    started = sessions.renew(session(), found.session, found.account, now=step.now)
    return let_in(started, redirect(safe(naar), 303))


@blueprint.get("/account/passkeys/nieuw")
@action(Action.OWN_FACTOR)
def new() -> str:
    """The page to add a passkey on; asks for a fresh second factor."""
    return _new_page(_with_app())


@blueprint.post("/account/passkeys")
@action(Action.OWN_FACTOR)
def add() -> Response:
    """A passkey more."""
    found, step = _with_app(), this_step()
    try:
        passkeys.add(step, found.account, _answer(Purpose.ADD), naam=request.form.get("naam", ""))
    except (PasskeyRefused, TooManyPasskeys) as refused:
        told = str(refused) if isinstance(refused, TooManyPasskeys) else NOT_ADDED
        return make_response(_new_page(found, {"naam": told}), 400)
    factors.log_change(step, found.account, "passkey_toegevoegd")
    flash("Uw passkey is toegevoegd. U kunt er voortaan mee inloggen.", "success")
    return redirect(url_for("account.show"), 303)


@blueprint.post("/account/passkeys/<uuid:passkey_id>/verwijderen")
@action(Action.OWN_FACTOR)
def remove(passkey_id: uuid.UUID) -> Response:
    """A passkey less; asks for a fresh second factor."""
    found = _with_app()
    if not passkeys.remove(session(), found.account, passkey_id):
        raise NotFound
    factors.log_change(this_step(), found.account, "passkey_verwijderd")
    flash("De passkey is verwijderd.", "success")
    return redirect(url_for("account.show"), 303)


def _with_app() -> Visit:
    """Who asks, when the app was set up; that a second factor was shown lately, the action itself asks.

    Raises:
        SecondFactorNeeded: not yet.
    """
    found = the_visit()
    if found.account.totp_secret is None:
        raise SecondFactorNeeded
    return found


def _answer(purpose: Purpose) -> Answer:
    """What the device says to what it was asked.

    Raises:
        NotFound: at this address no device can be asked.
    """
    asked = passkey_form.asked(purpose)
    if asked is None:
        raise NotFound
    return Answer(request.form.get("antwoord", "")[: LONGEST_ANSWER + 1], asked, settings().secret_key)


def _new_page(found: Visit, errors: dict[str, str] | None = None) -> str:
    naam = request.form.get("naam", "")[: passkeys.LONGEST_NAME]
    question, base_url = passkey_form.for_adding(found), settings().base_url
    return render_template(
        "login/passkey_new.html", passkey=question, base_url=base_url, naam=naam, errors=errors or {}
    )
