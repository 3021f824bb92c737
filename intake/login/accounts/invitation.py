"""One-time links by which a person chooses a password: to come in for the first time, or because it is lost.

There is no mail: who manages the account sees the link once and hands it over. The token is in the link only; the
database keeps its hash. A link works once, for an hour, and a newer one ends it.
"""

import hashlib
import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import CursorResult, func, select, update
from sqlalchemy.orm import Session

from intake.keys.crypto import keyed_hash
from intake.login.accounts.account import find_account, login_name, set_password
from intake.login.attempts import throttle
from intake.login.attempts.throttle import DAY, FIVE_MINUTES, Limit
from intake.tables.account import Account
from intake.tables.invitation import Invitation, InvitationKind, LinkRequest

LIFE = timedelta(minutes=60)
TOKEN_BYTES = 32
PER_DAY = 5
LONGEST_TOKEN = 64


class LinkDead(LookupError):
    """The link was used, has ended, or never was; the message is Dutch."""

    def __init__(self) -> None:
        super().__init__("Deze link werkt niet meer. Een link werkt één keer en een uur lang. Vraag een nieuwe.")


class TooManyLinks(RuntimeError):
    """This account had its links for today; the message is Dutch."""

    def __init__(self) -> None:
        super().__init__(f"Voor dit account zijn vandaag al {PER_DAY} links gemaakt. Morgen kan het weer.")


@dataclass(frozen=True, slots=True)
class Link:
    """A new link: its token, to be shown once and kept nowhere, and until when it works."""

    token: str
    kind: InvitationKind
    expires_at: datetime


def make_link(session: Session, account: Account, *, made_by: uuid.UUID | None, now: datetime) -> Link:
    """A link for this account; every older one is dead, and requests for one are answered.

    Raises:
        TooManyLinks: five were made in the last 24 hours.
    """
    made_today = select(func.count()).where(
        Invitation.account_id == account.id, Invitation.created_at > now - timedelta(days=1)
    )
    if (session.scalar(made_today) or 0) >= PER_DAY:
        raise TooManyLinks
    end_links(session, account, now=now)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    kind = InvitationKind.UITNODIGING if account.password_hash is None else InvitationKind.HERSTEL
    made = Invitation(
        id=uuid.uuid4(),
        account_id=account.id,
        kind=kind,
        token_hash=_hash(token),
        made_by=made_by,
        created_at=now,
        expires_at=now + LIFE,
    )
    session.add(made)
    session.execute(
        update(LinkRequest)
        .where(LinkRequest.account_id == account.id, LinkRequest.answered_at.is_(None))
        .values(answered_at=now)
    )
    session.flush()
    return Link(token, kind, made.expires_at)


def end_links(session: Session, account: Account, *, now: datetime) -> None:
    """No link to this account works any more."""
    session.execute(
        update(Invitation)
        .where(Invitation.account_id == account.id, Invitation.used_at.is_(None), Invitation.ended_at.is_(None))
        .values(ended_at=now)
    )


def look_up(session: Session, token: str, *, now: datetime) -> Account:
    """Whose link this is; looking does not use it up.

    Raises:
        LinkDead: used, ended, too old, of a blocked account, or no link of ours.
    """
    found = session.scalars(
        select(Account)
        .join(Invitation, Invitation.account_id == Account.id)
        .where(Invitation.token_hash == _hash(token), Invitation.used_at.is_(None), Invitation.ended_at.is_(None))
        .where(Invitation.created_at <= now, Invitation.expires_at > now, Account.blocked_at.is_(None))
    ).one_or_none()
    if found is None:
        raise LinkDead
    return found


def redeem(session: Session, token: str, password: str, *, now: datetime) -> Account:
    """Choose a password with the link, which is then used up; every session of the person ends.

    Raises:
        LinkDead: see `look_up`; also for the second of two who use it at once.
        WeakPassword: it may not be chosen; the link still works.
    """
    account = look_up(session, token, now=now)
    set_password(session, account, password, now=now)
    use_up(session, token, now=now)
    return account


def use_up(session: Session, token: str, *, now: datetime) -> None:
    """The link works no more.

    Raises:
        LinkDead: somebody used it up before, or at the same moment.
    """
    used = session.execute(
        update(Invitation)
        .where(Invitation.token_hash == _hash(token), Invitation.used_at.is_(None))
        .values(used_at=now)
        .execution_options(synchronize_session=False)
    )
    if not isinstance(used, CursorResult) or used.rowcount != 1:
        raise LinkDead


def ask_link(session: Session, typed_name: str, *, address: str, now: datetime) -> None:
    """Somebody cannot log in. What is answered, and the work done for it, is the same whether the name is known.

    Raises:
        TooManyAttempts: too often from this address, or for this name.
    """
    name = login_name(typed_name)
    limits = (
        Limit(f"link-naam:{keyed_hash(session, name)}", PER_DAY, DAY),
        Limit(f"link-adres:{keyed_hash(session, address)}", 20, FIVE_MINUTES),
    )
    throttle.admit(session, limits, now=now)
    account = find_account(session, name)
    if account is None or account.blocked_at is not None:
        return
    waiting = select(LinkRequest).where(LinkRequest.account_id == account.id, LinkRequest.answered_at.is_(None))
    if session.scalars(waiting.limit(1)).first() is None:
        session.add(LinkRequest(id=uuid.uuid4(), account_id=account.id, asked_at=now))


def _hash(token: str) -> bytes:
    return hashlib.sha256(token[:LONGEST_TOKEN].encode(errors="replace")).digest()
