"""A small region for the tests of a case: two gemeenten, a desk, expertise, providers with places, and its people."""

import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy.orm import Session

from config.clock import FixedClock
from intake.access.act import Act
from intake.access.actor import Actor
from intake.besluit import expertise, taking
from intake.login.accounts.account import NewAccount, register_account
from intake.melding import draft, filing
from intake.people.organisations.membership import Appointment, actor_of, give_role
from intake.people.organisations.organisation import Reachable, Registration, register_organisation
from intake.store import idempotency
from intake.store.database import Database
from intake.tables.account import Account, Role
from intake.tables.besluit import Besluit, Mandate
from intake.tables.intake import Intake
from intake.tables.organisation import Organisation
from intake.tables.organisation import OrganisationKind as Kind
from intake.tables.place import Place, PlaceState
from tests.intake.cast import ALWAYS, CAST

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)  # a Monday
NEW_YEAR = date(2026, 1, 1)
CLOCK = FixedClock(NOW)
DAY_NUMBER, NIGHT_NUMBER = "010 555 01 00", "010 555 01 99"
CAPELLE, ROTTERDAM = "GM0502", "GM0599"

ORGANISATIONS = {
    "capelle": (Kind.GEMEENTE, "Gemeente Capelle aan den IJssel", CAPELLE, None),
    "rotterdam": (Kind.GEMEENTE, "Gemeente Rotterdam", ROTTERDAM, None),
    "wijkteam": (Kind.WIJKTEAM, "Wijkteam Capelle", CAPELLE, "capelle"),
    "wijkteam_rotterdam": (Kind.WIJKTEAM, "Wijkteam Centrum", ROTTERDAM, "rotterdam"),
    "onthaal": (Kind.REGIONALE_TOEGANG, "Centraal Onthaal", ROTTERDAM, "rotterdam"),
    "jongerenloket": (Kind.JONGERENLOKET, "Jongerenloket", ROTTERDAM, "rotterdam"),
    "expertise": (Kind.EXPERTISE, "Regionaal expertiseteam", ROTTERDAM, None),
    "haven": (Kind.AANBIEDER, "De Haven", ROTTERDAM, None),
    "anker": (Kind.AANBIEDER, "Het Anker", CAPELLE, None),
    "utrecht": (Kind.ANDERE_REGIO, "Regio Utrecht", "GM0344", None),
}
OF_ALL = Registration(kind=Kind.REGIO, naam="De regio", fictief=True)
"""What works for all gemeenten together; it takes part where a test says so."""
A_MAN_IN_HIS_CAR = {
    "melding_gemeente": CAPELLE,
    "nationaliteit": "nederlands",
    "geboortedatum": "1981-06-15",
    "woongemeente": "geen",
    "woonsituatie": "5_niet_conventioneel",
    "slaapplek_vannacht": "geen",
    "verslaving": "ja",
    "psychisch_psychosociaal": "vermoeden",
    "handhaaft_zich": "nee",
    "maanden_in_regio_36": 36,
    "onttrekkingsrisico": "nee",
    "kinderen_mee": 0,
    "roepnaam": "Jan",
    "achternaam": "Kanariepiet",
}


def later(**delta: int) -> FixedClock:
    """The clock after so much time."""
    return FixedClock(NOW + timedelta(**delta))


@dataclass(frozen=True, slots=True)
class Region:
    """Ids of organisations and accounts by name, and the verbs that tests use most."""

    organisations: dict[str, uuid.UUID]
    accounts: dict[str, uuid.UUID]

    def actor(self, session: Session, name: str = "worker", clock: FixedClock = CLOCK) -> Actor:
        """This person as actor, with the roles of that day."""
        return actor_of(session, self.account(session, name), clock.now())

    def account(self, session: Session, name: str = "worker") -> Account:
        """The account of this person, with a role or without."""
        return session.get_one(Account, self.accounts[name])

    def name_of(self, account_id: uuid.UUID) -> str:
        """The name in the region of whoever has this account."""
        return next(name for name, one in self.accounts.items() if one == account_id)

    def register(self, session: Session, name: str, wanted: Registration) -> Organisation:
        """An organisation takes part, under this name."""
        made = register_organisation(session, wanted, now=NOW)
        self.organisations[name] = made.id
        return made

    def hire(
        self,
        session: Session,
        name: str,
        works_for: str,
        role: Role,
        *,
        naam: str = "",
        van: date = NEW_YEAR,
        tot: date | None = None,
    ) -> Account:
        """An account without a password, `<name>@voorbeeld.test`, with this role, since New Year."""
        account = register_account(
            session,
            NewAccount(email=f"{name}@voorbeeld.test", naam=naam or name.title(), functie=role.value, fictief=True),
            now=NOW,
        )
        self.accounts[name] = account.id
        self.appoint(session, name, works_for, role, van=van, tot=tot)
        return account

    def appoint(
        self,
        session: Session,
        name: str,
        works_for: str,
        role: Role,
        *,
        van: date = NEW_YEAR,
        tot: date | None = None,
    ) -> None:
        """Somebody with an account holds this role too."""
        employer = self.organisations[works_for]
        wanted = Appointment(organisation_id=employer, role=role, van=van, tot=tot)
        give_role(session, self.account(session, name), wanted)

    def bring(self, session: Session, *names: str) -> None:
        """These people of the cast come to work, each in their own post."""
        for name in names:
            post = CAST[name]
            self.hire(session, name, post.works_for, post.role, tot=post.tot)

    def a_draft(
        self, session: Session, clock: FixedClock = CLOCK, *, by: str = "worker", **telling: object
    ) -> draft.DraftView:
        """A draft of which the first page was filled in."""
        worker = self.actor(session, by, clock)
        made = draft.start_draft(Act(session, worker, clock))
        reading = draft.unchanged(made)
        reading.answers.update({**A_MAN_IN_HIS_CAR, "melding_gemeente": worker.gemeente_code, **telling})
        return draft.save_draft(
            Act(session, worker, clock),
            made.id,
            draft.TypedPage(section="spoed", reading=reading),
            version=made.version,
        )

    def an_intake(
        self, session: Session, clock: FixedClock = CLOCK, *, by: str = "worker", **telling: object
    ) -> Intake:
        """A case of the gemeente of whoever files it; a question to the expertise function is withdrawn."""
        case = self.a_filing(session, clock, by=by, **telling)
        asked = expertise.open_for(session, case.id)
        if asked is not None:
            expertise.withdraw_request(Act(session, self.actor(session, by, clock), clock), asked.id)
        return case

    def a_filing(self, session: Session, clock: FixedClock = CLOCK, *, by: str = "worker", **telling: object) -> Intake:
        """A case as it is just after it was filed, with what the rules asked of the expertise function."""
        filer = self.actor(session, by, clock)
        own = {"melding_gemeente": filer.gemeente_code, "melding_datum": clock.today().isoformat()}
        answers = {**A_MAN_IN_HIS_CAR, **own, **telling}
        receipt = filing.file_intake(Act(session, filer, clock), answers, key=idempotency.new_key())
        return session.get_one(Intake, receipt.intake_id)

    def a_besluit(self, session: Session, case: Intake, by: str = "worker", **route: object) -> Besluit:
        """A besluit on the case that sends it to a provider of 24-hour shelter, unless told otherwise."""
        wanted = {
            "voorzieningen": ("opvang_24uurs",),
            "overbrugging": "tijdelijke_opvang_vandaag",
            "bestemming_soort": "aanbieder",
            **route,
        }
        return taking.deviate(
            Act(session, self.actor(session, by), CLOCK),
            case.id,
            route=taking.Route(**wanted),
            reden="Past hier beter.",
        )


def a_region(session: Session, *more: str) -> Region:
    """The region, made in this session; with `more` people of the cast."""
    region = Region({}, {})
    for name, (kind, naam, code, parent) in ORGANISATIONS.items():
        region.register(
            session,
            name,
            Registration(
                kind=kind,
                naam=naam,
                gemeente_code=code,
                parent_id=region.organisations[parent] if parent else None,
                fictief=True,
                adres="Voorbeeldstraat 1, 2901 AA Capelle aan den IJssel",
                bereikbaar=Reachable(
                    telefoon=DAY_NUMBER,
                    openingstijden="op werkdagen van 9 tot 17 uur",
                    nachttelefoon="" if kind is Kind.WIJKTEAM else NIGHT_NUMBER,
                ),
            ),
        )
    region.bring(session, *ALWAYS, *more)
    session.flush()
    return region


def a_filed_case(database: Database, region: Region, **telling: object) -> uuid.UUID:
    """A case that was filed by the wijkteam, committed."""
    with database.unit_of_work() as session:
        return region.an_intake(session, **telling).id  # type: ignore[arg-type]


def a_place(session: Session, region: Region, owner: str = "haven", **telling: object) -> Place:
    """A place of 24-hour shelter for one adult, in Rotterdam unless told otherwise."""
    values = {
        "naam": "Kamers",
        "voorziening": "opvang_24uurs",
        "gemeente_code": ROTTERDAM,
        "kenmerken": [],
        "capaciteit": 1,
        "bezet": 0,
        "wachtweken": 0,
        "state": PlaceState.OPEN,
        "min_leeftijd": 18,
        "max_leeftijd": 120,
        "kinderen": False,
        "version": 1,
        **telling,
    }
    made = Place(id=uuid.uuid4(), organisation_id=region.organisations[owner], changed_at=NOW, **values)
    session.add(made)
    session.flush()
    return made


def a_mandate(session: Session, region: Region, product: str, by: str, *, review_decides: bool = False) -> Mandate:
    """By this mandate `by` decides about `product` for Capelle."""
    made = Mandate(
        id=uuid.uuid4(),
        gemeente_id=region.organisations["capelle"],
        product=product,
        besluit_door=region.organisations[by],
        expertise_besluit=review_decides,
        van=date(2026, 1, 1),
        tot=None,
        bron="Mandaatbesluit (fictief)",
    )
    session.add(made)
    session.flush()
    return made
