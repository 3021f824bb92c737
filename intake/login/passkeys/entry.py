"""Logging in with a passkey alone: it proves both what one has and who one is."""

import uuid
from datetime import datetime

from sqlalchemy.orm import Session

from intake.keys.crypto import keyed_hash
from intake.login.attempts import throttle
from intake.login.attempts.throttle import FIVE_MINUTES, Limit
from intake.login.factors import login
from intake.login.factors.step import Step
from intake.login.passkeys import passkey
from intake.login.passkeys.passkey import Answer, PasskeyRefused
from intake.login.providers import oidc_provider
from intake.login.sessions import login_session
from intake.login.sessions.login_session import Standing, Started
from intake.tables.account import Account

FROM_ONE_ADDRESS, FROM_EVERYWHERE = 40, 500
"""Attempts in five minutes."""


def count_passkey(session: Session, *, address: str, now: datetime) -> tuple[Limit, ...]:
    """Count the attempt; its limits. Commit before going on.

    Raises:
        TooManyAttempts: roll back; no passkey is looked at.
    """
    limits = (
        Limit(f"passkey-adres:{keyed_hash(session, address)}", FROM_ONE_ADDRESS, FIVE_MINUTES),
        Limit("passkey-iedereen", FROM_EVERYWHERE, FIVE_MINUTES),
    )
    throttle.admit(session, limits, now=now)
    return limits


def enter_with_passkey(step: Step, answer: Answer, *, limits: tuple[Limit, ...], before: uuid.UUID | None) -> Started:
    """A full session for whose passkey answered; the one `before` it in this browser is dead.

    Raises:
        PasskeyRefused: not proven, or may not come in this way. It is in the log: commit all the same.
    """
    try:
        account = passkey.show(step.session, answer, now=step.now)
        _refuse_who_may_not(step.session, account, step.now)
    except PasskeyRefused as refused:
        login.log_refusal(step, None, f"passkey {refused.code}")
        raise
    throttle.give_back(step.session, limits, now=step.now)
    login.arrive(step, account, "passkey", before=before)
    return login_session.start(step.session, account, Standing(second_factor_at=step.now), now=step.now)


def _refuse_who_may_not(session: Session, account: Account, now: datetime) -> None:
    if account.blocked_at is not None:
        raise PasskeyRefused("geblokkeerd")
    if oidc_provider.is_obliged(session, account.id, now=now):
        raise PasskeyRefused("alleen_via_organisatie")
