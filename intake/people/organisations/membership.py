"""Roles of people in organisations, from one day to another, and the actor that follows from them."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from config.clock import AMSTERDAM
from intake.access.actor import Actor
from intake.people.organisations.organisation import tenant_of
from intake.places import cover
from intake.tables.account import Account, Membership, Role
from intake.tables.organisation import Organisation

_WORKPLACES = (
    select(Organisation, Membership.role)
    .join(Membership, Membership.organisation_id == Organisation.id)
    .where(Membership.account_id == bindparam("whose"), Organisation.closed_at.is_(None))
    .where(Membership.van <= bindparam("today"), or_(Membership.tot.is_(None), Membership.tot >= bindparam("today")))
    .order_by(Organisation.naam, Organisation.id)
)
"""Asked for in every request, so made once."""


@dataclass(frozen=True, slots=True)
class Workplace:
    """An organisation in which somebody holds roles today."""

    organisation_id: uuid.UUID
    naam: str
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """How somebody is here: for which organisation, in which login session, proven when, under which trace."""

    organisation_id: uuid.UUID | None = None
    session_id: uuid.UUID | None = None
    second_factor_at: datetime | None = None
    trace_id: str = ""


ANYWHERE = Presence()
"""Without a session of log-in: the job worker, the demo, a command."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """A role in an organisation, from the day `van` up to and including `tot`; without an end when there is none."""

    organisation_id: uuid.UUID
    role: Role
    van: date
    tot: date | None = None


def give_role(session: Session, account: Account, wanted: Appointment) -> Membership:
    """The account holds the role in the days of the appointment.

    Raises:
        ValueError: the role is that of the job worker, which nobody can hold.
    """
    if wanted.role is Role.SYSTEEM:
        raise ValueError("De rol “systeem” is van het programma zelf; geef een andere rol.")
    given = Membership(
        id=uuid.uuid4(),
        account_id=account.id,
        organisation_id=wanted.organisation_id,
        role=wanted.role,
        van=wanted.van,
        tot=wanted.tot,
    )
    session.add(given)
    session.flush()
    return given


def end_role(session: Session, membership: Membership, *, tot: date) -> None:
    """The role ends after the day `tot`; from the next day on, at the next request, it is gone."""
    membership.tot = max(tot, membership.van)
    session.flush()


def workplaces(session: Session, account_id: uuid.UUID, today: date) -> tuple[Workplace, ...]:
    """The open organisations in which the person holds a role today, by name."""
    roles: dict[tuple[uuid.UUID, str], set[Role]] = {}
    for organisation, role in session.execute(_WORKPLACES, {"whose": account_id, "today": today}):
        roles.setdefault((organisation.id, organisation.naam), set()).add(role)
    return tuple(Workplace(key, naam, frozenset(held)) for (key, naam), held in roles.items())


def actor_of(session: Session, account: Account, moment: datetime, present: Presence = ANYWHERE) -> Actor:
    """The person as actor at `moment`, in the organisation of `present` or else the first; read from the database now.

    Somebody without a role today is an actor without roles and without organisation: the policy allows them nothing.
    """
    places = workplaces(session, account.id, moment.astimezone(AMSTERDAM).date())
    chosen = next(
        (place for place in places if place.organisation_id == present.organisation_id), places[0] if places else None
    )
    works_for = None if chosen is None else session.get(Organisation, chosen.organisation_id)
    tenant = None if works_for is None else tenant_of(session, works_for)
    return Actor(
        account_id=account.id,
        naam=account.naam,
        functie=account.functie,
        organisation_id=None if works_for is None else works_for.id,
        organisation_naam="" if works_for is None else works_for.naam,
        organisation_kind=None if works_for is None else works_for.kind,
        tenant_id=None if tenant is None else tenant.id,
        gemeente_code=None if works_for is None else works_for.gemeente_code,
        roles=frozenset() if chosen is None or account.blocked_at is not None else chosen.roles,
        moment=moment,
        session_id=present.session_id,
        second_factor_at=present.second_factor_at,
        trace_id=present.trace_id,
        covers=frozenset() if works_for is None else cover.covers_of(session, works_for),
        sealed_id="" if works_for is None else cover.sealed_id(session, works_for, account.id),
    )
