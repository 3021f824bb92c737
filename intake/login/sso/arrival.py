"""Coming in through the identity provider of one's organisation: known by issuer and subject, never by e-mail address.

Who a subject is, is told to us once, by an invitation that an administrator handed to that person (`link`). After that
`enter` lets them in. Without proof of a second factor the session is half, and ours is asked.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from config.clock import AMSTERDAM
from intake.keys.crypto import keyed_hash
from intake.login.accounts import invitation
from intake.login.attempts.throttle import FIVE_MINUTES, Limit
from intake.login.factors import login
from intake.login.factors.step import Step
from intake.login.providers import oidc_provider
from intake.login.providers.oidc_provider import NoSuchProvider, Provider
from intake.login.sessions import login_session
from intake.login.sessions.login_session import FRESH, TOUCH, Standing, Started
from intake.login.sso.token import Proven
from intake.tables.account import Account
from intake.tables.login_session import LoginSession
from intake.tables.oidc import IdentityProvider, LinkedIdentity


class NotLetIn(PermissionError):
    """Who the provider proved cannot come in here; the message is Dutch. `code` is ours, for the log."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody who comes from a provider: from which, and what it proved."""

    provider: Provider
    proven: Proven


def limits(session: Session, address: str) -> tuple[Limit, ...]:
    """The limits on answers of providers that come from this network address."""
    return (
        Limit(f"sso-adres:{keyed_hash(session, address)}", 40, FIVE_MINUTES),
        Limit("sso-iedereen", 500, FIVE_MINUTES),
    )


def enter(step: Step, arrival: Arrival, *, before: LoginSession | None = None) -> Started:
    """A session for the account that this subject is linked to; half, without proof of a second factor.

    Args:
        step: of logging in.
        arrival: from which provider, and what it proved.
        before: the session of the same browser, if any; it ends.

    Raises:
        NotLetIn: not linked, blocked, without a role, or of somebody whom this provider does not speak for.
    """
    provider = arrival.provider
    linked = step.session.scalars(_of_subject(arrival.proven)).one_or_none()
    if linked is None:
        raise NotLetIn(
            "onbekend",
            f"Uw account bij {provider.naam} is nog niet gekoppeld aan Toegang. Vraag de functioneel beheerder van uw "
            "organisatie om een uitnodiging en kies daarin voor inloggen via uw organisatie.",
        )
    account = _let_in(step.session, provider, linked.account_id, step.now)
    linked.last_used_at = step.now
    linked.provider_id = provider.id
    return _start(step, arrival, account, before=before)


def link(step: Step, arrival: Arrival, token: str) -> Started:
    """From now on this subject is the account of the invitation; uses the invitation up and lets the person in.

    Raises:
        LinkDead: the invitation was used, has ended, or never was.
        NotLetIn: the subject is another account already, or the provider does not speak for this person.
    """
    session, now = step.session, step.now
    provider, proven = arrival.provider, arrival.proven
    account = invitation.look_up(session, token, now=now)
    _let_in(session, provider, account.id, now)
    taken = session.scalars(_of_subject(proven)).one_or_none()
    if taken is not None and taken.account_id != account.id:
        raise NotLetIn(
            "al_gekoppeld",
            f"U bent bij {provider.naam} ingelogd als iemand die al een ander account in Toegang heeft. "
            "Log daar uit, log in als uzelf en open de uitnodiging opnieuw.",
        )
    invitation.use_up(session, token, now=now)
    before = session.scalars(
        select(LinkedIdentity).where(LinkedIdentity.account_id == account.id, LinkedIdentity.issuer == proven.issuer)
    ).one_or_none()
    linked = before or LinkedIdentity(id=uuid.uuid4(), account_id=account.id, issuer=proven.issuer)
    linked.provider_id, linked.sub, linked.linked_at, linked.last_used_at = provider.id, proven.sub, now, now
    session.add(linked)
    session.flush()
    login_session.end_all(session, account.id, now=now)
    login.log_change(step, account, "inlogdienst_gekoppeld")
    return _start(step, arrival, account, before=None)


def can_link(session: Session, token: str, *, now: datetime) -> IdentityProvider | None:
    """The provider through which the person of this invitation can come in, if there is one.

    Raises:
        LinkDead: the invitation was used, has ended, or never was.
    """
    return oidc_provider.of_account(session, invitation.look_up(session, token, now=now).id, now=now)


def _of_subject(proven: Proven) -> Select[LinkedIdentity]:
    return select(LinkedIdentity).where(LinkedIdentity.issuer == proven.issuer, LinkedIdentity.sub == proven.sub)


def _let_in(session: Session, provider: Provider, account_id: uuid.UUID, now: datetime) -> Account:
    """The account, when the provider may let it in at this moment."""
    today = now.astimezone(AMSTERDAM).date()
    row = session.get_one(IdentityProvider, provider.id)
    account = session.get_one(Account, account_id)
    if row.stopped_at is not None:
        raise NoSuchProvider
    if account.blocked_at is not None:
        raise NotLetIn(
            "geblokkeerd", "Met dit account kunt u niet inloggen. Bel de functioneel beheerder van uw organisatie."
        )
    if not oidc_provider.covers(session, row.organisation_id, account.id, today=today):
        raise NotLetIn(
            "niet_van_deze_organisatie",
            f"Via {provider.naam} kunt u niet inloggen: u hebt daar in Toegang geen rol, of u werkt ook voor een "
            "andere organisatie. Log in met uw wachtwoord, of bel de functioneel beheerder van uw organisatie.",
        )
    return account


def _start(step: Step, arrival: Arrival, account: Account, *, before: LoginSession | None) -> Started:
    second_factor_at = _second_factor_at(arrival, step.now)
    same = before if before is not None and before.account_id == account.id else None
    how = "inlogdienst" if second_factor_at is None else "inlogdienst_met_tweede_factor"
    ended = before.id if before is not None else None
    login.arrive(step, account, how, before=ended)
    standing = Standing(
        second_factor_at=second_factor_at,
        organisation_id=same.organisation_id if same else None,
        until=max(same.expires_at, step.now) if same else None,
        provider_id=arrival.provider.id,
    )
    return login_session.start(step.session, account, standing, now=step.now)


def _second_factor_at(arrival: Arrival, now: datetime) -> datetime | None:
    """When the second factor was shown there; not fresh when the provider does not say when."""
    if not arrival.proven.methods & arrival.provider.second_factor_values:
        return None
    return min(arrival.proven.logged_in_at or now - FRESH - TOUCH, now)
