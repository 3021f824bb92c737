"""Every row of the log that tells of an act says by which rule of the policy it was allowed."""

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import DBAPIError

from intake.access.act import Act
from intake.access.action import WITHOUT_RULE, Action
from intake.access.audit import audit
from intake.access.audit.chain import chained
from intake.access.rules import RULES
from intake.demo import fill
from intake.dossier import dossier
from intake.login.accounts.account import NewAccount
from intake.people.organisations.membership import Appointment
from intake.people.staff import staffing
from intake.rights import inzage
from intake.rights.destruction import destruction
from intake.rights.emergency import break_glass
from intake.rights.emergency.why import Why
from intake.rights.marks import mark
from intake.store.database import Database
from intake.store.outbox.job import run_all
from intake.tables.account import Role
from intake.tables.audit import AuditEvent, Outcome
from intake.tables.mark import MarkKind
from intake.worker.worker import HANDLERS
from tests.intake.region import CLOCK

KNOWN = {rule.id for rule in RULES}


def without_rule(database: Database) -> set[tuple[str, str]]:
    """Action and detail of what was done and names no rule, or one that the policy does not have."""
    with database.reading() as session:
        done = session.execute(
            select(AuditEvent.action, AuditEvent.detail, AuditEvent.rule).where(AuditEvent.outcome == Outcome.DONE)
        )
        return {(row.action, row.detail) for row in done if row.action not in WITHOUT_RULE and row.rule not in KNOWN}


def test_a_year_of_work_of_a_whole_region_names_a_rule_in_every_row(database):
    fill(database, None, clock=CLOCK, cases=14)
    assert without_rule(database) == set()
    with database.reading() as session:
        actions = set(session.scalars(select(AuditEvent.action)))
    assert actions >= {Action.ANSWER_REFERRAL, Action.SEND_REFERRAL, Action.TAKE_BESLUIT, Action.SUBMIT_INTAKE}, actions


def test_the_rights_of_the_client_emergencies_and_staff_name_a_rule_in_every_row(database, people):
    with database.unit_of_work() as session:
        case = people.an_intake(session)
        people.a_besluit(session, case)
        case_id, reference = case.id, case.reference
    run_all(database, {**HANDLERS}, CLOCK, limit=10)
    with database.unit_of_work() as session:
        leader = people.actor(session, "leader")
        dossier.open_dossier(Act(session, people.actor(session), CLOCK), case_id)
        dossier.show_bsn(session, leader, case_id)
        inzage.give_inzage(Act(session, leader, CLOCK), case_id)
        mark.put(Act(session, leader, CLOCK), case_id, MarkKind.BEKEND, reason="x")
        destruction.hold(Act(session, leader, CLOCK), case_id, reason="bezwaar")
        break_glass.break_open(
            Act(session, people.actor(session, "stranger"), CLOCK),
            reference=reference,
            why=Why("anders", "Er is nu gevaar voor de cliënt en er is niemand van het eigen team te bereiken."),
        )
    with database.unit_of_work() as session:
        dossier.open_dossier(Act(session, people.actor(session, "stranger"), CLOCK), case_id)
        staffing.invite(
            Act(session, people.actor(session, "beheerder"), CLOCK),
            NewAccount(email="nieuw@voorbeeld.test", naam="Nieuw", functie="medewerker"),
            Appointment(organisation_id=people.organisations["capelle"], role=Role.TEAMLEIDER, van=CLOCK.today()),
        )
    assert without_rule(database) == set()
    with database.reading() as session:
        rules = set(session.scalars(select(AuditEvent.rule).where(AuditEvent.emergency)))
        assert {rule.rpartition("/")[2] for rule in rules} == {"doorbreken"}


@pytest.mark.parametrize(
    "missing",
    [{"action": ""}, {"user_name": ""}, {"organisation_id": None}, {"subject_id": None}],
    ids=["event", "user", "responsible", "client"],
)
def test_the_database_takes_no_row_that_misses_what_nen_7513_asks(database, people, missing):
    with database.unit_of_work() as session:
        case = people.an_intake(session)
        made = audit.entry(people.actor(session), Action.READ_INTAKE, about=case, rule="x")
        row = chained(b"k" * 32, 9_999, bytes(32), made)
    with database.session() as session, pytest.raises(DBAPIError, match="NEN 7513"):
        session.execute(insert(AuditEvent).values({**row, **missing}))
