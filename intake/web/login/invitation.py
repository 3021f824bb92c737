"""Choosing a password with a one-time link, and asking for such a link. Nobody is logged in here."""

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from intake.access import Action
from intake.login import accounts, factors, sso
from intake.login.accounts import LinkDead, WeakPassword
from intake.web.frame.access import action
from intake.web.frame.request import clock, rollback, session
from intake.web.login.step import this_step

blueprint = Blueprint("invitation", __name__)

LONGEST_NAME = 254
LONGEST_PASSWORD = 512


@blueprint.get("/uitnodiging/<token>")
@action(Action.PUBLIC)
def show(token: str) -> ResponseReturnValue:
    """The page to choose a password on; looking at it does not use the link up."""
    try:
        account = accounts.look_up(session(), token, now=clock().now())
    except LinkDead as dead:
        return _dead(dead)
    return _page(account.email, token, {})


@blueprint.post("/uitnodiging/<token>")
@action(Action.PUBLIC)
def redeem(token: str) -> ResponseReturnValue:
    """The chosen password; the link is used up."""
    step, chosen = this_step(), request.form.get("nieuw", "")
    try:
        email = accounts.look_up(session(), token, now=step.now).email
        if len(chosen) > LONGEST_PASSWORD or chosen != request.form.get("nogmaals", ""):
            return _again(email, token, {"nogmaals": "De twee wachtwoorden zijn niet gelijk. Typ ze opnieuw."})
        account = accounts.redeem(session(), token, chosen, now=step.now)
    except LinkDead as dead:
        rollback()
        return _dead(dead)
    except WeakPassword as weak:
        rollback()
        return _again(email, token, {"nieuw": str(weak)})
    factors.log_change(step, account, "wachtwoord_gekozen_met_link")
    flash("Uw wachtwoord is gekozen. U kunt nu inloggen.", "success")
    return redirect(url_for("login.show"), 303)


@blueprint.get("/inloggen/vergeten")
@action(Action.PUBLIC)
def forgotten() -> str:
    """The page to ask for a link on."""
    return render_template("login/invitation/forgotten.html", asked=False, naam="", errors={})


@blueprint.post("/inloggen/vergeten")
@action(Action.PUBLIC)
def ask() -> ResponseReturnValue:
    """Somebody cannot log in; the answer is the same for every name."""
    name = request.form.get("naam", "")
    if not name.strip() or len(name) > LONGEST_NAME:
        errors = {"naam": "Vul het e-mailadres in waarmee u inlogt."}
        return make_response(
            render_template("login/invitation/forgotten.html", asked=False, naam="", errors=errors), 400
        )
    accounts.ask_link(session(), name, address=request.remote_addr or "", now=clock().now())
    return render_template("login/invitation/forgotten.html", asked=True, naam="", errors={})


def _again(email: str, token: str, errors: dict[str, str]) -> Response:
    return make_response(_page(email, token, errors), 400)


def _page(email: str, token: str, errors: dict[str, str]) -> str:
    through = sso.can_link(session(), token, now=clock().now())
    return render_template("login/invitation/show.html", email=email, token=token, through=through, errors=errors)


def _dead(dead: LinkDead) -> Response:
    return make_response(render_template("login/invitation/dead.html", told=str(dead)), 404)
