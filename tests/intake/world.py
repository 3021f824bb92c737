"""A small world for the tests of access: two gemeenten, a desk, the expertise function, two providers, and cases."""

import uuid
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake.access.actor import Actor
from intake.access.grant import NewGrant, give
from intake.keys.crypto import Place as Where
from intake.keys.crypto import seal
from intake.people.organisations.membership import Appointment, actor_of, give_role
from intake.people.organisations.organisation import Registration, register_organisation
from intake.tables.account import Account, Role
from intake.tables.advice import AdviceOccasion, StoredAdvice
from intake.tables.besluit import Besluit, BesluitKind
from intake.tables.grant import Grant, GrantKind
from intake.tables.intake import Intake
from intake.tables.letter import Letter, LetterKind, LetterState
from intake.tables.organisation import Organisation, OrganisationKind
from intake.tables.referral import Referral, ReferralKind, ReferralState
from intake.tables.schema import Base

Row = TypeVar("Row", bound=Base)

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

    def a_referral(self, intake: Intake, to: str) -> Letter:
        """A referral to this organisation; the letter that travels with it."""
        of_case = {"gemeente_id": intake.gemeente_id, "intake_id": intake.id}
        sender = {"organisation_id": intake.organisation_id}
        number = self.session.scalar(select(func.count()).where(Besluit.intake_id == intake.id)) or 0
        advice_id, besluit_id, referral_id = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()
        content = seal(self.session, Where("advice.content", intake.gemeente_id, intake.id, advice_id), {})
        facts = seal(self.session, Where("besluit.facts", intake.gemeente_id, intake.id, besluit_id), {})
        ruleset = {"ruleset": "proef", "ruleset_hash": ""}
        self._add(
            StoredAdvice(
                id=advice_id,
                number=number + 1,
                occasion=AdviceOccasion.INDIENING,
                made_at=NOW,
                on=NOW.date(),
                content=content,
                content_hash="",
                reserve=False,
                **of_case,
                **ruleset,
            )
        )
        self._add(
            Besluit(
                id=besluit_id,
                number=number + 1,
                kind=BesluitKind.ROUTE,
                voorzieningen=[],
                overbrugging="geen",
                bestemming_soort="aanbieder",
                bestemming_naam="",
                wijkt_af=False,
                bevestigd_door=intake.submitted_by,
                naam="n",
                functie="f",
                bevoegd=True,
                namens="",
                decided_at=NOW,
                decided_on=NOW.date(),
                advice_id=advice_id,
                advice_hash="",
                facts=facts,
                **of_case,
                **sender,
                **ruleset,
            )
        )
        self._add(
            Referral(
                id=referral_id,
                besluit_id=besluit_id,
                kind=ReferralKind.VERWIJZING,
                purpose="traject",
                voorziening="",
                receiver_id=self.org(to),
                rank=1,
                state=ReferralState.VERZONDEN,
                active=False,
                version=1,
                sent_at=NOW,
                sent_by=intake.submitted_by,
                respond_by=NOW.date(),
                **of_case,
                **sender,
            )
        )
        return self._add(
            Letter(
                id=uuid.uuid4(),
                kind=LetterKind.VERWIJSBRIEF,
                taal="nl",
                state=LetterState.WORDT_GEMAAKT,
                besluit_id=besluit_id,
                referral_id=referral_id,
                asked_at=NOW,
                asked_by=intake.submitted_by,
                **of_case,
                **sender,
            )
        )

    def _add(self, row: Row) -> Row:
        self.session.add(row)
        self.session.flush()
        return row

    def grant(self, intake: Intake, to: str, kind: GrantKind, until: datetime | None = None) -> Grant:
        return give(
            self.session,
            self.actor("worker"),
            NewGrant(
                gemeente_id=intake.gemeente_id,
                zaak_id=intake.id,
                to=self.org(to),
                kind=kind,
                ontvanger="aanbieder",
                grondslag="Wmo 2015 art. 5.1.1",
                until=until,
            ),
        )


def a_world(session: Session) -> World:
    """The world, in this session."""
    world = World(session)
    for name, (kind, parent) in ORGANISATIONS.items():
        parent_id = world.org(parent) if parent else None
        world.organisations[name] = register_organisation(
            session,
            Registration(kind=kind, naam=name, gemeente_code="GM0502", parent_id=parent_id, fictief=True),
            now=NOW,
        )
    for name, (works_for, role) in PEOPLE.items():
        account = an_account(session, name)
        world.accounts[name] = account
        give_role(
            session, account, Appointment(organisation_id=world.organisations[works_for].id, role=role, van=FIRST_DAY)
        )
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
