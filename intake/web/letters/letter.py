"""Letters to download."""

import uuid
from io import BytesIO

from flask import Blueprint, render_template, send_file
from flask.typing import ResponseReturnValue

from intake import letters
from intake.access import Action
from intake.letters import LetterNotReady
from intake.web.frame.access import action, the_actor
from intake.web.frame.request import session

blueprint = Blueprint("letter", __name__, url_prefix="/brieven")


@blueprint.get("/<uuid:letter_id>")
@action(Action.READ_LETTER)
def show(letter_id: uuid.UUID) -> ResponseReturnValue:
    """The PDF, as a download; while it is still being made, a page that says so."""
    try:
        found = letters.open_letter(session(), the_actor(), letter_id)
    except LetterNotReady as error:
        return render_template("letters/waiting.html", letter_id=letter_id, message=str(error))
    return send_file(BytesIO(found.pdf), mimetype="application/pdf", as_attachment=True, download_name=found.filename)
