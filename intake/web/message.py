"""Messages: what is new for somebody, and the list of all, each with a link to what it is about."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from intake import message
from intake.action import Action
from intake.message import Subject
from intake.tables.message import Message
from intake.web.access import action, the_actor
from intake.web.listing import page_number
from intake.web.request import clock, session

blueprint = Blueprint("message", __name__, url_prefix="/berichten")


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
    found = message.all_messages(session(), actor, page=page_number(request.args))
    return render_template(
        "message/index.html",
        found=found,
        lines=lines_of(found.messages),
        unread=message.count_unread(session(), actor),
    )


@blueprint.post("/gelezen")
@action(Action.HOME)
def read_all() -> ResponseReturnValue:
    """All messages are read."""
    message.mark_all_read(session(), the_actor(), clock=clock())
    return redirect(url_for("home.show"), 303)


def lines_of(messages: Iterable[Message]) -> list[Line]:
    """The messages, with links to what this person may open."""
    found = list(messages)
    open_to_us = message.within_reach(session(), the_actor(), found)
    return [
        Line(
            text=one.text,
            url=_url(one.subject, one.subject_id) if one.id in open_to_us else "",
            at=one.created_at,
            unread=one.read_at is None,
        )
        for one in found
    ]


def _url(subject: str, subject_id: uuid.UUID) -> str:
    """The page that a message is about."""
    if subject == Subject.INTAKE:
        return url_for("intake.show", intake_id=subject_id)
    if subject == Subject.VERWIJZING:
        return url_for("referral.show", referral_id=subject_id)
    if subject == Subject.EXPERTISE:
        return url_for("expertise.show", request_id=subject_id)
    if subject == Subject.SPOEDTOEGANG:
        return url_for("break_glass.index")
    if subject == Subject.LOGBOEK:
        return url_for("log.signals")
    if subject == Subject.REGELS:
        return url_for("rules.history")
    return url_for("home.show")
