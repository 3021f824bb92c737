"""The terms of law on a case: what a worker tells of them, each a form on the page of the case."""

import uuid
from collections.abc import Mapping

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from forms.values import typed_date
from intake import case
from intake.access import Action
from intake.case import TermError
from intake.tables.deadline import DeadlineKind
from intake.web.dossier.case import again
from intake.web.frame.access import act, action

blueprint = Blueprint("term", __name__, url_prefix="/intakes/<uuid:intake_id>/termijnen")

DONE: Mapping[str, str] = {
    DeadlineKind.EERSTE_CONTACT: "Het eerste contact is vastgelegd.",
    DeadlineKind.PERSOONLIJK_PLAN: "De ontvangst van het persoonlijk plan is vastgelegd.",
    DeadlineKind.ONDERZOEK: "Het onderzoek is afgerond.",
}
NO_DATE = "Dit is geen datum. Typ dag, maand en jaar, zoals 23-11-2026."


@blueprint.post("/gehaald")
@action(Action.EDIT_INTAKE)
def tick_off(intake_id: uuid.UUID) -> ResponseReturnValue:
    """What a term asked for has happened."""
    kind = request.form.get("termijn", "")
    if kind not in set(DeadlineKind):
        raise TermError("Kies een termijn van deze intake.")
    case.tick_off(act(), intake_id, kind=DeadlineKind(kind))
    return _done(intake_id, DONE.get(kind, "De termijn is gehaald."))


@blueprint.post("/aanvraag")
@action(Action.EDIT_INTAKE)
def receive(intake_id: uuid.UUID) -> ResponseReturnValue:
    """The client applied; the two weeks of the besluit run."""
    typed = request.form.get("aanvraag", "")
    on = typed_date(typed)
    if on is None:
        return again(intake_id, {"aanvraag": NO_DATE}, {"aanvraag": typed})
    try:
        term = case.receive_aanvraag(act(), intake_id, on=on)
    except TermError as error:
        return again(intake_id, {"aanvraag": str(error)}, {"aanvraag": typed})
    return _done(intake_id, f"De aanvraag is vastgelegd. Besluit uiterlijk {term.due_on:%d-%m-%Y}.")


@blueprint.post("/opschorten")
@action(Action.SUSPEND_TERM)
def suspend(intake_id: uuid.UUID) -> ResponseReturnValue:
    """The term of the besluit stands still while the client is asked for something."""
    typed = request.form.get("opschorten", "")
    try:
        case.suspend(act(), intake_id, reden=typed)
    except TermError as error:
        return again(intake_id, {"opschorten": str(error)}, {"opschorten": typed})
    return _done(intake_id, "De termijn voor het besluit staat stil.")


@blueprint.post("/hervatten")
@action(Action.SUSPEND_TERM)
def resume(intake_id: uuid.UUID) -> ResponseReturnValue:
    """The answer came; the term runs on."""
    case.resume(act(), intake_id)
    return _done(intake_id, "De termijn voor het besluit loopt weer.")


def _done(intake_id: uuid.UUID, what: str) -> ResponseReturnValue:
    flash(what, "success")
    return redirect(url_for("intake.show", intake_id=intake_id, _anchor="termijnen"), 303)
