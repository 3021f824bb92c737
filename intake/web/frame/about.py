"""Pages about the software itself: privacy, accessibility, and whether it is alive."""

from flask import Blueprint, render_template

from intake.access import Action
from intake.web.frame.access import action

blueprint = Blueprint("about", __name__)


@blueprint.get("/privacy")
@action(Action.PUBLIC)
def privacy() -> str:
    """What is kept, why, and whom to ask."""
    return render_template("frame/about/privacy.html")


@blueprint.get("/toegankelijkheid")
@action(Action.PUBLIC)
def accessibility() -> str:
    """How accessible the pages are, and where to report what is not."""
    return render_template("frame/about/accessibility.html")
