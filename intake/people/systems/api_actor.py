"""Who acts with a key of the JSON interface: a system of an organisation, and for a besluit a person behind it.

A system acts for its organisation in one role, that of its own people, and of what that role does only what the scopes
of the key say (`Actor.only`). A besluit is taken by a person, so the system must name one: `person_behind`.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from config.clock import AMSTERDAM
from intake.access import policy
from intake.access.action import Action
from intake.access.actor import Actor
from intake.login.accounts import account
from intake.people.organisations.membership import Presence, actor_of, workplaces
from intake.people.organisations.organisation import tenant_of
from intake.places import cover
from intake.tables.account import Account, Role
from intake.tables.api_token import ApiToken, Scope
from intake.tables.organisation import Organisation, OrganisationKind

LONGEST_TOKEN = 100
SEEN = timedelta(minutes=1)
"""A key is written as used at most this often."""
_CASES = frozenset({Scope.INTAKES_LEZEN, Scope.INTAKES_INDIENEN, Scope.BESLUITEN_NEMEN})
_REFERRALS = frozenset({Scope.VERWIJZINGEN_LEZEN, Scope.VERWIJZINGEN_BEANTWOORDEN, Scope.BRIEVEN_LEZEN})
_ANY = frozenset({Scope.ROUTEADVIEZEN, Scope.PLEKKEN_LEZEN})
_RECEIVER = (Role.AANBIEDER, _ANY | _REFERRALS | {Scope.PLEKKEN_WIJZIGEN})
_KINDS: Mapping[OrganisationKind, tuple[Role, frozenset[Scope]]] = {
    OrganisationKind.GEMEENTE: (Role.WIJKTEAMMEDEWERKER, _ANY | _CASES | _REFERRALS),
    OrganisationKind.WIJKTEAM: (Role.WIJKTEAMMEDEWERKER, _ANY | _CASES | _REFERRALS),
    OrganisationKind.REGIONALE_TOEGANG: (Role.REGIONALE_TOEGANG, _ANY | _CASES | _REFERRALS),
    OrganisationKind.JONGERENLOKET: (Role.REGIONALE_TOEGANG, _ANY | _CASES | _REFERRALS),
    OrganisationKind.EXPERTISE: (Role.EXPERTISE, _ANY | {Scope.INTAKES_LEZEN, Scope.BRIEVEN_LEZEN}),
    OrganisationKind.REGIO: (Role.BELEID, _ANY),
}
"""In which role the systems of a kind of organisation act, and which scopes go with it; else those of a receiver."""
ACTIONS: Mapping[Scope, frozenset[Action]] = {
    Scope.ROUTEADVIEZEN: frozenset({Action.READ_RULES}),
    Scope.INTAKES_LEZEN: frozenset({Action.READ_INTAKE}),
    Scope.INTAKES_INDIENEN: frozenset({Action.SUBMIT_INTAKE}),
    Scope.BESLUITEN_NEMEN: frozenset({Action.TAKE_BESLUIT, Action.SEND_REFERRAL}),
    Scope.VERWIJZINGEN_LEZEN: frozenset({Action.READ_REFERRAL}),
    Scope.VERWIJZINGEN_BEANTWOORDEN: frozenset({Action.ANSWER_REFERRAL}),
    Scope.BRIEVEN_LEZEN: frozenset({Action.READ_LETTER}),
    Scope.PLEKKEN_LEZEN: frozenset({Action.READ_PLACE}),
    Scope.PLEKKEN_WIJZIGEN: frozenset({Action.EDIT_PLACE}),
}
"""What each scope lets through; the policy then looks at the role and at the row, as for people."""


class NoSuchPerson(ValueError):
    """Nobody of this address may do this for the organisation; the message is Dutch and tells nothing else."""

    def __init__(self) -> None:
        super().__init__(
            "Bij uw organisatie werkt nu niemand met dit e-mailadres die dit mag. Geef het werkadres van de medewerker "
            "met een account in Toegang."
        )


def role_and_scopes(kind: OrganisationKind) -> tuple[Role, frozenset[Scope]]:
    """In which role a system of such an organisation acts, and which scopes it can be given."""
    return _KINDS.get(kind, _RECEIVER)


def find(session: Session, secret: str, *, now: datetime) -> ApiToken | None:
    """The living key of which this is the secret, noted as used; nothing for any other text."""
    if not secret or len(secret) > LONGEST_TOKEN:
        return None
    found = session.scalars(select(ApiToken).where(ApiToken.token_hash == hash_of(secret))).one_or_none()
    if found is None or not is_alive(found, now):
        return None
    system, works_for = session.get_one(Account, found.account_id), session.get_one(Organisation, found.organisation_id)
    if system.blocked_at is not None or works_for.closed_at is not None:
        return None
    if found.last_used_at is None or now - found.last_used_at >= SEEN:
        found.last_used_at = system.last_login_at = now
    return found


def system_behind(session: Session, token: ApiToken, *, moment: datetime, trace_id: str = "") -> Actor:
    """The system that holds the key, as actor: in the role of its organisation, limited to the scopes of the key."""
    works_for = session.get_one(Organisation, token.organisation_id)
    system, tenant = session.get_one(Account, token.account_id), tenant_of(session, works_for)
    role, fitting = role_and_scopes(works_for.kind)
    granted = (ACTIONS[scope] for scope in Scope if scope in token.scopes and scope in fitting)
    return Actor(
        account_id=system.id,
        naam=system.naam,
        functie=system.functie,
        organisation_id=works_for.id,
        organisation_naam=works_for.naam,
        organisation_kind=works_for.kind,
        tenant_id=None if tenant is None else tenant.id,
        gemeente_code=works_for.gemeente_code,
        roles=frozenset({role}),
        moment=moment,
        trace_id=trace_id,
        only=frozenset().union(*granted),
        covers=cover.covers_of(session, works_for),
        sealed_id=cover.sealed_id(session, works_for, system.id),
    )


def person_behind(session: Session, system: Actor, email: str, action: Action) -> Actor:
    """The named person who does this through the system: a living account with a role in the system's organisation.

    A key of a gemeente speaks for the people of its wijkteams too. What the person may not do, or the key may not,
    is refused as everywhere.

    Raises:
        NoSuchPerson: nobody of that address works there in a role that does this.
    """
    found = account.find_account(session, email)
    for place in () if found is None else workplaces(session, found.id, system.moment.astimezone(AMSTERDAM).date()):
        works_for = session.get_one(Organisation, place.organisation_id)
        if found is None or not _speaks_for(session, system, works_for):
            continue
        person = actor_of(
            session, found, system.moment, Presence(organisation_id=place.organisation_id, trace_id=system.trace_id)
        )
        limited = replace(person, only=system.only)
        if policy.may(limited, action):
            return limited
    raise NoSuchPerson


def is_alive(found: ApiToken, now: datetime) -> bool:
    """Not withdrawn, and within its days."""
    return found.withdrawn_at is None and found.van <= now.astimezone(AMSTERDAM).date() <= found.tot


def hash_of(secret: str) -> bytes:
    """What is kept of a key. It is random, so one fast hash is enough."""
    return hashlib.sha256(secret.encode(errors="replace")).digest()


def _speaks_for(session: Session, system: Actor, works_for: Organisation) -> bool:
    if works_for.id == system.organisation_id:
        return True
    tenant = tenant_of(session, works_for)
    is_own_team = works_for.kind is OrganisationKind.WIJKTEAM and tenant is not None
    return is_own_team and tenant is not None and tenant.id == system.organisation_id
