"""Urgency rises as dates come near, and what was advised before is kept."""

from datetime import timedelta

from sqlalchemy import func, select

from intake.access.act import Act
from intake.access.actor import system_actor
from intake.advice import giving
from intake.case import timeline
from intake.dossier import closing
from intake.dossier.urgency import look_again, readvise
from intake.tables.advice import StoredAdvice
from intake.tables.intake import Intake, IntakeState
from intake.tables.job import Job, JobKind
from tests.intake.region import CLOCK, later
from tests.intake.told import heard_by

EVICTION = {
    "slaapplek_vannacht": "kan_blijven",
    "woonsituatie": "7_dreigend",
    "woongemeente": "GM0502",
    "oorzaak_dakloosheid": "huurschuld",
    "verslaving": "nee",
    "psychisch_psychosociaal": "nee",
}


def evicted_in(days):
    return {**EVICTION, "verlies_woonruimte_op": (CLOCK.today() + timedelta(days=days)).isoformat()}


def test_an_eviction_that_comes_near_makes_the_case_more_urgent(session, region):
    case = region.an_intake(session, **evicted_in(60))
    before = case.urgentie
    readvise(Act(session, system_actor(later(days=50).now()), later(days=50)), case.id)
    assert case.urgentie < before
    assert any("urgentie is gestegen" in text for text in heard_by(session, region.actor(session)))
    assert "urgentie" in {one.kind for one in timeline.timeline(session, case.id)}
    assert session.scalar(select(func.count()).where(StoredAdvice.intake_id == case.id)) == 2


def test_an_advies_that_says_the_same_is_not_stored_again(session, region):
    case = region.an_intake(session)
    first = giving.latest(session, case.id)
    assert readvise(Act(session, system_actor(CLOCK.now()), CLOCK), case.id).id == first.id


def test_the_morning_job_comes_back_until_the_case_is_done(session, region):
    case = region.an_intake(session)
    look_again(session, case.id, clock=later(days=1))
    mornings = [job for job in session.scalars(select(Job)) if job.kind is JobKind.URGENTIE_HERZIEN]
    assert len(mornings) == 2
    closing.withdraw(Act(session, region.actor(session), CLOCK), case.id)
    look_again(session, case.id, clock=later(days=2))
    assert len([job for job in session.scalars(select(Job)) if job.kind is JobKind.URGENTIE_HERZIEN]) == 2


def test_a_withdrawn_case_waits_for_nobody(session, region):
    case = region.an_intake(session)
    closing.withdraw(Act(session, region.actor(session), CLOCK), case.id)
    assert session.get_one(Intake, case.id).state is IntakeState.INGETROKKEN
    assert timeline.timeline(session, case.id)[0].text == "De melding is ingetrokken: de cliënt wil geen hulp meer."
