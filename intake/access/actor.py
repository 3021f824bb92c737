"""Who acts: the person (or the system with a key), the organisation worked for, the roles there, at this moment."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime

from intake.access.action import Action
from intake.keys.keys import NO_TENANT
from intake.tables.account import Role
from intake.tables.organisation import OrganisationKind

SYSTEM_NAME = "Toegang (automatisch)"


@dataclass(frozen=True, slots=True)
class Signature:
    """How the rows of a case name who did something."""

    account_id: uuid.UUID | None
    naam: str
    functie: str = ""
    organisatie: str = ""

    @property
    def name(self) -> str:
        """Name, function and organisation, as far as they are told."""
        return ", ".join(part for part in (self.naam, self.functie, self.organisatie) if part)


SAFE_STAFF = Signature(uuid.UUID("5afe0000-0000-4000-8000-000000000001"), "Medewerker van een veilige plek")
"""Stands in every row of a case for whoever works for a hidden place: its own people would tell which place it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """One person in one organisation at one moment; read from the database anew for every request.

    Attributes:
        account_id: none for the job worker.
        tenant_id: the gemeente (controller) that cases of this actor belong to; none for a provider or the region.
        gemeente_code: CBS code of that gemeente, or of the gemeente where the organisation works.
        moment: aware, UTC; rights and grants are judged at this moment.
        second_factor_at: when the second factor was last shown in this session.
        trace_id: the request, for the audit log.
        covers: the names under which clients were sent to the organisation, when it is a hidden place.
        sealed_id: of who works for a hidden place, which person it is, for the keys only (`SAFE_STAFF`).
        only: through the JSON interface, the actions to which the key limits; none for people on our own pages.
    """

    account_id: uuid.UUID | None
    naam: str
    functie: str
    organisation_id: uuid.UUID | None
    organisation_naam: str = ""
    organisation_kind: OrganisationKind | None = None
    tenant_id: uuid.UUID | None = None
    gemeente_code: str | None = None
    roles: frozenset[Role] = field(default_factory=frozenset)
    moment: datetime
    session_id: uuid.UUID | None = None
    second_factor_at: datetime | None = None
    trace_id: str = ""
    only: frozenset[Action] | None = None
    covers: frozenset[uuid.UUID] = frozenset()
    sealed_id: str = ""

    @property
    def log_id(self) -> uuid.UUID | None:
        """The audit log of the actor's gemeente; for who keeps the log at the region, that of what concerns none."""
        of_region = self.organisation_kind is OrganisationKind.REGIO and Role.LOGBEHEERDER in self.roles
        return self.tenant_id or (NO_TENANT if of_region else None)

    @property
    def signature(self) -> Signature:
        """How the rows of a case name this actor: as itself, or as somebody of a safe place."""
        if self.sealed_id:
            return SAFE_STAFF
        return Signature(self.account_id, self.naam, self.functie, self.organisation_naam)

    @property
    def addressed_as(self) -> frozenset[uuid.UUID]:
        """Organisations whose post this actor may open: the own one, its covers and, for a wijkteam, its gemeente."""
        own = {*self.covers, *([self.organisation_id] if self.organisation_id else [])}
        if self.organisation_kind is OrganisationKind.WIJKTEAM and self.tenant_id:
            own.add(self.tenant_id)
        return frozenset(own)


def system_actor(moment: datetime, *, trace_id: str = "") -> Actor:
    """The job worker at `moment`: may do what the policy allows `Role.SYSTEEM`, and is logged as such."""
    return Actor(
        account_id=None,
        naam=SYSTEM_NAME,
        functie="",
        organisation_id=None,
        roles=frozenset({Role.SYSTEEM}),
        moment=moment,
        trace_id=trace_id,
    )
