"""The organisations, people, mandates and places of the fictive region."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from sqlalchemy.orm import Session

from config.clock import Clock
from intake.access import Actor
from intake.login.accounts import NewAccount, hash_password, register_account
from intake.people.organisations import Appointment, Reachable, Registration, actor_of, give_role, register_organisation
from intake.tables.account import Account, Role
from intake.tables.besluit import Mandate
from intake.tables.organisation import Organisation, OrganisationKind
from intake.tables.place import Place, PlaceState

DEMO_PASSWORD = "Fictief-2026-demo"  # noqa: S105 - printed by `toegang demo`; the demo refuses to run in production
DOMAIN = "demo.toegang.example"
PHONE = "010 555 {:02d} 00"
NIGHT_PHONE = "010 555 {:02d} 99"
STREET = "Voorbeeldstraat {}, 3000 AA Voorbeeldstad"
HOURS = "op werkdagen van 9.00 tot 17.00 uur"


@dataclass(frozen=True, slots=True)
class DemoLogin:
    """One person of the demo who can log in."""

    email: str
    naam: str
    functie: str
    organisatie: str
    role: Role


@dataclass(frozen=True, slots=True)
class DemoRegion:
    """Ids by the keys of the data files: organisations, and the accounts that work for each."""

    organisations: Mapping[str, uuid.UUID]
    accounts: Mapping[str, tuple[uuid.UUID, ...]]

    def actor(self, session: Session, key: str, clock: Clock, place: int = 0) -> Actor:
        """Somebody who works for this organisation, at this moment."""
        people = self.accounts[key]
        return actor_of(session, session.get_one(Account, people[place % len(people)]), clock.now())

    def key_of(self, organisation_id: uuid.UUID) -> str:
        """The key of an organisation, that of its wijkteam when nobody works for the gemeente itself."""
        key = next(key for key, found in self.organisations.items() if found == organisation_id)
        return key if self.accounts.get(key) else f"wijkteam-{key}"


@cache
def data(name: str) -> Mapping[str, Any]:
    """One of the data files."""
    text = files("intake.demo").joinpath("data", f"{name}.yaml").read_text(encoding="utf-8")
    loaded: Mapping[str, Any] = yaml.safe_load(text)
    return loaded


def demo_logins() -> tuple[DemoLogin, ...]:
    """Everybody who can log in, in the order of the data file; all with `DEMO_PASSWORD`."""
    return tuple(
        DemoLogin(_email(person[0]), f"{person[0]} (fictief)", person[2], organisation["naam"], Role(person[1]))
        for organisation in data("organisaties")["organisaties"].values()
        for person in organisation.get("mensen", ())
    )


def register_region(session: Session, *, clock: Clock, since: date) -> DemoRegion:
    """Make the region, with everybody's role from the day `since`."""
    now = clock.now()
    begin = _Begin(now, hash_password(DEMO_PASSWORD), since)
    organisations: dict[str, uuid.UUID] = {}
    accounts: dict[str, tuple[uuid.UUID, ...]] = {}
    for number, (key, told) in enumerate(data("organisaties")["organisaties"].items(), start=1):
        made = register_organisation(session, _registration(told, number, organisations), now=now)
        organisations[key] = made.id
        people = [_person(session, made, person, begin) for person in told.get("mensen", ())]
        accounts[key] = tuple(account.id for account in people)
    region = DemoRegion(organisations, accounts)
    _mandates(session, region)
    _places(session, region, now)
    session.flush()
    return region


def _registration(told: Mapping[str, Any], number: int, known: Mapping[str, uuid.UUID]) -> Registration:
    return Registration(
        kind=OrganisationKind(told["soort"]),
        naam=told["naam"],
        gemeente_code=told["gemeente"],
        parent_id=known[told["onder"]] if "onder" in told else None,
        fictief=True,
        adres=STREET.format(number),
        email=f"info-{number}@{DOMAIN}",
        website=f"www.{DOMAIN}",
        bereikbaar=Reachable(
            telefoon=PHONE.format(number),
            openingstijden=told.get("tijden", HOURS),
            nachttelefoon=NIGHT_PHONE.format(number) if told.get("nacht") == "ja" else "",
        ),
    )


@dataclass(frozen=True, slots=True)
class _Begin:
    """How everybody of the demo begins: made at this moment, with this password, in the role since that day."""

    now: datetime
    password_hash: str
    since: date


def _person(session: Session, works_for: Organisation, person: list[str], begin: _Begin) -> Account:
    naam, role, functie = person
    wanted = NewAccount(email=_email(naam), naam=f"{naam} (fictief)", functie=functie, fictief=True)
    account = register_account(session, wanted, now=begin.now)
    account.password_hash, account.password_changed_at = begin.password_hash, begin.now
    give_role(session, account, Appointment(organisation_id=works_for.id, role=Role(role), van=begin.since))
    return account


def _email(naam: str) -> str:
    return f"{naam.lower().replace(' ', '.')}@{DOMAIN}"


def _mandates(session: Session, region: DemoRegion) -> None:
    told = data("mandaten")
    gemeenten = [key for key, one in data("organisaties")["organisaties"].items() if one["soort"] == "gemeente"]
    for row in told["mandaten"]:
        for product in row["producten"]:
            for gemeente in gemeenten:
                session.add(
                    Mandate(
                        id=uuid.uuid4(),
                        gemeente_id=region.organisations[gemeente],
                        product=product,
                        besluit_door=region.organisations[row["besluit_door"]],
                        expertise_besluit=False,
                        van=told["van"],
                        tot=None,
                        bron=told["bron"],
                    )
                )


def _places(session: Session, region: DemoRegion, now: datetime) -> None:
    organisations = data("organisaties")["organisaties"]
    for row in data("plekken")["plekken"]:
        session.add(
            Place(
                id=uuid.uuid4(),
                organisation_id=region.organisations[row["van"]],
                naam=row["naam"],
                voorziening=row["voorziening"],
                gemeente_code=organisations[row["van"]]["gemeente"],
                kenmerken=row["kenmerken"],
                min_leeftijd=row.get("vanaf", 18),
                max_leeftijd=row.get("tot", 120),
                kinderen=row.get("kinderen") == "ja",
                capaciteit=row["aantal"],
                bezet=0,
                wachtweken=row["wachtweken"],
                state=PlaceState.OPEN,
                version=1,
                changed_at=now,
            )
        )
