"""Which identity providers there are, and whom each of them may let in.

A provider speaks for the people of its own organisation and of what stands under it, and for nobody who also works, or
is about to work, elsewhere: so the administrators of one gemeente can never open the door of another.
"""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from config.clock import AMSTERDAM
from intake.keys.crypto import unwrap_secret
from intake.tables.account import Membership
from intake.tables.oidc import IdentityProvider
from intake.tables.organisation import Organisation


class NoSuchProvider(LookupError):
    """There is no such provider, or it is not in use today; the message is Dutch."""

    def __init__(self) -> None:
        super().__init__("Via deze organisatie kunt u nu niet inloggen. Kies op de inlogpagina een andere manier.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """A provider as the login needs it, apart from the database."""

    id: uuid.UUID
    naam: str
    issuer: str
    client_id: str
    client_secret: str | None = field(repr=False)
    second_factor_values: frozenset[str]


def in_use(session: Session, today: date) -> tuple[IdentityProvider, ...]:
    """Every provider through which people can come in today, by name."""
    return tuple(session.scalars(_living(today).order_by(IdentityProvider.naam, IdentityProvider.id)))


def provider(session: Session, provider_id: uuid.UUID, *, today: date) -> Provider:
    """This provider, with its secret opened.

    Raises:
        NoSuchProvider: there is none, or it is not in use today.
        CannotOpen: its secret was sealed with a master key that we do not have.
    """
    row = session.scalars(_living(today).where(IdentityProvider.id == provider_id)).one_or_none()
    if row is None:
        raise NoSuchProvider
    secret = None if row.client_secret is None else unwrap_secret(session, row.client_secret, row.id).decode()
    return Provider(
        id=row.id,
        naam=row.naam,
        issuer=row.issuer,
        client_id=row.client_id,
        client_secret=secret,
        second_factor_values=frozenset(row.second_factor_values),
    )


def of_domain(session: Session, name: str, *, today: date) -> IdentityProvider | None:
    """The provider that names the domain of this e-mail address. Says nothing of whether anybody is called so."""
    domain = name.strip().casefold().rpartition("@")[2]
    return next((one for one in in_use(session, today) if domain and domain in one.domains), None)


def of_account(session: Session, account_id: uuid.UUID, *, now: datetime) -> IdentityProvider | None:
    """The provider through which this person can come in, when there is one."""
    return next(_of_account(session, account_id, now), None)


def is_obliged(session: Session, account_id: uuid.UUID, *, now: datetime) -> bool:
    """Whether this person can come in through a provider only: that of a wijkteam undoes not what its gemeente says."""
    found = _of_account(session, account_id, now)
    return any(one.obliged and one.emergency_account_id != account_id for one in found)


def covers(session: Session, organisation_id: uuid.UUID, account_id: uuid.UUID, *, today: date) -> bool:
    """Whether the person works today, and only for this organisation or what stands under it, now and later."""
    works_today = any(one.van <= today for one in _held(session, account_id, today))
    return works_today and not works_elsewhere(session, organisation_id, account_id, today=today)


def works_elsewhere(session: Session, organisation_id: uuid.UUID, account_id: uuid.UUID, *, today: date) -> bool:
    """Whether the person holds a role, now or later, that stands not under this organisation."""
    held = _held(session, account_id, today)
    return not all(_stands_under(session, one.organisation_id, organisation_id) for one in held)


def _of_account(session: Session, account_id: uuid.UUID, now: datetime) -> Iterator[IdentityProvider]:
    today = now.astimezone(AMSTERDAM).date()
    for one in in_use(session, today):
        if covers(session, one.organisation_id, account_id, today=today):
            yield one


def _held(session: Session, account_id: uuid.UUID, today: date) -> list[Membership]:
    not_ended = or_(Membership.tot.is_(None), Membership.tot >= today)
    return list(session.scalars(select(Membership).where(Membership.account_id == account_id, not_ended)))


def _stands_under(session: Session, organisation_id: uuid.UUID, above_id: uuid.UUID) -> bool:
    seen: set[uuid.UUID] = set()
    here: uuid.UUID | None = organisation_id
    while here is not None and here not in seen:
        if here == above_id:
            return True
        seen.add(here)
        found = session.get(Organisation, here)
        here = None if found is None else found.parent_id
    return False


def _living(today: date) -> Select[IdentityProvider]:
    return (
        select(IdentityProvider)
        .join(Organisation, Organisation.id == IdentityProvider.organisation_id)
        .where(IdentityProvider.stopped_at.is_(None), Organisation.closed_at.is_(None))
        .where(IdentityProvider.van <= today, or_(IdentityProvider.tot.is_(None), IdentityProvider.tot >= today))
    )
