"""Letters to download."""

import uuid
from io import BytesIO

from flask import Blueprint, render_template, request, send_file
from flask.typing import ResponseReturnValue

from intake import letters
from intake.access import Action
from intake.letters import LetterNotReady
from intake.web.frame.access import action, the_actor
from intake.web.frame.request import session

IN_HAND = "in_de_hand"
"""Said of a letter that is given to the client by hand, and goes nowhere else."""

blueprint = Blueprint("letter", __name__, url_prefix="/brieven")


@blueprint.get("/<uuid:letter_id>")
@action(Action.READ_LETTER)
def show(letter_id: uuid.UUID) -> ResponseReturnValue:
    """The PDF, as a download; while it is still being made, a page that says so.

    Of a client who may not be safe a page first asks how the letter reaches her, when nobody asked that before.
    """
    if request.args.get("gegeven") != IN_HAND and letters.asks_first(session(), the_actor(), letter_id):
        return render_template("letters/ask.html", letter_id=letter_id, in_hand=IN_HAND)
    try:
        found = letters.open_letter(session(), the_actor(), letter_id)
    except LetterNotReady as error:
        return render_template("letters/waiting.html", letter_id=letter_id, message=str(error))
    return send_file(BytesIO(found.pdf), mimetype="application/pdf", as_attachment=True, download_name=found.filename)
