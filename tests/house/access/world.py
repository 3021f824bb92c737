"""The world of the access matrix: everybody, and the same case in every situation; each request is undone after it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import Connection, update
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from config.settings import Settings
from intake.keys.crypto import wrap_secret
from intake.keys.keys import session_info
from intake.login.sessions import login_session
from intake.login.sessions.login_session import Standing
from intake.people.organisations.organisation import Registration
from intake.store.database import Database, KeepingSession
from intake.store.idempotency import new_key
from intake.tables.account import Role
from intake.tables.login_session import LoginSession
from intake.tables.organisation import OrganisationKind
from intake.web.app import build
from intake.web.frame.csrf import token_of
from tests.house.access import surroundings
from tests.house.access.cases import SITUATIONS, Case, a_case
from tests.intake.cast import CAST
from tests.intake.region import CLOCK, NOW, OF_ALL, Region, a_place, a_region

STAFF = (
    "leader",
    "leader_b",
    "expert_b",
    "beleid",
    "beheerder",
    "logbeheerder",
    "fg",
    "logbeheerder_b",
    "logbeheerder_regio",
    "fg_b",
    "beheerder_haven",
    "elders",
    "vertrokken",
)
EVERYBODY = ("worker", "stranger", "desk", "expert", "haven", "anker", *STAFF)
ROLE_OF = {name: CAST[name].role for name in EVERYBODY}
NOBODY = ("anoniem", "half", "geblokkeerd")
"""Not logged in; with a password but without the second factor; logged in and then blocked. Among everybody,
`vertrokken` has an account and no role any more, and `elders` works in another region."""


@dataclass(frozen=True, slots=True)
class Rewinding(Database):
    """A database whose sessions all work in one transaction, which the test rolls back."""

    connection: Connection | None = None

    def session(self, *, read_only: bool = False, keeps: bool = False) -> Session:
        del read_only
        return (KeepingSession if keeps else Session)(
            bind=self.connection,
            info=session_info(*self.masters),
            expire_on_commit=False,
            join_transaction_mode="create_savepoint",
        )


@dataclass(slots=True)
class AccessWorld:
    """Everybody with a session, every case, and the application."""

    app: Flask
    engine: Database
    region: Region
    role: str = ""
    """The role of PostgreSQL under which requests are served."""
    tokens: dict[str, str] = field(default_factory=dict)
    csrf: dict[str, str] = field(default_factory=dict)
    cases: dict[str, Case] = field(default_factory=dict)
    rules: dict[str, str] = field(default_factory=dict)
    """What is named in the routes of the rules, as `Case.ids`."""

    @contextmanager
    def undone(self) -> Iterator[None]:
        """What happens inside is undone."""
        with self.engine.engine.connect() as connection:
            transaction = connection.begin()
            if self.role:
                connection.exec_driver_sql(f"SET LOCAL ROLE {self.role}")
            rewinding = Rewinding(self.engine.engine, self.engine.masters, connection)
            self.app.extensions["toegang.database"] = rewinding
            try:
                yield
            finally:
                transaction.rollback()
                self.app.extensions["toegang.database"] = self.engine

    def age_factors(self, minutes: int) -> None:
        """Inside `undone`: the second factor of everybody was shown so many minutes ago."""
        with self.app.extensions["toegang.database"].session() as session:
            shown = LoginSession.second_factor_at.is_not(None)
            session.execute(update(LoginSession).where(shown).values(second_factor_at=NOW - timedelta(minutes=minutes)))
            session.commit()

    def ask(self, person: str, method: str, path: str, typed: Mapping[str, str] | None = None) -> TestResponse:
        """One request of this person; a form is filled in as far as a form for all routes can be, and with `typed`."""
        client = self.app.test_client()
        if person in self.tokens:
            client.set_cookie("toegang", self.tokens[person])
        data = None if method == "GET" else {**FORM, **(typed or {}), **self._hidden(person)}
        with client.open(path, method=method, data=data) as answer:
            answer.get_data()
        return answer

    def _hidden(self, person: str) -> dict[str, str]:
        return {"csrf_token": self.csrf.get(person, "0"), "sleutel": new_key()}


FORM = {
    "versie": "1",
    "doe": "volgen",
    "soort": "bekend_persoon",
    "reden": "anders",
    "toelichting": "Past niet.",
    "vraag": "Wat is er nodig?",
    "antwoord": "Rust.",
    "beoordeling": "Passend.",
    "capaciteit": "3",
    "wachtweken": "0",
    "open": "ja",
    "termijn": "onderzoek",
    "aanvraag": "23-11-2026",
    "opschorten": "Loonstroken.",
    "intrekking": "zelf_opgelost",
    "uitstroom": "zelfstandig",
    "mening": "Graag.",
    "uitkomst": "ja",
    "wie": "Mevrouw De Boer",
    "vertrek": "eigen_woning",
}


def an_access_world(database: Database) -> AccessWorld:
    """The world, committed to this database."""
    settings = Settings(
        instance=Path(), database_url="", secret_key="k" * 40, master_key=b"", trusted_hosts=("localhost",)
    )
    app = build(settings=settings, clock=CLOCK, database=database)
    with database.unit_of_work() as session:
        region = a_region(session)
        world = AccessWorld(app, database, region)
        _hire(session, region)
        for name in (*EVERYBODY, *NOBODY[1:]):
            _log_in(session, world, region, name)
        place_id = str(a_place(session, region, "haven", capaciteit=20, naam="Kamers").id)
        surroundings.place_elsewhere(session, region)
        for situation in SITUATIONS:
            world.cases[situation] = a_case(session, region, situation)
            world.cases[situation].ids["place_id"] = place_id
        world.rules = surroundings.rules(session, region)
        surroundings.end_of_time(session, region, world.cases["ander"])
        surroundings.logs(session, region)
    return world


def _hire(session: Session, region: Region) -> None:
    region.register(session, "regio", OF_ALL)
    elsewhere = Registration(kind=OrganisationKind.EXPERTISE, naam="Elders", fictief=True)
    region.register(session, "expertise_elders", elsewhere)
    region.bring(session, *STAFF)
    for name in NOBODY[1:]:
        region.hire(session, name, "wijkteam", Role.WIJKTEAMMEDEWERKER)


def _log_in(session: Session, world: AccessWorld, region: Region, name: str) -> None:
    account = region.account(session, name)
    account.totp_secret = wrap_secret(session, b"JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", account.id)
    standing = Standing(second_factor_at=None if name == "half" else NOW)
    started = login_session.start(session, account, standing, now=NOW)
    world.tokens[name] = started.token
    world.csrf[name] = token_of(started.session.csrf_secret)
    if name == "geblokkeerd":
        account.blocked_at = NOW
