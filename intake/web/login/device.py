"""The browser in which somebody logs in: known, or new and told."""

from flask import request
from werkzeug.wrappers import Response

from intake import post
from intake.login import devices, factors
from intake.login.sessions import Started
from intake.people import messages
from intake.people.messages import Behind, MessageKind, Subject, To, Told
from intake.people.organisations import workplaces
from intake.post import News, Notice
from intake.tables.account import Account
from intake.web.frame.request import clock, session, settings
from intake.web.frame.visit import cookie_prefix
from intake.web.login.step import this_step

COOKIE = "toegang_apparaat"


def remember_device(started: Started, answer: Response) -> Response:
    """The answer, with what the browser keeps so that it is known next time."""
    name = f"{cookie_prefix()}{COOKIE}"
    account = session().get_one(Account, started.session.account_id)
    seen = devices.recognise(session(), account.id, request.cookies.get(name, ""), clock=clock())
    if seen.is_new:
        _tell(account)
    answer.set_cookie(
        name,
        seen.token,
        max_age=devices.REMEMBERED,
        secure=settings().production,
        httponly=True,
        samesite="Lax",
        path="/",
    )
    return answer


def _tell(account: Account) -> None:
    """The log, the person here, and the person outside the browser."""
    moment = clock().now().isoformat()
    factors.log_change(this_step(), account, "nieuw_apparaat")
    post.ask_mail(session(), account, News(Notice.NIEUW_APPARAAT, {"wanneer": moment}), clock=clock())
    for one in workplaces(session(), account.id, clock().today())[:1]:
        told, to = Told(MessageKind.NIEUW_APPARAAT, words={"moment": moment}), To(one.organisation_id, account.id)
        messages.send(session(), told, to=to, behind=Behind(Subject.ACCOUNT, account.id), clock=clock())
