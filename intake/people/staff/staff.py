"""The people of an organisation, as its functioneel beheerder sees them.

Who manages a gemeente manages the wijkteams and desks under it too; who manages the region manages what stands under
no gemeente.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from intake.access import policy
from intake.access.act import Act
from intake.access.action import Action
from intake.access.actor import Actor
from intake.access.audit import audit
from intake.people.organisations.organisation import organisations, tenant_of
from intake.tables.account import Account, Membership, Role
from intake.tables.invitation import LinkRequest
from intake.tables.organisation import Organisation, OrganisationKind

UNUSED = timedelta(days=90)
ROLES: Mapping[str, str] = {
    Role.WIJKTEAMMEDEWERKER: "wijkteammedewerker",
    Role.TEAMLEIDER: "teamleider",
    Role.REGIONALE_TOEGANG: "regionale toegang",
    Role.EXPERTISE: "expertise",
    Role.AANBIEDER: "aanbieder",
    Role.BELEID: "beleid",
    Role.FUNCTIONEEL_BEHEERDER: "functioneel beheerder",
    Role.LOGBEHEERDER: "logbeheerder",
    Role.FG: "fg",
    Role.SYSTEEM: "automatisch",
}
"""Each role in words; what the job worker does goes by itself."""


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role of a person in one of the managed organisations; `ended` when its last day is past."""

    membership_id: uuid.UUID
    organisation: str
    role: Role
    van: date
    tot: date | None
    ended: bool


@dataclass(frozen=True, slots=True)
class Person:
    """One account, as its functioneel beheerder sees it.

    Attributes:
        unused: not logged in for 90 days, or never since it was made 90 days ago.
        waits_for_link: asked for a link and has none yet.
        elsewhere: also works for an organisation that the reader does not manage.
    """

    account: Account
    roles: tuple[HeldRole, ...]
    unused: bool
    waits_for_link: bool
    elsewhere: bool


def managed(session: Session, actor: Actor) -> tuple[Organisation, ...]:
    """The open organisations whose accounts the actor manages, by name.

    Raises:
        Forbidden: the actor manages no accounts.
    """
    policy.require(actor, Action.MANAGE_ACCOUNTS)
    roots = {one.id for one in policy.fetch_all(session, actor, Action.MANAGE_ACCOUNTS, Organisation)}
    return tuple(one for one in organisations(session) if _belongs(session, one, roots, actor))


def people(act: Act) -> tuple[Person, ...]:
    """Everybody who works or worked for a managed organisation, by name."""
    now, today = act.clock.now(), act.clock.today()
    mine = {one.id: one.naam for one in managed(act.session, act.actor)}
    query = select(Membership).where(Membership.organisation_id.in_(mine)).order_by(Membership.van)
    held: dict[uuid.UUID, list[Membership]] = {}
    for one in act.session.scalars(query):
        held.setdefault(one.account_id, []).append(one)
    asking = set(act.session.scalars(select(LinkRequest.account_id).where(LinkRequest.answered_at.is_(None))))
    elsewhere = _elsewhere(act.session, set(mine), today)
    accounts = act.session.scalars(select(Account).where(Account.id.in_(held)).order_by(Account.naam, Account.id))
    return tuple(
        Person(
            account=one,
            roles=tuple(_held(role, mine, today) for role in held[one.id]),
            unused=is_unused(one, now),
            waits_for_link=one.id in asking,
            elsewhere=one.id in elsewhere,
        )
        for one in accounts
    )


def person(act: Act, account_id: uuid.UUID) -> Person:
    """One of `people`.

    Raises:
        NotFound: no such account, or of no managed organisation.
    """
    for one in people(act):
        if one.account.id == account_id:
            return one
    raise policy.NotFound(
        audit.refused(act.actor, Action.MANAGE_ACCOUNTS, subject_kind=Account.__tablename__, object_id=account_id)
    )


def is_unused(found: Account, now: datetime) -> bool:
    """Whether nobody logged in with this account for 90 days."""
    return now - (found.last_login_at or found.created_at) > UNUSED


def _belongs(session: Session, one: Organisation, roots: set[uuid.UUID], actor: Actor) -> bool:
    above: Organisation | None = one
    seen: set[uuid.UUID] = set()
    while above is not None and above.id not in seen:
        if above.id in roots:
            return True
        seen.add(above.id)
        above = session.get(Organisation, above.parent_id) if above.parent_id else None
    return actor.organisation_kind is OrganisationKind.REGIO and tenant_of(session, one) is None


def _elsewhere(session: Session, mine: set[uuid.UUID], today: date) -> set[uuid.UUID]:
    living = or_(Membership.tot.is_(None), Membership.tot >= today)
    return set(session.scalars(select(Membership.account_id).where(living, Membership.organisation_id.not_in(mine))))


def _held(one: Membership, names: Mapping[uuid.UUID, str], today: date) -> HeldRole:
    ended = one.tot is not None and one.tot < today
    return HeldRole(one.id, names[one.organisation_id], one.role, one.van, one.tot, ended)
