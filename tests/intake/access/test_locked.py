"""The whole story of a case with the second lock on: every verb finds what it needs, for each of its people."""

from contextlib import contextmanager

import pytest
from sqlalchemy import select, text

from intake.access.act import Act
from intake.access.row_security import bind
from intake.besluit import expertise, review, taking
from intake.dossier import closing
from intake.melding import filing
from intake.referrals.answering import answer
from intake.referrals.sending import choice, line
from intake.referrals.viewing import view
from intake.store import idempotency
from intake.tables.intake import Intake, IntakeState
from intake.tables.place import PlacementPurpose
from intake.tables.referral import Referral, RefusalReason
from intake.worker.worker import HANDLERS
from tests.intake.access.postgres_role import ROLE, make_app_role
from tests.intake.region import CLOCK, a_place, a_region, later


@pytest.fixture
def house(database):
    """The region on a database where nobody works as its owner."""
    if database.engine.dialect.name == "postgresql":
        make_app_role(database.engine.url.render_as_string(hide_password=False))
    with database.unit_of_work() as session:
        region = a_region(session)
        a_place(session, region)
        a_place(session, region, owner="anker")
    return database, region


@contextmanager
def working_as(house, name, clock=CLOCK):
    """A session bound to this person, as a request has it; committed at the end."""
    database, region = house
    with database.session() as session:
        if session.get_bind().dialect.name == "postgresql":
            session.execute(text(f"SET ROLE {ROLE}"))
            session.commit()
        actor = region.actor(session, name, clock)
        bind(session, actor)
        yield session, actor
        session.commit()


def filed(house, **telling):
    with working_as(house, "worker") as (session, worker):
        saved = house[1].a_draft(session, **telling)
        receipt = filing.submit(Act(session, worker, CLOCK), saved.id, key=idempotency.new_key(), version=saved.version)
        asked = expertise.open_for(session, receipt.intake_id)
        if asked is not None:
            expertise.withdraw_request(Act(session, worker, CLOCK), asked.id)
        return receipt.intake_id


def sent(house, case_id):
    with working_as(house, "worker") as (session, worker):
        route = taking.Route(("opvang_24uurs",), "tijdelijke_opvang_vandaag", "aanbieder")
        taking.deviate(Act(session, worker, CLOCK), case_id, route=route, reden="Past beter.")
        made = choice.refer(Act(session, worker, CLOCK), case_id)
        assert isinstance(made, Referral)
        region = house[1]
        return made.id, next(name for name in ("haven", "anker") if region.organisations[name] == made.receiver_id)


def test_filing_deciding_referring_and_accepting(house):
    case_id = filed(house)
    referral_id, who = sent(house, case_id)
    with working_as(house, who) as (session, receiver):
        shown = view.open_referral(Act(session, receiver, CLOCK), referral_id)
        assert shown.shown
        answer.accept(
            Act(session, receiver, CLOCK), referral_id, version=shown.referral.version, start_on=CLOCK.today()
        )
    with working_as(house, "worker") as (session, worker):
        assert session.get_one(Intake, case_id).state is IntakeState.GEPLAATST
        closing.close(Act(session, worker, CLOCK), case_id, uitstroom=closing.Uitstroom.ZELFSTANDIG)


def test_declining_passes_on_to_the_next(house):
    case_id = filed(house)
    referral_id, who = sent(house, case_id)
    with working_as(house, who) as (session, receiver):
        seen = view.open_referral(Act(session, receiver, CLOCK), referral_id).referral
        answer.decline(
            Act(session, receiver, CLOCK),
            referral_id,
            version=seen.version,
            reden=RefusalReason.GEEN_PLEK,
            toelichting="",
        )
    with working_as(house, "worker") as (session, _):
        following = session.scalars(select(Referral).where(Referral.previous_id == referral_id)).one()
        assert following.receiver_id != house[1].organisations[who]


def test_who_is_passed_over_hears_it(house):
    case_id = filed(house)
    referral_id, who = sent(house, case_id)
    with house[0].unit_of_work() as session:
        answer.expire(session, referral_id, clock=later(days=2))
    with (
        pytest.raises(line.StateConflict, match="naar de volgende gegaan"),
        working_as(house, who, later(days=2)) as (session, receiver),
    ):
        answer.accept(Act(session, receiver, later(days=2)), referral_id, version=1, start_on=None)


def test_tonight_is_arranged_while_the_expertise_function_looks(house):
    case_id = filed(house)
    with working_as(house, "worker") as (session, worker):
        request_id = expertise.ask_review(Act(session, worker, CLOCK), case_id, question="Kijk mee.").id
        taking.decide_overbrugging(Act(session, worker, CLOCK), case_id, overbrugging="tijdelijke_opvang_vandaag")
        tonight = choice.refer(Act(session, worker, CLOCK), case_id, purpose=PlacementPurpose.OVERBRUGGING)
        assert isinstance(tonight, Referral)
    with working_as(house, "expert") as (session, expert):
        asked = expertise.open_request(session, expert, request_id)
        route = taking.route_of(asked.advice)
        review.give_review(Act(session, expert, CLOCK), request_id, review="Akkoord.", route=route)
    with working_as(house, "worker") as (session, worker):
        assert taking.follow(Act(session, worker, CLOCK), case_id).number == 2


def test_the_jobs_see_every_tenant(house):
    case_id = filed(house)
    database = house[0]
    with database.unit_of_work() as session:
        for kind, handle in HANDLERS.items():
            if kind.value == "urgentie_herzien":
                handle(session, {"intake_id": str(case_id)}, later(days=1))
