"""Asking for post, in the transaction of what it tells: no news without its post, and no post without its news."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from config.clock import AMSTERDAM, Clock
from intake.keys.crypto import wrap_secret
from intake.post.notice import Notice, gaps
from intake.store.outbox import job
from intake.tables.account import Account, Membership
from intake.tables.job import JobKind
from intake.tables.outgoing import Channel, Outgoing

KIND = "post"
LONGEST_ADDRESS = 254


class NoSuchWords(TypeError):
    """The notice has other gaps than the words that are told."""


@dataclass(frozen=True, slots=True)
class News:
    """What somebody is told outside the browser, with its words by the name of their gap.

    Raises:
        NoSuchWords: the notice leaves other things open.
    """

    notice: Notice
    words: Mapping[str, str]

    def __post_init__(self) -> None:
        if set(self.words) != gaps(self.notice) - {"adres"}:
            raise NoSuchWords(f"{self.notice}: {sorted(gaps(self.notice))}, not {sorted(self.words)}")


def ask_mail(session: Session, account: Account, news: News, *, clock: Clock) -> Outgoing:
    """A mail to this person, at the address of now; sent after the commit."""
    made = Outgoing(
        id=uuid.uuid4(),
        organisation_id=_works_for(session, account, clock),
        account_id=account.id,
        channel=Channel.MAIL,
        notice=news.notice.value,
        words=dict(news.words),
        asked_at=clock.now(),
    )
    made.to = wrap_secret(session, account.email[:LONGEST_ADDRESS].encode(), made.id, KIND)
    session.add(made)
    ask_to_send(session, made, run_at=clock.now(), clock=clock)
    return made


def ask_to_send(session: Session, row: Outgoing, *, run_at: datetime, clock: Clock) -> None:
    """Have it sent at that moment; asked for twice, once for each attempt and each time that it came back."""
    name = f"post:{row.id}:{row.attempts}:{int(run_at.timestamp())}"
    session.flush()
    job.ask(session, job.NewJob(JobKind.BERICHT, {"outgoing_id": str(row.id)}, run_at=run_at, once=name), clock=clock)


def _works_for(session: Session, account: Account, clock: Clock) -> uuid.UUID | None:
    today = clock.now().astimezone(AMSTERDAM).date()
    query = select(Membership.organisation_id).where(Membership.account_id == account.id, Membership.van <= today)
    return session.scalars(query.order_by(Membership.van.desc(), Membership.id).limit(1)).first()
