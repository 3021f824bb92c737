"""Who is logged in: sessions on the server, that end by themselves and can be ended one by one or all at once."""

import hashlib
import secrets
import uuid
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, bindparam, select, update
from sqlalchemy.orm import Session

from intake.tables.account import Account
from intake.tables.login_session import LoginSession

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=10)
WARN = timedelta(minutes=2)
TOUCH = timedelta(seconds=30)
"""A session is written as seen at most this often."""
FRESH = timedelta(minutes=5)
"""How old a second factor may be for what asks for a fresh one (ASVS 7.5.3)."""
TOKEN_BYTES = 32
_BY_TOKEN = select(LoginSession).where(LoginSession.token_hash == bindparam("token"))


@dataclass(frozen=True, slots=True)
class Started:
    """A new session and the token for the browser, which is not kept anywhere else."""

    session: LoginSession
    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What holds for a session from its first moment.

    Attributes:
        second_factor_at: when the second factor was shown, if it was.
        organisation_id: the organisation worked for, when that was chosen before.
        until: the absolute end of the session that it replaces; none: ten hours from now.
        provider_id: the identity provider through which the person came in.
    """

    second_factor_at: datetime | None = None
    organisation_id: uuid.UUID | None = None
    until: datetime | None = None
    provider_id: uuid.UUID | None = None


NOTHING_YET = Standing()
"""A password was given, and no more."""


def start(session: Session, account: Account, standing: Standing = NOTHING_YET, *, now: datetime) -> Started:
    """A new session with a new token."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    made = LoginSession(
        id=uuid.uuid4(),
        token_hash=_hash(token),
        account_id=account.id,
        organisation_id=standing.organisation_id,
        created_at=now,
        last_seen_at=now,
        expires_at=standing.until or now + ABSOLUTE,
        second_factor_at=standing.second_factor_at,
        csrf_secret=secrets.token_bytes(TOKEN_BYTES),
        provider_id=standing.provider_id,
    )
    session.add(made)
    session.flush()
    return Started(made, token)


def renew(session: Session, old: LoginSession, account: Account, *, now: datetime) -> Started:
    """After the second factor: another token, the old one dead, the same absolute end."""
    end(session, old.id, now=now)
    return start(session, account, replace(_standing(old, now), second_factor_at=now), now=now)


def exchange(session: Session, old: LoginSession, account: Account, *, now: datetime) -> Started:
    """After another password: another token, the old one dead, everything else as it was."""
    end(session, old.id, now=now)
    return start(session, account, _standing(old, now), now=now)


def find(session: Session, token: str, *, now: datetime, touch: bool = True) -> LoginSession | None:
    """The living session of this token, seen now if `touch`; nothing for a forged, ended, idle or expired one."""
    found = find_any(session, token)
    if found is None or not is_alive(found, now):
        return None
    if touch and now - found.last_seen_at >= TOUCH:
        found.last_seen_at = now
    return found


def find_any(session: Session, token: str) -> LoginSession | None:
    """The session of this token, living or dead: to know whose typed text to keep. Gives no rights."""
    return session.scalars(_BY_TOKEN, {"token": _hash(token)}).one_or_none()


def is_alive(found: LoginSession, now: datetime) -> bool:
    """Not ended, not idle for half an hour, not older than ten hours.

    A clock that jumps back never makes a session live longer: one that seems to come from the future is dead.
    """
    return found.ended_at is None and now < found.expires_at and found.created_at - IDLE < now < idle_end(found)


def idle_end(found: LoginSession) -> datetime:
    """When it ends if nothing more is done."""
    return min(found.last_seen_at + IDLE, found.expires_at)


def seconds_left(found: LoginSession, now: datetime) -> int:
    """Whole seconds until it ends if nothing more is done; never negative."""
    return max(0, int((idle_end(found) - now).total_seconds()))


def is_fresh(second_factor_at: datetime | None, now: datetime, within: timedelta = FRESH) -> bool:
    """Whether the second factor was shown so short ago, and not at a moment to come."""
    return second_factor_at is not None and timedelta(0) <= now - second_factor_at <= within


def end(session: Session, session_id: uuid.UUID, *, now: datetime) -> None:
    """Log one browser out; its cookie is dead, also when it was copied."""
    _end_where(session, LoginSession.id == session_id, now)


def end_all(session: Session, account_id: uuid.UUID, *, now: datetime, but: uuid.UUID | None = None) -> None:
    """Log the person out everywhere, except in session `but`."""
    condition = LoginSession.account_id == account_id
    _end_where(session, condition if but is None else condition & (LoginSession.id != but), now)


def living(session: Session, account_id: uuid.UUID, *, now: datetime) -> list[LoginSession]:
    """The living sessions of a person, the latest first, for the page where they can be ended."""
    query = select(LoginSession).where(LoginSession.account_id == account_id, LoginSession.ended_at.is_(None))
    return [
        found for found in session.scalars(query.order_by(LoginSession.last_seen_at.desc())) if is_alive(found, now)
    ]


def _standing(old: LoginSession, now: datetime) -> Standing:
    return Standing(
        second_factor_at=old.second_factor_at,
        organisation_id=old.organisation_id,
        until=max(old.expires_at, now),
        provider_id=old.provider_id,
    )


def _end_where(session: Session, condition: ColumnElement[bool], now: datetime) -> None:
    session.execute(
        update(LoginSession)
        .where(condition, LoginSession.ended_at.is_(None))
        .values(ended_at=now)
        .execution_options(synchronize_session="fetch")
    )


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode(errors="replace")).digest()
