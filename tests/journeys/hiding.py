"""A client who is sent to a shelter after violence, and what of it stands where."""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.access.act import Act
from intake.people.organisations.organisation import Reachable, Registration
from intake.referrals.answering import answer
from intake.referrals.sending import choice
from intake.store.database import Database
from intake.tables.account import Role
from intake.tables.cover import Cover
from intake.tables.organisation import OrganisationKind
from intake.tables.referral import Referral
from intake.tables.schema import Base
from tests.intake.region import CLOCK, ROTTERDAM, Region, a_place

SECRETS = ("De Veste", "Schuilstraat", "010 777 66 55", "Vera Veilig", "vera@voorbeeld", "Torenkamer")
FIRST_DAY = date(2026, 12, 9)
DAYS = ("9 december 2026", "09-12-2026", "2026-12-09")
SAFE_POST = {"adres": "Thuisstraat 4", "postcode": "2901 AB", "woonplaats": "Capelle", "veilig_bereikbaar": ["post"]}


@dataclass(frozen=True, slots=True)
class Fled:
    """One case, its referral, and the place that gave a bed."""

    case_id: uuid.UUID
    reference: str
    referral_id: uuid.UUID
    shelter: uuid.UUID
    place: uuid.UUID
    vera: uuid.UUID

    @property
    def where(self) -> tuple[str, ...]:
        """What tells in the database which place it is."""
        return self.shelter.hex, self.place.hex, self.vera.hex


def a_shelter(session: Session, people: Region) -> None:
    """De Veste takes part, with Vera and one room."""
    people.register(
        session,
        "veste",
        Registration(
            kind=OrganisationKind.VROUWENOPVANG,
            naam="De Veste",
            gemeente_code=ROTTERDAM,
            adres="Schuilstraat 17, 3011 ZZ Rotterdam",
            bereikbaar=Reachable(telefoon="010 777 66 55", nachttelefoon="010 777 66 55"),
        ),
    )
    people.hire(session, "vera", "veste", Role.AANBIEDER, naam="Vera Veilig")
    a_place(session, people, "veste", naam="Torenkamer", voorziening="vrouwenopvang", kinderen=True)


def sent(session: Session, people: Region, **telling: object) -> Referral:
    """A client of whom nobody asked whether home is safe, sent to De Veste by a decision that deviates."""
    case = people.an_intake(session, **{**SAFE_POST, **telling})
    people.a_besluit(session, case, voorzieningen=("vrouwenopvang",), bestemming_soort="vrouwenopvang")
    made = choice.refer(Act(session, people.actor(session), CLOCK), case.id)
    assert isinstance(made, Referral)
    return made


def fled(database: Database, people: Region) -> Fled:
    """De Veste said yes, from a day in December."""
    with database.unit_of_work() as session:
        a_shelter(session, people)
        made = sent(session, people)
        session.flush()
        vera = people.actor(session, "vera")
        answer.accept(Act(session, vera, CLOCK), made.id, version=made.version, start_on=FIRST_DAY)
        kept = session.scalars(select(Cover)).one()
        shelter = people.organisations["veste"]
        assert made.receiver_id == kept.organisation_id != shelter
        case = people_case(session, made)
        room = session.scalars(select(Base.metadata.tables["place"].c.id).filter_by(naam="Torenkamer")).one()
        return Fled(made.intake_id, case, made.id, shelter, room, people.accounts["vera"])


def people_case(session: Session, made: Referral) -> str:
    """The number of the case."""
    intake = Base.metadata.tables["intake"]
    return str(session.scalars(select(intake.c.reference).where(intake.c.id == made.intake_id)).one())


def rows(session: Session) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Every row of every table as a dump holds it, with the name of its table."""
    for table in Base.metadata.sorted_tables:
        for row in session.connection().exec_driver_sql(f'SELECT * FROM "{table.name}"').mappings():
            yield table.name, row


def as_text(row: Mapping[str, object]) -> str:
    """A row, its ids without dashes."""
    return " ".join(str(value) for value in row.values()).replace("-", "")
