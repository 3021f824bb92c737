"""Nothing typed is lost when a session ends in mid-typing: the posted page is kept and offered after the login."""

import contextlib
import uuid

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from intake.access import Action
from intake.login import sessions
from intake.login.sessions import ABSOLUTE, Posted, find_any
from intake.tables.login_session import LoginSession
from intake.web.frame.access import action, action_of, current_actor, the_actor
from intake.web.frame.csrf import FIELD, sent_token, session_of, token_belongs_to
from intake.web.frame.request import clock, session
from intake.web.frame.visit import LONGEST_TOKEN, cookie_name

blueprint = Blueprint("typed", __name__)

AGAIN = "bewaard"
"""The field that names what is sent again."""
SKIPPED = frozenset({FIELD, AGAIN, "wachtwoord", "huidig", "nieuw", "nogmaals", "code"})
"""Fields that are never kept: what belongs to the sending itself, passwords and codes."""
UNKEPT = frozenset({Action.PUBLIC, Action.SIGN_IN})


@blueprint.get("/bewaard")
@action(Action.OWN_ACCOUNT)
def index() -> str:
    """What was typed when the session had ended, each with a button to go on with it."""
    actor = the_actor()
    kept = sessions.typed_for(session(), actor.account_id, now=actor.moment) if actor.account_id else []
    return render_template("login/kept.html", kept=kept)


@blueprint.post("/bewaard/<uuid:row_id>/weggooien")
@action(Action.OWN_ACCOUNT)
def discard(row_id: uuid.UUID) -> Response:
    """It is not wanted any more."""
    actor = the_actor()
    if actor.account_id:
        sessions.discard_typed(session(), actor.account_id, row_id)
    return redirect(url_for("typed.index"), 303)


@blueprint.before_app_request
def discard_what_is_sent() -> None:
    """What is sent again need not be kept; when the sending fails, this is rolled back with it."""
    sent = request.form.get(AGAIN, "") if request.method == "POST" else ""
    actor = current_actor() if sent else None
    if actor is not None and actor.account_id is not None:
        with contextlib.suppress(ValueError):
            sessions.discard_typed(session(), actor.account_id, uuid.UUID(sent))


def keep_posted_page() -> uuid.UUID | None:
    """Keep what was posted, if it came from a page of a session that lives or has ended lately; for whom it was kept.

    The browser may have lost its session since, or have another one now: the token of the page names the session.
    """
    now, page_of = clock().now(), _session_of_page()
    if page_of is None or now - page_of.last_seen_at > ABSOLUTE:
        return None
    fields = tuple((name, text) for name, text in request.form.items(multi=True) if name not in SKIPPED)
    if not fields or action_of(current_app, request.endpoint or "") in UNKEPT:
        return None
    sessions.keep_typed(session(), page_of.account_id, Posted(request.path, fields), now=now)
    return page_of.account_id


def _session_of_page() -> LoginSession | None:
    """The session, living or dead, whose page was posted; none when the token proves nothing."""
    cookie, token = request.cookies.get(cookie_name(), ""), sent_token()
    by_cookie = find_any(session(), cookie) if cookie and len(cookie) <= LONGEST_TOKEN else None
    named = session_of(token)
    by_page = session().get(LoginSession, named) if named else None
    return next((one for one in (by_cookie, by_page) if one and token_belongs_to(one.csrf_secret, token)), None)
