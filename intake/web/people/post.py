"""Post to the people of an organisation, for the functioneel beheerder: what came back, and sending that again."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from intake.access import Action
from intake.people import returned
from intake.web.frame.access import act, action
from intake.web.frame.listing import page_number

blueprint = Blueprint("post", __name__, url_prefix="/beheer/post")


@blueprint.get("")
@action(Action.MANAGE_ACCOUNTS)
def index() -> str:
    """What was sent, newest first, with why something came back."""
    return render_template("people/post/index.html", found=returned.all_post(act(), page=page_number(request.args)))


@blueprint.post("/opnieuw")
@action(Action.MANAGE_ACCOUNTS)
def again() -> ResponseReturnValue:
    """Send once more what came back."""
    many = returned.send_again(act())
    flash(
        "Er was niets meer om opnieuw te sturen." if not many else "Alles wat terugkwam, gaat opnieuw weg.", "success"
    )
    return redirect(url_for("post.index"), 303)
