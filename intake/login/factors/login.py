"""Logging in: a name and a password, then a second factor; every outcome in the log.

In three steps, so that no transaction is open while a password is hashed:

    candidate = prepare(session, name, ...)            # counts the attempt; commit
    proven = candidate.proves(password)                # 60 ms of work, the same for unknown names
    started = enter(step, candidate, password, proven) # a session, or WrongPassword; commit either way
"""

import uuid
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from intake.access.action import Action
from intake.access.actor import Actor
from intake.access.audit import audit
from intake.login.accounts.account import find_account, login_name
from intake.login.accounts.passwords import hash_password, matches, needs_rehash
from intake.login.attempts import throttle
from intake.login.attempts.throttle import Limit
from intake.login.factors import totp
from intake.login.factors.step import Step
from intake.login.providers import oidc_provider
from intake.login.sessions import login_session
from intake.login.sessions.login_session import Started
from intake.tables.account import Account
from intake.tables.audit import Outcome
from intake.tables.login_session import LoginSession


class WrongPassword(ValueError):
    """No account has this name and password.

    The same for an unknown name, a wrong password, a blocked account, and one that comes in through its organisation.
    """

    def __init__(self) -> None:
        super().__init__(
            "Dit e-mailadres en wachtwoord horen niet bij elkaar. Controleer beide en probeer het opnieuw."
        )


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who says to be `name`; `account_id` is none when nobody can log in with a password by that name."""

    name: str
    address: str
    account_id: uuid.UUID | None
    password_hash: str | None = field(repr=False)
    limits: tuple[Limit, ...]

    def proves(self, password: str) -> bool:
        """Whether the password is right; takes the same time when there is no such account."""
        return matches(self.password_hash, password)


def prepare(session: Session, typed_name: str, *, address: str, now: datetime) -> Candidate:
    """Count the attempt and look the name up. Commit before going on, whatever comes of it.

    Raises:
        TooManyAttempts: roll back; no password is looked at.
    """
    name = login_name(typed_name)
    limits = throttle.password_limits(session, name=name, address=address, now=now)
    throttle.admit(session, limits, now=now)
    account = find_account(session, name)
    if account is None or account.blocked_at is not None or oidc_provider.is_obliged(session, account.id, now=now):
        return Candidate(name, address, None, None, limits)
    return Candidate(name, address, account.id, account.password_hash, limits)


def enter(step: Step, candidate: Candidate, password: str, *, proven: bool) -> Started:
    """A new session for who proved the password: half, until the second factor is shown.

    Raises:
        WrongPassword: not proven, or blocked meanwhile. The attempt is in the log: commit all the same.
    """
    session, now = step.session, step.now
    account = session.get(Account, candidate.account_id) if candidate.account_id else None
    if account is None or not proven or account.blocked_at is not None:
        _log(step, account, Outcome.REFUSED, "wachtwoord_onjuist")
        raise WrongPassword
    throttle.give_back(session, candidate.limits, now=now)
    throttle.remember_address(session, name=candidate.name, address=candidate.address, now=now)
    throttle.forget_old(session, now=now)
    if account.password_hash is not None and needs_rehash(account.password_hash):
        account.password_hash = hash_password(password)
    arrive(step, account, "wachtwoord", before=None)
    return login_session.start(session, account, now=now)


def arrive(step: Step, account: Account, how: str, *, before: uuid.UUID | None) -> None:
    """Note that this person came in, and by which way; the session `before` it in this browser is dead."""
    if before is not None:
        login_session.end(step.session, before, now=step.now)
    account.last_login_at = step.now
    _log(step, account, Outcome.DONE, how)


def count_code(session: Session, account: Account, *, now: datetime) -> None:
    """Count an attempt with a code. Commit before going on.

    Raises:
        TooManyAttempts: roll back; no code is looked at.
    """
    throttle.admit(session, throttle.code_limits(account.id), now=now)


def show_code(step: Step, half: LoginSession, typed: str) -> Started:
    """The second factor is good: a full session under a new token, the old one dead.

    Raises:
        WrongCode: wrong or used before. It is in the log: commit all the same.
    """
    account = step.session.get_one(Account, half.account_id)
    try:
        totp.verify(step.session, account, typed, now=step.now)
    except totp.WrongCode:
        _log(step, account, Outcome.REFUSED, "code_onjuist")
        raise
    _log(step, account, Outcome.DONE, "code")
    return login_session.renew(step.session, half, account, now=step.now)


def enrol(step: Step, half: LoginSession, *, secret: str, code: str) -> tuple[Started, tuple[str, ...]]:
    """The first second factor of this person: a full session under a new token, and the recovery codes to show once.

    Raises:
        WrongCode: the code does not belong to the offered secret. It is in the log: commit all the same.
        PermissionError: there is a second factor already.
    """
    account = step.session.get_one(Account, half.account_id)
    if account.totp_secret is not None:
        raise PermissionError("a second factor that exists is not replaced by a session that did not show it")
    try:
        codes = totp.enrol(step, account, secret=secret, code=code)
    except totp.WrongCode:
        _log(step, account, Outcome.REFUSED, "code_onjuist")
        raise
    _log(step, account, Outcome.DONE, "tweede_factor_ingesteld")
    return login_session.renew(step.session, half, account, now=step.now), codes


def log_out(step: Step, found: LoginSession) -> None:
    """End this session; the cookie is dead, copies of it too."""
    login_session.end(step.session, found.id, now=step.now)
    _log(step, step.session.get_one(Account, found.account_id), Outcome.DONE, "uitgelogd")


def log_refusal(step: Step, account: Account | None, why: str) -> None:
    """Somebody did not get in, or not further: into the log."""
    _log(step, account, Outcome.REFUSED, why)


def log_change(step: Step, account: Account, what: str) -> None:
    """A person changed something of the own way to log in: into the log."""
    _log(step, account, Outcome.DONE, what)


def is_complete(found: LoginSession, account: Account, *, second_factor: bool) -> bool:
    """Whether the session reaches more than the login pages.

    Args:
        found: the session.
        account: whose it is.
        second_factor: whether this installation asks everybody for one; who has one must always show it.
    """
    return found.second_factor_at is not None or not (second_factor or account.totp_secret is not None)


def _log(step: Step, account: Account | None, outcome: Outcome, detail: str) -> None:
    who = Actor(
        account_id=account.id if account else None,
        naam=account.naam if account else "",
        functie=account.functie if account else "",
        organisation_id=None,
        moment=step.now,
        trace_id=step.trace_id,
    )
    audit.record(step.session, who, Action.SIGN_IN, outcome, detail=detail)
