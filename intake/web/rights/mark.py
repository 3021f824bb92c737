"""Marks on a case, on the page with the rights of the client: restricted (AVG art. 18), known to many."""

import uuid

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from intake.access import Action
from intake.rights import marks
from intake.rights.marks import MarkRefused
from intake.tables.mark import MarkKind
from intake.web.frame.access import act, action
from intake.web.frame.request import rollback
from intake.web.rights.client_rights import page

blueprint = Blueprint("mark", __name__, url_prefix="/intakes/<uuid:intake_id>/merkteken")


@blueprint.post("")
@action(Action.RESTRICT_FILE)
def put(intake_id: uuid.UUID) -> ResponseReturnValue:
    """Mark the case."""
    return _do(intake_id, marks.put, "Het merkteken staat op het dossier.")


@blueprint.post("/opheffen")
@action(Action.RESTRICT_FILE)
def lift(intake_id: uuid.UUID) -> ResponseReturnValue:
    """Take the mark away."""
    return _do(intake_id, marks.lift, "Het merkteken is weg.")


def _do(intake_id: uuid.UUID, verb: marks.Verb, done: str) -> ResponseReturnValue:
    reason, kind = request.form.get("reden", ""), _kind()
    try:
        verb(act(), intake_id, kind, reason=reason)
    except MarkRefused as refused:
        rollback()
        return page(intake_id, reason=reason, errors={kind.value: str(refused)}), 400
    flash(done, "success")
    return redirect(url_for("client_rights.show", intake_id=intake_id, _anchor=kind.value), 303)


def _kind() -> MarkKind:
    """The mark that was asked for; the page has no other two."""
    wanted = request.form.get("soort", "")
    return MarkKind.BEKEND if wanted == MarkKind.BEKEND else MarkKind.BEPERKT
