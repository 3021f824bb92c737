"""Urgency rises as dates come near: each morning the rules look at every open case again."""

import uuid

from sqlalchemy.orm import Session

from config.clock import Clock
from intake.access import policy, restriction
from intake.access.act import Act
from intake.access.action import Action
from intake.access.actor import system_actor
from intake.access.audit import audit
from intake.advice import giving, in_force
from intake.besluit import expertise
from intake.case import days, task, timeline
from intake.case.decisions import CLOSED
from intake.keys import sealing
from intake.people.messages import message, wording
from intake.people.messages.kind import MessageKind, Told
from intake.store.outbox import job
from intake.tables.advice import AdviceOccasion, StoredAdvice
from intake.tables.intake import Intake, IntakeState
from intake.tables.job import JobKind
from intake.tables.organisation import Organisation

DONE = CLOSED | {IntakeState.GEPLAATST}


def readvise(act: Act, intake_id: uuid.UUID) -> StoredAdvice:
    """Ask the rules again today, on the facts as they are; the earlier advies stays with the case.

    Raises:
        NotFound: no such case, or not for this actor.
    """
    case = policy.fetch(act.session, act.actor, Action.READVISE, Intake, intake_id, lock=True)
    before = giving.latest(act.session, case.id)
    tenant = act.session.get_one(Organisation, case.gemeente_id)
    facts = sealing.get(act.session, case, "facts")
    regio = giving.regio_of(tenant.gemeente_code)
    outcome = giving.advise_facts(facts, regio=regio, on=act.clock.today(), rules_of=in_force.shelf(act.session))
    if outcome.advice.to_dict() | {"peildatum": ""} == giving.opened(act.session, before).to_dict() | {"peildatum": ""}:
        return before
    urgency_before = case.urgentie
    occasion = AdviceOccasion.HERBEREKENING
    stored = giving.store(act.session, case, outcome, occasion, clock=act.clock)
    audit.record(act.session, act.actor, Action.READVISE, about=case)
    task.add_all(act.session, case, task.NewTasks(outcome.advice.taken), clock=act.clock)
    if case.urgentie < urgency_before:
        _tell(act, case, Told(MessageKind.URGENTIE_GESTEGEN, words={"hoe_snel": case.urgentie.value}))
    if outcome.advice.expertise and not expertise.requests_of(act.session, case.id):
        expertise.ask_expertise(act, case, outcome)
    return stored


def look_again(session: Session, intake_id: uuid.UUID, *, clock: Clock) -> None:
    """The morning job of one case; it asks for itself again until the case is done."""
    case = session.get(Intake, intake_id)
    if case is None or case.state in DONE:
        return
    if not restriction.is_restricted(session, intake_id):
        readvise(Act(session, system_actor(clock.now()), clock), intake_id)
    job.ask(
        session,
        job.NewJob(JobKind.URGENTIE_HERZIEN, {"intake_id": str(intake_id)}, run_at=days.morning_after(clock)),
        clock=clock,
    )


def _tell(act: Act, case: Intake, told: Told) -> None:
    timeline.tell(act, case, kind="urgentie", text=wording.sentence(act.session, told))
    message.tell_worker(act.session, case, told, clock=act.clock)
