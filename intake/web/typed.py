"""Nothing typed is lost when a session ends in mid-typing: the posted page is kept and offered after the login."""

import contextlib
import uuid

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from intake import typed_text
from intake.action import Action
from intake.login_session import ABSOLUTE, find_any
from intake.web.access import LONGEST_TOKEN, action, cookie_name, current_actor, the_actor
from intake.web.csrf import FIELD, sent_token, token_belongs_to
from intake.web.request import clock, session

blueprint = Blueprint("typed", __name__)

AGAIN = "bewaard"
"""The field that names what is sent again."""
SKIPPED = frozenset({FIELD, AGAIN})


@blueprint.get("/bewaard")
@action(Action.OWN_ACCOUNT)
def index() -> str:
    """What was typed when the session had ended, each with a button to go on with it."""
    actor = the_actor()
    kept = typed_text.kept_for(session(), actor.account_id, now=actor.moment) if actor.account_id else []
    return render_template("login/kept.html", kept=kept)


@blueprint.post("/bewaard/<uuid:row_id>/weggooien")
@action(Action.OWN_ACCOUNT)
def discard(row_id: uuid.UUID) -> Response:
    """It is not wanted any more."""
    actor = the_actor()
    if actor.account_id:
        typed_text.discard(session(), actor.account_id, row_id)
    return redirect(url_for("typed.index"), 303)


@blueprint.before_app_request
def discard_what_is_sent() -> None:
    """What is sent again need not be kept; when the sending fails, this is rolled back with it."""
    sent = request.form.get(AGAIN, "") if request.method == "POST" else ""
    actor = current_actor() if sent else None
    if actor is not None and actor.account_id is not None:
        with contextlib.suppress(ValueError):
            typed_text.discard(session(), actor.account_id, uuid.UUID(sent))


def keep_posted_page() -> bool:
    """Keep what was posted, if it came from a page of a session that has ended lately; whether it was."""
    token = request.cookies.get(cookie_name(), "")
    if not token or len(token) > LONGEST_TOKEN:
        return False
    now = clock().now()
    ended = find_any(session(), token)
    if ended is None or now - ended.last_seen_at > ABSOLUTE or not token_belongs_to(ended.csrf_secret, sent_token()):
        return False
    fields = [(name, text) for name, text in request.form.items(multi=True) if name not in SKIPPED]
    typed_text.keep(session(), ended.account_id, path=request.path, fields=fields, now=now)
    return True
