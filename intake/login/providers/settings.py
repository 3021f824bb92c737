"""The identity provider of an organisation, as its functioneel beheerder sets it. All of it is logged.

Only who manages an organisation itself sets where its people log in; the gemeente does it for its wijkteams too.
"""

import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from config.clock import Clock
from intake.access import policy
from intake.access.act import Act
from intake.access.action import Action
from intake.access.actor import Actor
from intake.access.audit import audit
from intake.keys.crypto import wrap_secret
from intake.login.providers import oidc_provider
from intake.login.reaching.fetch import Fetcher
from intake.tables.account import Account, Membership, Role
from intake.tables.login_session import LoginSession
from intake.tables.oidc import IdentityProvider, LinkedIdentity

DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}")
LONGEST_NAME = 60
LONGEST = 500
MOST_VALUES = 20


class SettingsRefused(ValueError):
    """This cannot be so; `field` is the field of the form and the message is Dutch and says what then."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The settings as somebody wants them. An empty `client_secret` keeps the one there is."""

    naam: str
    issuer: str
    client_id: str
    client_secret: str = field(default="", repr=False)
    second_factor_values: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    obliged: bool = False
    emergency_account_id: uuid.UUID | None = None
    van: date
    tot: date | None = None


def providers(session: Session, actor: Actor) -> list[IdentityProvider]:
    """The providers of the actor's organisation, those in use first.

    Raises:
        Forbidden: the actor sets no providers.
    """
    policy.require(actor, Action.MANAGE_SIGN_IN)
    found = policy.fetch_all(session, actor, Action.MANAGE_SIGN_IN, IdentityProvider)
    return sorted(found, key=lambda one: (one.stopped_at is not None, one.created_at))


def open_provider(session: Session, actor: Actor, provider_id: uuid.UUID) -> IdentityProvider:
    """One of them.

    Raises:
        NotFound: no such provider, or of another organisation.
    """
    return policy.fetch(session, actor, Action.MANAGE_SIGN_IN, IdentityProvider, provider_id)


def administrators(session: Session, actor: Actor, today: date) -> list[Account]:
    """Who can be the emergency account: the functioneel beheerders of the organisation who can log in."""
    query = (
        select(Account)
        .join(Membership, Membership.account_id == Account.id)
        .where(Membership.organisation_id == actor.organisation_id, Membership.role == Role.FUNCTIONEEL_BEHEERDER)
        .where(Membership.van <= today, (Membership.tot.is_(None)) | (Membership.tot >= today))
        .where(Account.blocked_at.is_(None), Account.password_hash.is_not(None))
    )
    return list(session.scalars(query.distinct().order_by(Account.naam, Account.id)))


def linked(session: Session, row: IdentityProvider) -> list[tuple[LinkedIdentity, Account]]:
    """Who is linked to a subject of this provider, by name."""
    query = select(LinkedIdentity, Account).join(Account, Account.id == LinkedIdentity.account_id)
    found = session.execute(query.where(LinkedIdentity.provider_id == row.id).order_by(Account.naam, Account.id))
    return [(link, account) for link, account in found]


def register(act: Act, wanted: Wanted, *, fetcher: Fetcher) -> IdentityProvider:
    """A provider for the actor's organisation.

    Raises:
        Forbidden: the actor sets no providers.
        SettingsRefused: something is missing or wrong, or there is one already.
    """
    policy.require(act.actor, Action.MANAGE_SIGN_IN)
    if act.actor.organisation_id is None or any(one.stopped_at is None for one in providers(act.session, act.actor)):
        raise SettingsRefused("naam", "Uw organisatie heeft al een inlogdienst. Wijzig die, of stop die eerst.")
    row = IdentityProvider(
        id=uuid.uuid4(), organisation_id=act.actor.organisation_id, created_at=act.clock.now(), obliged=False
    )
    _apply(act, row, wanted, fetcher=fetcher)
    act.session.add(row)
    act.session.flush()
    audit.record(
        act.session, act.actor, Action.MANAGE_SIGN_IN, about=row, rule=_rule(act.actor, row), detail="toegevoegd"
    )
    return row


def change(act: Act, provider_id: uuid.UUID, wanted: Wanted, *, fetcher: Fetcher) -> IdentityProvider:
    """Other settings for a provider that is in use.

    Raises:
        NotFound: not of the actor's organisation.
        SettingsRefused: something is missing or wrong, or it was stopped.
    """
    row = policy.fetch(act.session, act.actor, Action.MANAGE_SIGN_IN, IdentityProvider, provider_id, lock=True)
    if row.stopped_at is not None:
        raise SettingsRefused("naam", "Deze inlogdienst is gestopt. Voeg een nieuwe toe.")
    _apply(act, row, wanted, fetcher=fetcher)
    act.session.flush()
    detail = f"gewijzigd verplicht={'ja' if row.obliged else 'nee'}"
    audit.record(act.session, act.actor, Action.MANAGE_SIGN_IN, about=row, rule=_rule(act.actor, row), detail=detail)
    return row


def stop(act: Act, provider_id: uuid.UUID) -> None:
    """Nobody comes in through it any more; who did, is logged out, and can use a password again.

    Raises:
        NotFound: not of the actor's organisation.
    """
    row = policy.fetch(act.session, act.actor, Action.MANAGE_SIGN_IN, IdentityProvider, provider_id, lock=True)
    if row.stopped_at is None:
        row.stopped_at = act.clock.now()
        _end_sessions(act.session, act.clock, LoginSession.provider_id == row.id)
        audit.record(
            act.session, act.actor, Action.MANAGE_SIGN_IN, about=row, rule=_rule(act.actor, row), detail="gestopt"
        )


def unlink(act: Act, provider_id: uuid.UUID, link_id: uuid.UUID) -> None:
    """This subject is nobody any more; the person is logged out and needs another invitation to come in so.

    Raises:
        NotFound: not of the actor's organisation.
    """
    row = open_provider(act.session, act.actor, provider_id)
    found = act.session.get(LinkedIdentity, link_id)
    if found is None or found.provider_id != row.id:
        raise policy.NotFound(
            audit.refused(act.actor, Action.MANAGE_SIGN_IN, subject_kind=LinkedIdentity.__tablename__)
        )
    account = act.session.get_one(Account, found.account_id)
    of_person = (LoginSession.account_id == account.id) & (LoginSession.provider_id == row.id)
    _end_sessions(act.session, act.clock, of_person)
    act.session.delete(found)
    act.session.flush()
    audit.record(
        act.session, act.actor, Action.MANAGE_SIGN_IN, about=account, rule=_rule(act.actor, row), detail="ontkoppeld"
    )


def _apply(act: Act, row: IdentityProvider, wanted: Wanted, *, fetcher: Fetcher) -> None:
    naam, issuer, client_id = wanted.naam.strip(), wanted.issuer.strip(), wanted.client_id.strip()
    if not naam or len(naam) > LONGEST_NAME:
        raise SettingsRefused("naam", f"Vul in hoe de knop heet, in ten hoogste {LONGEST_NAME} tekens.")
    if not fetcher.allows(issuer) or "?" in issuer or "#" in issuer:
        raise SettingsRefused("issuer", "Vul het adres van de uitgever (issuer) in. Het begint met https://.")
    if not client_id or len(client_id) > LONGEST or not client_id.isprintable():
        raise SettingsRefused("client_id", "Vul het client-id in dat u bij de inlogdienst kreeg.")
    if len(wanted.client_secret) > LONGEST:
        raise SettingsRefused("client_secret", "Dit geheim is te lang. Kopieer het opnieuw.")
    if wanted.tot is not None and wanted.tot < wanted.van:
        raise SettingsRefused("tot", "De laatste dag ligt voor de eerste dag. Kies een latere laatste dag.")
    row.naam, row.issuer, row.client_id = naam, issuer, client_id
    row.van, row.tot = wanted.van, wanted.tot
    row.second_factor_values = _values(wanted.second_factor_values)
    row.domains = _domains(act.session, row, wanted.domains, act.clock.today())
    if wanted.client_secret:
        row.client_secret = wrap_secret(act.session, wanted.client_secret.encode(), row.id)
    _oblige(act, row, wanted)


def _oblige(act: Act, row: IdentityProvider, wanted: Wanted) -> None:
    """Nobody is locked out by it: somebody came in through it before, and one administrator keeps a password."""
    known = {one.id for one in administrators(act.session, act.actor, act.clock.today())}
    emergency = wanted.emergency_account_id if wanted.emergency_account_id in known else None
    if wanted.obliged and emergency is None:
        raise SettingsRefused("nood", "Kies wie met een wachtwoord kan blijven inloggen als de inlogdienst uitvalt.")
    used = select(func.count()).where(LinkedIdentity.provider_id == row.id, LinkedIdentity.last_used_at.is_not(None))
    if wanted.obliged and not act.session.scalar(used):
        raise SettingsRefused(
            "verplicht", "Log eerst zelf een keer in via deze inlogdienst. Daarna kunt u dit verplicht maken."
        )
    row.obliged, row.emergency_account_id = wanted.obliged, emergency


def _values(typed: Iterable[str]) -> list[str]:
    found = sorted({one.strip() for one in typed if one.strip()})
    if len(found) > MOST_VALUES or any(len(one) > LONGEST or not one.isprintable() for one in found):
        raise SettingsRefused("tweede_factor", f"Schrijf ten hoogste {MOST_VALUES} waarden, een op elke regel.")
    return found


def _domains(session: Session, row: IdentityProvider, typed: Iterable[str], today: date) -> list[str]:
    """E-mail domains of this organisation alone: one that people of another use too would send them here."""
    found = sorted({one.strip().casefold().lstrip("@") for one in typed if one.strip()})
    if len(found) > MOST_VALUES or any(not DOMAIN.fullmatch(one) for one in found):
        raise SettingsRefused("domeinen", "Schrijf elk domein op een eigen regel, zoals gemeente.nl.")
    for other in oidc_provider.in_use(session, today):
        shared = sorted(set(found) & set(other.domains)) if other.id != row.id else []
        if shared:
            raise SettingsRefused("domeinen", f"Het domein {shared[0]} is al van een andere organisatie.")
    for domain in found:
        users = select(Account.id).where(Account.email.endswith(f"@{domain}", autoescape=True))
        for account_id in session.scalars(users.where(Account.blocked_at.is_(None))).all():
            if oidc_provider.works_elsewhere(session, row.organisation_id, account_id, today=today):
                raise SettingsRefused(
                    "domeinen", f"Het domein {domain} gebruiken mensen van een andere organisatie ook."
                )
    return found


def _end_sessions(session: Session, clock: Clock, which: ColumnElement[bool]) -> None:
    session.execute(
        update(LoginSession)
        .where(which, LoginSession.ended_at.is_(None))
        .values(ended_at=clock.now())
        .execution_options(synchronize_session="fetch")
    )


def _rule(actor: Actor, row: IdentityProvider) -> str:
    return policy.can(actor, Action.MANAGE_SIGN_IN, row).rule
