"""Emergency access: asking for it, and the list of the privacy officer."""

import uuid

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from intake.access import Act, Action
from intake.login import factors, sessions
from intake.rights import emergency
from intake.rights.emergency import EmergencyRefused, Why
from intake.web.frame.access import act, action, asks_for_factor, the_actor, the_visit
from intake.web.frame.request import clock, commit, session

blueprint = Blueprint("break_glass", __name__)

LONGEST_PASSWORD = 512


@blueprint.get("/doorbreken")
@action(Action.BREAK_GLASS)
def ask() -> str:
    """The page on which a worker says which case must be opened, and why."""
    return _form({})


@blueprint.post("/doorbreken")
@action(Action.BREAK_GLASS)
def break_open() -> ResponseReturnValue:
    """Open it for four hours. The attempt is committed before the number is looked up."""
    actor = the_actor()
    emergency.count_attempt(session(), actor)
    commit()
    if not _is_really_there():
        return make_response(_form({"wachtwoord": "Dit is niet uw wachtwoord."}), 400)
    reference = request.form.get("nummer", "")[: emergency.LONGEST_REFERENCE]
    why = Why(request.form.get("soort", ""), request.form.get("reden", ""))
    try:
        made = emergency.break_open(Act(session(), actor, clock()), reference=reference, why=why)
    except EmergencyRefused as refused:
        return make_response(_form({refused.field: str(refused)}), 400)
    flash("U kunt deze intake vier uur bekijken. De gemeente en de vaste medewerker horen dit nu.", "warning")
    return redirect(url_for("intake.show", intake_id=made.intake_id), 303)


@blueprint.get("/logboek/doorbreken")
@action(Action.WHO_LOOKED)
def index() -> str:
    """Every emergency access in the own gemeente."""
    actor = the_actor()
    found = emergency.emergencies(session(), actor)
    of_gemeente = actor.tenant_id is not None
    return render_template("rights/emergency/index.html", found=found, of_gemeente=of_gemeente)


@blueprint.post("/logboek/doorbreken/<uuid:row_id>/gezien")
@action(Action.WHO_LOOKED)
def mark_seen(row_id: uuid.UUID) -> ResponseReturnValue:
    """The privacy officer has looked at it."""
    emergency.mark_seen(act(), row_id)
    return redirect(url_for("break_glass.index"), 303)


@blueprint.post("/logboek/doorbreken/<uuid:row_id>/beeindigen")
@action(Action.WHO_LOOKED)
def end(row_id: uuid.UUID) -> ResponseReturnValue:
    """The access ends before its four hours are over."""
    emergency.end(act(), row_id)
    flash("De spoedtoegang is beëindigd.", "success")
    return redirect(url_for("break_glass.index"), 303)


def _asks_password() -> bool:
    """Whether the form asks for the password: where no second factor was asked, and there is a password."""
    return not asks_for_factor() and the_visit().account.password_hash is not None


def _is_really_there() -> bool:
    """Whether the person at the keys is the one who logged in; the second factor was asked for before this page.

    Who has neither a second factor nor a password came in through the own organisation, a moment ago.

    Raises:
        TooManyAttempts: too many passwords were tried.
    """
    found, now = the_visit(), clock().now()
    if asks_for_factor():
        return True
    if not _asks_password():
        return sessions.is_fresh(found.session.created_at, now)
    candidate = factors.prepare(session(), found.account.email, address=request.remote_addr or "", now=now)
    commit()
    return candidate.proves(request.form.get("wachtwoord", "")[:LONGEST_PASSWORD])


def _form(errors: dict[str, str]) -> str:
    typed = {name: request.form.get(name, "") for name in ("nummer", "soort", "reden")}
    return render_template(
        "rights/emergency/ask.html",
        typed=typed,
        errors=errors,
        kinds=emergency.REASONS,
        longest=emergency.LONGEST_REASON,
        asks_password=_asks_password(),
    )
