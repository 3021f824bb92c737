"""A small world for the tests of access: two gemeenten, a desk, the expertise function, two providers, and cases."""

import uuid
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from intake.actor import Actor
from intake.crypto import Place as Where
from intake.crypto import seal
from intake.grant import give
from intake.membership import actor_of, give_role
from intake.organisation import register_organisation
from intake.tables.account import Account, Role
from intake.tables.grant import Grant, GrantKind
from intake.tables.intake import Intake
from intake.tables.organisation import Organisation, OrganisationKind

NOW = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)
FIRST_DAY = date(2026, 1, 1)

ORGANISATIONS = {
    "capelle": (OrganisationKind.GEMEENTE, None),
    "rotterdam": (OrganisationKind.GEMEENTE, None),
    "wijkteam_capelle": (OrganisationKind.WIJKTEAM, "capelle"),
    "wijkteam_rotterdam": (OrganisationKind.WIJKTEAM, "rotterdam"),
    "desk": (OrganisationKind.REGIONALE_TOEGANG, "rotterdam"),
    "expertise": (OrganisationKind.EXPERTISE, None),
    "aanbieder_1": (OrganisationKind.AANBIEDER, None),
    "aanbieder_2": (OrganisationKind.AANBIEDER, None),
}

PEOPLE = {
    "worker": ("wijkteam_capelle", Role.WIJKTEAMMEDEWERKER),
    "leader": ("capelle", Role.TEAMLEIDER),
    "stranger": ("wijkteam_rotterdam", Role.WIJKTEAMMEDEWERKER),
    "desk_worker": ("desk", Role.REGIONALE_TOEGANG),
    "expert": ("expertise", Role.EXPERTISE),
    "provider": ("aanbieder_1", Role.AANBIEDER),
    "other_provider": ("aanbieder_2", Role.AANBIEDER),
    "policy_officer": ("capelle", Role.BELEID),
    "administrator": ("capelle", Role.FUNCTIONEEL_BEHEERDER),
    "log_keeper": ("capelle", Role.LOGBEHEERDER),
    "privacy_officer": ("capelle", Role.FG),
}


@dataclass(slots=True)
class World:
    """Organisations, accounts and actors by name."""

    session: Session
    organisations: dict[str, Organisation] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)

    def actor(self, name: str, moment: datetime = NOW) -> Actor:
        return actor_of(self.session, self.accounts[name], moment)

    def org(self, name: str) -> uuid.UUID:
        return self.organisations[name].id

    def an_intake(self, by: str = "worker", **telling: object) -> Intake:
        actor, intake_id = self.actor(by), uuid.uuid4()
        tenant = actor.tenant_id
        assert tenant is not None

        def sealed(column: str) -> bytes:
            return seal(self.session, Where(f"intake.{column}", tenant, intake_id, intake_id), telling)

        made = Intake(
            id=intake_id,
            gemeente_id=tenant,
            organisation_id=actor.organisation_id,
            reference=intake_id.hex[:12],
            melding_datum=NOW.date(),
            form_version="1",
            answers=sealed("answers"),
            facts=sealed("facts"),
            receipt_hash="",
            urgentie="U1",
            expertise=False,
            submitted_at=NOW,
            submitted_by=actor.account_id,
            worker_id=actor.account_id,
            changed_at=NOW,
        )
        self.session.add(made)
        self.session.flush()
        return made

    def grant(self, intake: Intake, to: str, kind: GrantKind, until: datetime | None = None) -> Grant:
        return give(
            self.session,
            self.actor("worker"),
            gemeente_id=intake.gemeente_id,
            zaak_id=intake.id,
            to=self.org(to),
            kind=kind,
            ontvanger="aanbieder",
            grondslag="Wmo 2015 art. 5.1.1",
            until=until,
        )


def a_world(session: Session) -> World:
    """The world, in this session."""
    world = World(session)
    for name, (kind, parent) in ORGANISATIONS.items():
        parent_id = world.org(parent) if parent else None
        world.organisations[name] = register_organisation(
            session, kind=kind, naam=name, now=NOW, gemeente_code="GM0502", parent_id=parent_id, fictief=True
        )
    for name, (works_for, role) in PEOPLE.items():
        account = an_account(session, name)
        world.accounts[name] = account
        give_role(session, account, world.organisations[works_for], role, van=FIRST_DAY)
    return world


def an_account(session: Session, name: str, **telling: object) -> Account:
    """An account without a password."""
    values: dict[str, object] = {
        "id": uuid.uuid4(),
        "email": f"{name}@voorbeeld.nl",
        "naam": name,
        "functie": "functie",
        "fictief": True,
        "created_at": NOW,
        "totp_last_step": 0,
    }
    made = Account(**(values | telling))
    session.add(made)
    session.flush()
    return made
