"""Accounts: making one, choosing a password, blocking."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.login.accounts.passwords import check_choice, hash_password
from intake.login.sessions.login_session import end_all
from intake.tables.account import Account
from intake.tables.api_token import ApiToken


class EmailTaken(ValueError):
    """Another account logs in with this address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAccount:
    """Somebody, or a system, that will log in: under which address, by which name, in which function."""

    email: str
    naam: str
    functie: str
    fictief: bool = False


def register_account(session: Session, wanted: NewAccount, *, now: datetime) -> Account:
    """A new account, without a password yet.

    Raises:
        EmailTaken: the address is in use.
    """
    address = login_name(wanted.email)
    if find_account(session, address) is not None:
        raise EmailTaken("Er is al een account met dit e-mailadres.")
    made = Account(
        id=uuid.uuid4(),
        email=address,
        naam=wanted.naam,
        functie=wanted.functie,
        fictief=wanted.fictief,
        created_at=now,
        totp_last_step=0,
    )
    session.add(made)
    session.flush()
    return made


def login_name(typed: str) -> str:
    """What was typed as login name, as it is stored."""
    return typed.strip().casefold()[:254]


def find_account(session: Session, email: str) -> Account | None:
    """The account that logs in with this address."""
    return session.scalars(select(Account).where(Account.email == login_name(email))).one_or_none()


def set_password(session: Session, account: Account, password: str, *, now: datetime) -> None:
    """Choose a password; every session of the person ends.

    Raises:
        WeakPassword: it may not be chosen; the message says why.
    """
    words = (*account.naam.split(), account.email.partition("@")[0])
    check_choice(password, words=words)
    account.password_hash = hash_password(password)
    account.password_changed_at = now
    end_all(session, account.id, now=now)
    session.flush()


def block(session: Session, account: Account, *, now: datetime) -> None:
    """Nobody gets in with this account any more; its sessions end at once."""
    account.blocked_at = now
    end_all(session, account.id, now=now)
    session.flush()


def unblock(session: Session, account: Account) -> None:
    """The account may be used again."""
    account.blocked_at = None
    session.flush()


def is_system(session: Session, account_id: uuid.UUID) -> bool:
    """Whether this account is one of a system, in which nobody reads messages."""
    return session.scalars(select(ApiToken.id).where(ApiToken.account_id == account_id).limit(1)).first() is not None
