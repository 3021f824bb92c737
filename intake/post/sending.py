"""Sending what waits: as slow work of the outbox, so that no transaction is open while a server thinks."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from config.clock import Clock
from config.post import Post
from intake.keys.crypto import unwrap_secret
from intake.post.carrier import NotNow, Parcel, Problem, Refused, send_mail, send_text
from intake.post.notice import Notice, worded
from intake.post.outgoing import KIND, ask_to_send
from intake.store.outbox import SlowWork
from intake.tables.account import Account
from intake.tables.outgoing import Channel, Outgoing, OutgoingState

LAST_ATTEMPT = 6
"""After so many, in two hours, the post comes back and a person looks."""


@dataclass(frozen=True, slots=True)
class _Ready:
    """A parcel on its way out, by which channel, and which attempt this is."""

    parcel: Parcel
    channel: Channel
    attempt: int


@dataclass(frozen=True, slots=True)
class _NotYet:
    """The server did not take it now."""


def post_work(post: Post, *, address: str) -> SlowWork:
    """The work of sending with these servers; `address` is that of the installation, for in the text."""

    def gather(session: Session, payload: Mapping[str, Any], clock: Clock) -> _Ready | None:
        del clock
        row = session.get(Outgoing, uuid.UUID(payload["outgoing_id"]))
        if row is None or row.state is not OutgoingState.WACHT:
            return None
        naam = session.get_one(Account, row.account_id).naam
        said = worded(Notice(row.notice), row.words, naam=naam, adres=address)
        to = unwrap_secret(session, row.to, row.id, KIND).decode()
        return _Ready(Parcel(row.id, to, said.subject, said.text), row.channel, row.attempts + 1)

    def do(ready: _Ready) -> Refused | _NotYet | None:
        try:
            return _hand_in(post, ready)
        except NotNow:
            return Refused(Problem.TE_VAAK_GEPROBEERD) if ready.attempt >= LAST_ATTEMPT else _NotYet()

    return SlowWork(gather, do, _keep)


def _hand_in(post: Post, ready: _Ready) -> Refused | None:
    if ready.channel is Channel.MAIL and post.mail is not None:
        return send_mail(post.mail, ready.parcel)
    if ready.channel is Channel.SMS and post.texts is not None:
        return send_text(post.texts, ready.parcel)
    return Refused(Problem.NIET_INGESTELD)


def _keep(session: Session, ready: _Ready, came: Refused | _NotYet | None, clock: Clock) -> None:
    row = session.get_one(Outgoing, ready.parcel.id)
    row.attempts = ready.attempt
    if isinstance(came, Refused):
        row.state, row.problem = OutgoingState.TERUG, came.problem.value
    elif came is None:
        row.state, row.problem, row.sent_at = OutgoingState.VERSTUURD, "", clock.now()
    else:
        _later(session, row, clock)


def _later(session: Session, row: Outgoing, clock: Clock) -> None:
    """Try again after two, four, eight … minutes: in a job of its own, since this one is done."""
    ask_to_send(session, row, run_at=clock.now() + timedelta(minutes=2**row.attempts), clock=clock)
