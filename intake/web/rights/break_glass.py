"""Emergency access: asking for it, and the list of the privacy officer."""

import uuid

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from intake.access import Act, Action
from intake.rights import emergency
from intake.rights.emergency import EmergencyRefused
from intake.tables.account import Role
from intake.web.frame.access import act, action, the_actor
from intake.web.frame.request import clock, commit, session

blueprint = Blueprint("break_glass", __name__)


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
    reference = request.form.get("nummer", "")[: emergency.LONGEST_REFERENCE]
    reason = request.form.get("reden", "")
    try:
        made = emergency.break_open(Act(session(), actor, clock()), reference=reference, reason=reason)
    except EmergencyRefused as refused:
        return make_response(_form({refused.field: str(refused)}), 400)
    flash("U kunt deze intake vier uur bekijken. De functionaris gegevensbescherming ziet dit nu.", "warning")
    return redirect(url_for("intake.show", intake_id=made.intake_id), 303)


@blueprint.get("/logboek/doorbreken")
@action(Action.WHO_LOOKED)
def index() -> str:
    """Every emergency access in the own gemeente."""
    actor = the_actor()
    found = emergency.emergencies(session(), actor)
    return render_template("rights/emergency/index.html", found=found, officer=Role.FG in actor.roles)


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


def _form(errors: dict[str, str]) -> str:
    typed = {name: request.form.get(name, "") for name in ("nummer", "reden")}
    return render_template("rights/emergency/ask.html", typed=typed, errors=errors)
