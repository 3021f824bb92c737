"""The end of a case, and who looks after it until then: forms on the page of the case."""

import uuid

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from intake import case, dossier
from intake.access import Action
from intake.case import NoColleague
from intake.dossier import Intrekking, Uitstroom
from intake.web.dossier.case import again
from intake.web.frame.access import act, action

blueprint = Blueprint("closing", __name__, url_prefix="/intakes/<uuid:intake_id>")

NOBODY = uuid.UUID(int=0)


@blueprint.post("/intrekken")
@action(Action.WITHDRAW_INTAKE)
def withdraw(intake_id: uuid.UUID) -> ResponseReturnValue:
    """The melding is withdrawn, for a reason from the list."""
    reden = request.form.get("intrekking", "")
    if reden not in set(Intrekking):
        return again(intake_id, {"intrekking": "Kies waarom de melding wordt ingetrokken."})
    dossier.withdraw(act(), intake_id, reden=Intrekking(reden))
    return _done(intake_id, "De melding is ingetrokken. Wie een verwijzing had, krijgt bericht.")


@blueprint.post("/afsluiten")
@action(Action.EDIT_INTAKE)
def close(intake_id: uuid.UUID) -> ResponseReturnValue:
    """The case is closed, with where the client went."""
    uitkomst = request.form.get("uitstroom", "")
    if uitkomst not in set(Uitstroom):
        return again(intake_id, {"uitstroom": "Kies waar de cliënt heen gaat."})
    dossier.close(act(), intake_id, uitstroom=Uitstroom(uitkomst))
    return _done(intake_id, "De zaak is afgesloten.")


@blueprint.post("/medewerker")
@action(Action.EDIT_INTAKE)
def hand_to(intake_id: uuid.UUID) -> ResponseReturnValue:
    """A colleague looks after the case from now."""
    try:
        name = case.hand_to(act(), intake_id, to=_chosen("collega"))
    except NoColleague as error:
        return again(intake_id, {"collega": str(error)})
    return _done(intake_id, f"{name} is nu de vaste medewerker.")


def _chosen(name: str) -> uuid.UUID:
    """The id that was chosen; nobody's when none was, which the verb refuses."""
    try:
        return uuid.UUID(request.form.get(name, ""))
    except ValueError:
        return NOBODY


def _done(intake_id: uuid.UUID, what: str) -> ResponseReturnValue:
    flash(what, "success")
    return redirect(url_for("intake.show", intake_id=intake_id), 303)
