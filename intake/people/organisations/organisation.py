"""Registering organisations, and finding out for which gemeente one works."""

import uuid
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.tables.organisation import Organisation, OrganisationKind


class NoSuchOrganisation(LookupError):
    """No organisation has this id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reachable:
    """How an organisation is reached, as somebody wants it; none leaves that part as it is.

    `telefoon` is answered on working days from `dag_van` to `dag_tot`, `nachttelefoon` at all other hours.
    """

    telefoon: str | None = None
    nachttelefoon: str | None = None
    dag_van: time | None = None
    dag_tot: time | None = None
    openingstijden: str | None = None

    @property
    def told(self) -> dict[str, str | time]:
        """The parts that are told."""
        return {name: value for name, value in asdict(self).items() if value is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """What the register is told of a new organisation; `parent_id` is the gemeente under which it works."""

    kind: OrganisationKind
    naam: str
    gemeente_code: str | None = None
    parent_id: uuid.UUID | None = None
    fictief: bool = False
    adres: str = ""
    email: str = ""
    website: str = ""
    bereikbaar: Reachable = Reachable()


def register_organisation(session: Session, wanted: Registration, *, now: datetime) -> Organisation:
    """A new organisation in the register, as it is told."""
    made = Organisation(
        id=uuid.uuid4(),
        kind=wanted.kind,
        naam=wanted.naam,
        gemeente_code=wanted.gemeente_code,
        parent_id=wanted.parent_id,
        fictief=wanted.fictief,
        adres=wanted.adres,
        email=wanted.email,
        website=wanted.website,
        created_at=now,
        **wanted.bereikbaar.told,
    )
    session.add(made)
    session.flush()
    return made


def organisation(session: Session, organisation_id: uuid.UUID) -> Organisation:
    """The organisation with this id. Holds no data of clients.

    Raises:
        NoSuchOrganisation: there is none.
    """
    found = session.get(Organisation, organisation_id)
    if found is None:
        raise NoSuchOrganisation(str(organisation_id))
    return found


def tenant_of(session: Session, member: Organisation) -> Organisation | None:
    """The gemeente that controls what is filed by `member`: itself, or the one above it; none for a provider."""
    seen: set[uuid.UUID] = set()
    above: Organisation | None = member
    while above is not None and above.id not in seen:
        if above.kind is OrganisationKind.GEMEENTE:
            return above
        seen.add(above.id)
        above = session.get(Organisation, above.parent_id) if above.parent_id else None
    return None


def gemeente_with_code(session: Session, code: str) -> Organisation | None:
    """The open gemeente with this CBS code, if it takes part."""
    query = select(Organisation).where(
        Organisation.kind == OrganisationKind.GEMEENTE,
        Organisation.gemeente_code == code,
        Organisation.closed_at.is_(None),
    )
    return session.scalars(query.limit(1)).first()


def organisations(session: Session, kinds: Iterable[OrganisationKind] = tuple(OrganisationKind)) -> list[Organisation]:
    """The open organisations of these kinds, by name."""
    query = select(Organisation).where(Organisation.kind.in_(tuple(kinds)), Organisation.closed_at.is_(None))
    return list(session.scalars(query.order_by(Organisation.naam, Organisation.id)))


def is_empty(session: Session) -> bool:
    """Whether nobody takes part yet: a database that was just made."""
    return session.scalars(select(Organisation.id).limit(1)).first() is None
