"""The world of the access matrix: everybody, and the same case in every situation; each request is undone after it."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask
from sqlalchemy import Connection, delete
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from config.settings import Settings
from intake import draft, expertise, grant, intake, letter, login_session, referral, task
from intake.account import register_account
from intake.crypto import session_info, wrap_secret
from intake.database import Database
from intake.idempotency import new_key
from intake.membership import give_role
from intake.organisation import register_organisation
from intake.tables.account import Account, Role
from intake.tables.grant import Grant, GrantKind
from intake.tables.intake import Intake
from intake.tables.letter import LetterKind
from intake.tables.organisation import Organisation, OrganisationKind
from intake.tables.referral import Referral
from intake.web.app import build
from intake.web.csrf import token_of
from tests.intake.region import A_MAN_IN_HIS_CAR, CLOCK, NOW, ROTTERDAM, Region, a_place, a_region

SITUATIONS = (
    "eigen",
    "verwezen",
    "ingetrokken",
    "loket",
    "loket_ingetrokken",
    "loket_eigen",
    "gedeeld",
    "gemeente",
    "expertise",
    "ander",
)
"""Not shared; referred to the provider; that withdrawn; referred to the desk; that withdrawn; filed by the desk and
referred to the provider; shared with the desk and gemeente B; referred to gemeente B; expertise asked; and a case of
gemeente B that was referred to the provider and withdrawn."""
FILED_BY = {"ander": "stranger", "loket_eigen": "desk"}
TO_DESK = frozenset({"loket", "loket_ingetrokken"})
WITHDRAWN = frozenset({"ingetrokken", "loket_ingetrokken", "ander"})
WITHOUT_REFERRAL = frozenset({"eigen", "gedeeld", "expertise"})

STAFF = {
    "leader": ("capelle", Role.TEAMLEIDER),
    "leader_b": ("rotterdam", Role.TEAMLEIDER),
    "expert_b": ("expertise_elders", Role.EXPERTISE),
    "beleid": ("capelle", Role.BELEID),
    "beheerder": ("capelle", Role.FUNCTIONEEL_BEHEERDER),
    "logbeheerder": ("capelle", Role.LOGBEHEERDER),
    "fg": ("capelle", Role.FG),
}
EVERYBODY = ("worker", "stranger", "desk", "expert", "haven", "anker", *STAFF)
NOBODY = ("anoniem", "half", "geblokkeerd")
"""Not logged in; with a password but without the second factor; logged in and then blocked."""


@dataclass(frozen=True, slots=True)
class Rewinding(Database):
    """A database whose sessions all work in one transaction, which the test rolls back."""

    connection: Connection | None = None

    def session(self, *, read_only: bool = False) -> Session:
        del read_only
        return Session(
            bind=self.connection,
            info=session_info(*self.masters),
            expire_on_commit=False,
            join_transaction_mode="create_savepoint",
        )


@dataclass(frozen=True, slots=True)
class Case:
    """The ids of one case and what belongs to it, by the name of the argument of the route."""

    ids: dict[str, str]
    canary: str
    reference: str = ""


@dataclass(slots=True)
class AccessWorld:
    """Everybody with a session, every case, and the application."""

    app: Flask
    engine: Database
    role: str = ""
    """The role of PostgreSQL under which requests are served."""
    tokens: dict[str, str] = field(default_factory=dict)
    csrf: dict[str, str] = field(default_factory=dict)
    cases: dict[str, Case] = field(default_factory=dict)

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

    def ask(self, person: str, method: str, path: str) -> TestResponse:
        """One request of this person, with a form filled in as far as a form for all routes can be."""
        client = self.app.test_client()
        if person in self.tokens:
            client.set_cookie("toegang", self.tokens[person])
        data = None if method == "GET" else {**FORM, "csrf_token": self.csrf.get(person, "0"), "sleutel": new_key()}
        with client.open(path, method=method, data=data) as answer:
            answer.get_data()
        return answer


FORM = {
    "versie": "1",
    "doe": "volgen",
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
    world = AccessWorld(build(settings=settings, clock=CLOCK, database=database), database)
    with database.unit_of_work() as session:
        region = a_region(session)
        _hire(session, region)
        for name in (*EVERYBODY, *NOBODY[1:]):
            _log_in(session, world, region, name)
        place_id = str(a_place(session, region, "haven", capaciteit=20, naam="Kamers").id)
        for situation in SITUATIONS:
            world.cases[situation] = _a_case(session, region, situation)
            world.cases[situation].ids["place_id"] = place_id
    return world


def _hire(session: Session, region: Region) -> None:
    elsewhere = register_organisation(session, kind=OrganisationKind.EXPERTISE, naam="Elders", now=NOW, fictief=True)
    region.organisations["expertise_elders"] = elsewhere.id
    for name, (works_for, role) in {
        **STAFF,
        **dict.fromkeys(NOBODY[1:], ("wijkteam", Role.WIJKTEAMMEDEWERKER)),
    }.items():
        account = register_account(
            session, email=f"{name}@voorbeeld.test", naam=name, functie=role.value, now=NOW, fictief=True
        )
        employer = session.get_one(Organisation, region.organisations[works_for])
        give_role(session, account, employer, role, van=NOW.date().replace(month=1, day=1))
        region.accounts[name] = account.id


def _log_in(session: Session, world: AccessWorld, region: Region, name: str) -> None:
    account = session.get_one(Account, region.accounts[name])
    account.totp_secret = wrap_secret(session, b"JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", account.id)
    started = login_session.start(session, account, now=NOW, second_factor_at=None if name == "half" else NOW)
    world.tokens[name] = started.token
    world.csrf[name] = token_of(started.session.csrf_secret)
    if name == "geblokkeerd":
        account.blocked_at = NOW


def _a_case(session: Session, region: Region, situation: str) -> Case:
    """A case of Capelle (or, for `ander`, of Rotterdam) with a draft, a besluit, a letter, a referral and a review."""
    canary = f"{situation.replace('_', '').title()}kanarie"
    by = FILED_BY.get(situation, "worker")
    actor = region.actor(session, by)
    answers = {
        **A_MAN_IN_HIS_CAR,
        "achternaam": canary,
        "verhaal": f"{canary} sliep in de auto.",
        "melding_datum": "2026-11-23",
    }
    if by != "worker":
        answers["melding_gemeente"] = ROTTERDAM
    receipt = intake.file_intake(session, actor, answers, key=new_key(), clock=CLOCK)
    case = session.get_one(Intake, receipt.intake_id)
    asked = expertise.open_for(session, case.id)
    if asked is None:
        asked = expertise.ask_review(session, actor, case.id, question=canary, clock=CLOCK)
    made = None
    if situation != "expertise":
        expertise.withdraw_request(session, actor, asked.id, clock=CLOCK)
    if situation == "gedeeld":
        _share(session, region, case)
    if situation not in WITHOUT_REFERRAL:
        made = _refer(session, region, case, situation, by)
    session.flush()
    open_draft = draft.start_draft(session, actor, clock=CLOCK)
    reading = draft.unchanged(open_draft)
    reading.answers.update(answers)
    draft.save_draft(session, actor, open_draft.id, section="spoed", reading=reading, version=1, clock=CLOCK)
    letters = sorted(letter.letters_of(session, case.id), key=lambda one: one.kind is LetterKind.VERWIJSBRIEF)
    tasks = task.tasks_of(session, case.id)
    ids = {
        "intake_id": case.id,
        "draft_id": open_draft.id,
        "letter_id": letters[-1].id,
        "referral_id": made.id if made else uuid.uuid4(),
        "request_id": asked.id,
        "task_id": tasks[0].id if tasks else uuid.uuid4(),
    }
    return Case({name: str(one) for name, one in ids.items()}, canary, case.reference)


def _refer(session: Session, region: Region, case: Intake, situation: str, by: str) -> Referral:
    to_desk = situation in TO_DESK
    region.a_besluit(
        session,
        case,
        by,
        bestemming_soort="regionale_toegang" if to_desk else "aanbieder",
        bestemming_naam="Centraal Onthaal" if to_desk else "",
    )
    actor = region.actor(session, by)
    made = referral.refer(session, actor, case.id, clock=CLOCK)
    assert isinstance(made, Referral), situation
    if situation == "gemeente":
        _readdress(session, region, made)
    if situation in WITHDRAWN:
        referral.withdraw_referral(session, actor, made.id, version=made.version, clock=CLOCK)
    return made


def _readdress(session: Session, region: Region, made: Referral) -> None:
    """The referral as if it had been sent to gemeente B."""
    worker, verwijzing = region.actor(session), GrantKind.VERWIJZING
    grant.withdraw(session, worker, zaak_id=made.intake_id, to=made.receiver_id, kind=verwijzing)
    session.execute(delete(Grant).where(Grant.zaak_id == made.intake_id, Grant.organisation_id == made.receiver_id))
    made.receiver_id = region.organisations["rotterdam"]
    _give(session, region, session.get_one(Intake, made.intake_id), "rotterdam", verwijzing)


def _share(session: Session, region: Region, case: Intake) -> None:
    for to in ("onthaal", "rotterdam"):
        _give(session, region, case, to, GrantKind.ROUTERING)


def _give(session: Session, region: Region, case: Intake, to: str, kind: GrantKind) -> None:
    grant.give(
        session,
        region.actor(session),
        gemeente_id=case.gemeente_id,
        zaak_id=case.id,
        to=region.organisations[to],
        kind=kind,
        ontvanger="gemeente",
        grondslag="Wmo 2015 art. 5.1.1",
    )
