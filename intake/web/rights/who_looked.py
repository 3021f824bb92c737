"""Who looked at a file: a page to print and hand to the client."""

import uuid
from datetime import date

from flask import Blueprint, render_template, request

from intake.access import Action
from intake.rights import Days, who_looked_at
from intake.web.frame.access import action, the_actor
from intake.web.frame.request import clock, session

blueprint = Blueprint("who_looked", __name__)


@blueprint.get("/intakes/<uuid:intake_id>/wie-keek")
@action(Action.WHO_LOOKED)
def show(intake_id: uuid.UUID) -> str:
    """Everybody who did something with the file, in plain words."""
    days = Days(since=_day(request.args.get("van", "")), until=_day(request.args.get("tot", "")))
    found = who_looked_at(session(), the_actor(), intake_id, days)
    return render_template(
        "rights/who_looked/show.html", found=found, since=days.since, until=days.until, today=clock().today()
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
