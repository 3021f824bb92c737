"""Who stays where, for the provider itself, and the end of a stay."""

import uuid
from collections.abc import Mapping

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from intake.access import Action
from intake.referrals import stays
from intake.referrals.stays import NotYetAccepted, Vertrek
from intake.web.frame.access import act, action, the_actor
from intake.web.frame.listing import page_number
from intake.web.frame.request import clock, rollback, session

blueprint = Blueprint("stay", __name__, url_prefix="/plekken")


@blueprint.get("/verblijf")
@action(Action.EDIT_PLACE)
def index() -> str:
    """Who holds a place of one's own organisation."""
    return _page({})


@blueprint.post("/<uuid:place_id>/verblijf/<uuid:placement_id>/vertrek")
@action(Action.EDIT_PLACE)
def leave(place_id: uuid.UUID, placement_id: uuid.UUID) -> ResponseReturnValue:
    """The client left, for a reason from the list; the place is free."""
    reden = request.form.get("vertrek", "")
    field = f"vertrek-{placement_id}"
    if reden not in set(Vertrek):
        return _page({field: "Kies waarom de cliënt is vertrokken."}), 400
    try:
        stays.leave(act(), place_id, placement_id, reden=Vertrek(reden))
    except NotYetAccepted as error:
        rollback()
        return _page({field: str(error)}), 409
    flash("Het vertrek is vastgelegd. De plek is vrij en de verwijzer krijgt bericht.", "success")
    return redirect(url_for("stay.index"), 303)


def _page(errors: Mapping[str, str]) -> str:
    found = stays.stays(session(), the_actor(), page=page_number(request.args))
    shown = {f"vertrek-{one.id}" for one in found.stays if one.state == "bezet"}
    return render_template(
        "referrals/stay/index.html",
        found=found,
        reasons=stays.REASONS,
        today=clock().today(),
        errors={field: text for field, text in errors.items() if field in shown},
    )
