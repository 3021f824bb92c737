"""The fictive region: marked as such, made by the real verbs, with work for everybody."""

import pytest
from sqlalchemy import func, select

from config.clock import FixedClock
from forms import client
from intake.access.audit.chain import verify_log
from intake.demo import DEMO_PASSWORD, demo_logins, fill
from intake.demo.clients import CASES, clients
from intake.demo.fill import FIRST_DAY, NotEmpty
from intake.dossier import worklist
from intake.keys import sealing
from intake.login.accounts.account import find_account
from intake.login.accounts.passwords import matches
from intake.people.organisations.membership import actor_of
from intake.tables.account import Account, Role
from intake.tables.intake import Intake
from intake.tables.organisation import Organisation, OrganisationKind
from intake.tables.place import Place
from tests.conftest import lasting_database
from tests.engines import ENGINES
from tests.intake.region import CLOCK

FEW = 14


@pytest.fixture(scope="module", params=ENGINES)
def demo(request):
    """A filled demo, once for all that only read it."""
    with lasting_database(request) as database:
        fill(database, None, clock=CLOCK, cases=FEW)
        yield database


def test_the_demo_fills_only_an_empty_database(demo):
    with pytest.raises(NotEmpty, match="niet leeg"):
        fill(demo, None, clock=CLOCK)


def test_every_demo_person_can_log_in_and_is_marked(demo):
    with demo.session() as session:
        for login in demo_logins():
            account = find_account(session, login.email)
            assert account is not None
            assert account.fictief
        assert matches(account.password_hash, DEMO_PASSWORD)
        assert session.scalar(select(func.count()).where(Account.fictief.is_(False))) == 0
        assert session.scalar(select(func.count()).where(Organisation.fictief.is_(False))) == 0


def test_the_region_has_its_gemeenten_desks_and_kinds_of_provider(demo):
    with demo.session() as session:
        kinds = dict(session.execute(select(Organisation.kind, func.count()).group_by(Organisation.kind)).all())
        products = set(session.scalars(select(Place.voorziening)))
    assert kinds[OrganisationKind.GEMEENTE] == 7
    assert {OrganisationKind.REGIONALE_TOEGANG, OrganisationKind.JONGERENLOKET, OrganisationKind.EXPERTISE} <= set(
        kinds
    )
    assert len(products) >= 8


def test_every_role_is_there():
    assert {login.role for login in demo_logins()} == set(Role) - {Role.SYSTEEM}


def test_every_client_has_an_invented_name_and_nobodys_bsn(demo):
    with demo.session() as session:
        for case in session.scalars(select(Intake)):
            answers = sealing.get(session, case, "answers")
            assert client.client_name(answers).endswith("(fictief)")
            assert answers.get("bsn", "99999").startswith("99999")


def test_the_log_of_the_demo_year_holds(demo):
    with demo.session() as session:
        assert verify_log(session) == []


def test_the_cases_are_spread_and_the_same_every_time():
    today = CLOCK.today()
    made = clients(today, FIRST_DAY)
    assert made == clients(today, FIRST_DAY)
    assert len(made) == CASES
    assert all(FIRST_DAY <= one.moment.date() <= today for one in made)
    assert len({one.answers.get("bsn") for one in made if "bsn" in one.answers}) > CASES / 2


def test_a_wijkteam_finds_its_cases(demo):
    with demo.session() as session:
        login = next(one for one in demo_logins() if one.email.startswith("nadia"))
        account = find_account(session, login.email)
        worker = actor_of(session, account, FixedClock(CLOCK.now()).now())
        assert worklist.cases(session, worker, worklist.Selection(states=list(worklist.IntakeState))).total > 0
