"""Messages: what is new for somebody, and the list of all, each with a link to what it is about."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from intake.access import Action
from intake.people.messages import Subject, all_messages, count_unread, mark_all_read, texts, within_reach
from intake.tables.message import Message
from intake.web.frame.access import act, action, the_actor
from intake.web.frame.listing import page_number
from intake.web.frame.request import session

blueprint = Blueprint("message", __name__, url_prefix="/berichten")

_PAGES_OF: Mapping[str, tuple[str, str]] = {
    Subject.INTAKE: ("intake.show", "intake_id"),
    Subject.VERWIJZING: ("referral.show", "referral_id"),
    Subject.EXPERTISE: ("expertise.show", "request_id"),
}
"""Pages of one thing, with the name of its id in the address."""
_PAGES: Mapping[str, str] = {
    Subject.SPOEDTOEGANG: "break_glass.index",
    Subject.LOGBOEK: "log.signals",
    Subject.REGELS: "rules.history",
    Subject.KOPPELING: "api_token.index",
    Subject.ACCOUNT: "account.show",
    Subject.VOORSTEL: "accounts.index",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One message as a list shows it; no `url` when there is nothing (any more) to look at."""

    text: str
    url: str
    at: datetime
    unread: bool


@blueprint.get("")
@action(Action.HOME)
def index() -> str:
    """All messages to this person, newest first."""
    actor = the_actor()
    found = all_messages(session(), actor, page=page_number(request.args))
    return render_template(
        "people/messages/index.html",
        found=found,
        lines=lines_of(found.messages),
        unread=count_unread(session(), actor),
    )


@blueprint.post("/gelezen")
@action(Action.HOME)
def read_all() -> ResponseReturnValue:
    """All messages are read."""
    mark_all_read(act())
    return redirect(url_for("home.show"), 303)


def lines_of(messages: Iterable[Message]) -> list[Line]:
    """The messages, with links to what this person may open."""
    found = list(messages)
    open_to_us = within_reach(session(), the_actor(), found)
    said = texts(session(), found, open_to_us)
    return [
        Line(
            text=text,
            url=_url(one.subject, one.subject_id) if one.id in open_to_us else "",
            at=one.created_at,
            unread=one.read_at is None,
        )
        for one, text in zip(found, said, strict=True)
    ]


def _url(subject: str, subject_id: uuid.UUID) -> str:
    """The page that a message is about; none for a case that is named nowhere."""
    if subject == Subject.BEPERKT:
        return ""
    if subject in _PAGES_OF:
        endpoint, name = _PAGES_OF[subject]
        values: dict[str, Any] = {name: subject_id}
        return url_for(endpoint, **values)
    return url_for(_PAGES.get(subject, "home.show"))
