"""The terms of law on a case: begun, met, standing still. Which days they are stands in `intake.case.days`."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.access import policy
from intake.access.act import Act
from intake.access.action import Action
from intake.access.audit import audit
from intake.advice import region
from intake.case import timeline
from intake.case.days import Pause, aanvraag_from, besluit_end, onderzoek_end, plan_end
from intake.keys import sealing
from intake.tables.deadline import Deadline, DeadlineKind, DeadlineState, Suspension
from intake.tables.intake import Intake
from rules import Advice

SOON_DAYS = 7
TICKED_OFF: Mapping[DeadlineKind, str] = {
    DeadlineKind.EERSTE_CONTACT: "Er is contact geweest met de cliënt.",
    DeadlineKind.PERSOONLIJK_PLAN: "Het persoonlijk plan is ontvangen.",
    DeadlineKind.ONDERZOEK: "Het onderzoek is afgerond.",
}
"""The terms that a worker ticks off, and how the timeline says it (Wmo 2015 art. 2.3.2)."""


class TermError(ValueError):
    """This cannot be done with this term now; the message is Dutch and says what can."""


class ClockState(StrEnum):
    """How a term stands today."""

    LOOPT = "loopt"
    BIJNA = "bijna"
    TE_LAAT = "te_laat"
    OPGESCHORT = "opgeschort"
    GEHAALD = "gehaald"
    VERVALLEN = "vervallen"


def clock_state(state: DeadlineState, due_on: date, today: date) -> ClockState:
    """How a term that ends on `due_on` stands today; `bijna` is within a week."""
    if state is not DeadlineState.LOOPT:
        return ClockState(state.value)
    if today > due_on:
        return ClockState.TE_LAAT
    return ClockState.BIJNA if (due_on - today).days <= SOON_DAYS else ClockState.LOOPT


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a case as a page shows it. `answer_by`: until when the client can answer, while it stands still."""

    id: uuid.UUID
    kind: DeadlineKind
    starts_on: date
    due_on: date
    clock: ClockState
    answer_by: date | None = None


def terms_of(session: Session, intake_id: uuid.UUID, today: date) -> tuple[Term, ...]:
    """The terms of a case, the first to end first; the caller has fetched the case."""
    query = select(Deadline).where(Deadline.intake_id == intake_id).order_by(Deadline.due_on)
    return tuple(
        Term(
            row.id,
            row.kind,
            row.starts_on,
            row.due_on,
            clock_state(row.state, row.due_on, today),
            _answer_by(session, row) if row.state is DeadlineState.OPGESCHORT else None,
        )
        for row in session.scalars(query)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTerm:
    """A term that is to run: for what, and from and up to which day."""

    kind: DeadlineKind
    starts_on: date
    due_on: date


def begin(session: Session, case: Intake, wanted: NewTerm) -> Deadline:
    """Let a term run on the case; one that runs already gets the new days."""
    term = _run(session, case, _term(session, case, wanted.kind), wanted)
    session.flush()
    return term


def begin_all(session: Session, case: Intake, advice: Advice) -> None:
    """The terms that a melding sets running: plan, investigation, and first contact when the advies names a day."""
    melding = case.melding_datum
    ends = {DeadlineKind.PERSOONLIJK_PLAN: plan_end(melding), DeadlineKind.ONDERZOEK: onderzoek_end(melding)}
    contact = advice.termijnen.get("eerste_contact")
    if contact:
        ends[DeadlineKind.EERSTE_CONTACT] = date.fromisoformat(contact)
    known = _terms(session, case, ends)
    for kind, due_on in ends.items():
        _run(session, case, known.get(kind), NewTerm(kind=kind, starts_on=melding, due_on=due_on))
    session.flush()


def meet(session: Session, case: Intake, *kinds: DeadlineKind, today: date) -> None:
    """What these terms asked for is done; nothing happens to one that does not run."""
    for term in _terms(session, case, kinds).values():
        if term.state in (DeadlineState.LOOPT, DeadlineState.OPGESCHORT):
            term.state, term.met_on = DeadlineState.GEHAALD, today


def drop_all(session: Session, case: Intake) -> None:
    """The case ended before its terms did."""
    query = select(Deadline).where(Deadline.intake_id == case.id)
    for term in session.scalars(query.where(Deadline.state.in_((DeadlineState.LOOPT, DeadlineState.OPGESCHORT)))):
        term.state = DeadlineState.VERVALLEN


def receive_aanvraag(act: Act, intake_id: uuid.UUID, *, on: date) -> Deadline:
    """The client applied: the two weeks of the decision run from `on` (Wmo 2.3.5 lid 2).

    Raises:
        NotFound: no such case, or not for this actor.
        TermError: the investigation is not done and its six weeks are not over (Wmo 2.3.2 lid 9); the day lies ahead
            or before the melding; or the term stands still.
    """
    case = policy.fetch(act.session, act.actor, Action.EDIT_INTAKE, Intake, intake_id, lock=True)
    if not case.melding_datum <= on <= act.clock.today():
        raise TermError(f"Kies een dag van {case.melding_datum:%d-%m-%Y} tot en met vandaag.")
    running = _term(act.session, case, DeadlineKind.BESLUIT)
    if running is not None and running.state is DeadlineState.OPGESCHORT:
        raise TermError("De termijn voor het besluit staat stil. Hervat die eerst.")
    investigation, first_day = _term(act.session, case, DeadlineKind.ONDERZOEK), aanvraag_from(case.melding_datum)
    if investigation is not None and investigation.state is DeadlineState.LOOPT and on < first_day:
        raise TermError(f"Een aanvraag kan als het onderzoek klaar is, of vanaf {first_day:%d-%m-%Y}.")
    term = begin(act.session, case, NewTerm(kind=DeadlineKind.BESLUIT, starts_on=on, due_on=besluit_end(on)))
    audit.record(act.session, act.actor, Action.EDIT_INTAKE, about=case)
    timeline.tell(act, case, kind="aanvraag", text=f"Aanvraag ontvangen op {on:%d-%m-%Y}.")
    return term


def finish_onderzoek(act: Act, intake_id: uuid.UUID) -> None:
    """The investigation is done (Wmo 2.3.2).

    Raises:
        NotFound: no such case, or not for this actor.
    """
    tick_off(act, intake_id, kind=DeadlineKind.ONDERZOEK)


def tick_off(act: Act, intake_id: uuid.UUID, *, kind: DeadlineKind) -> None:
    """What one of the terms in `TICKED_OFF` asked for has happened. Again changes nothing.

    Raises:
        NotFound: no such case, or not for this actor.
        TermError: this term is met in another way.
    """
    case = policy.fetch(act.session, act.actor, Action.EDIT_INTAKE, Intake, intake_id, lock=True)
    text = TICKED_OFF.get(kind)
    if text is None:
        raise TermError("Deze termijn eindigt vanzelf: met het besluit, of op de laatste dag.")
    term = _term(act.session, case, kind)
    if term is None or term.state is not DeadlineState.LOOPT:
        return
    meet(act.session, case, kind, today=act.clock.today())
    audit.record(act.session, act.actor, Action.EDIT_INTAKE, about=case)
    timeline.tell(act, case, kind=kind.value, text=text)


def suspend(act: Act, intake_id: uuid.UUID, *, reden: str) -> None:
    """Let the term of the decision stand still while the client is asked for something (Awb 4:15).

    Raises:
        NotFound: no such case, or not for this actor.
        TermError: no decision term runs, or no reason was given.
    """
    case = policy.fetch(act.session, act.actor, Action.SUSPEND_TERM, Intake, intake_id, lock=True)
    term = _term(act.session, case, DeadlineKind.BESLUIT)
    if term is None or term.state is not DeadlineState.LOOPT:
        raise TermError("Er loopt nu geen termijn voor een besluit. Leg eerst de aanvraag vast.")
    if not reden.strip():
        raise TermError("Schrijf op wat u aan de cliënt hebt gevraagd.")
    term.state = DeadlineState.OPGESCHORT
    pause = Suspension(
        id=uuid.uuid4(), gemeente_id=case.gemeente_id, intake_id=case.id, deadline_id=term.id, since=act.clock.today()
    )
    sealing.put(act.session, pause, "reden", reden.strip())
    act.session.add(pause)
    audit.record(act.session, act.actor, Action.SUSPEND_TERM, about=case)
    last = region.answer_by(act.session, case, act.clock.today())
    text = f"De termijn voor het besluit staat stil. De cliënt kan antwoorden tot en met {last:%d-%m-%Y}."
    timeline.tell(act, case, kind="opgeschort", text=text)


def resume(act: Act, intake_id: uuid.UUID) -> None:
    """The answer came: the term runs on, with the days between left out.

    When the answer came too late, or not at all, only the days that the client had are left out (Awb 4:15 lid 1).

    Raises:
        NotFound: no such case, or not for this actor.
        TermError: the term does not stand still.
    """
    case = policy.fetch(act.session, act.actor, Action.SUSPEND_TERM, Intake, intake_id, lock=True)
    term = _term(act.session, case, DeadlineKind.BESLUIT)
    if term is None or term.state is not DeadlineState.OPGESCHORT:
        raise TermError("De termijn voor het besluit staat niet stil.")
    rows = list(act.session.scalars(select(Suspension).where(Suspension.deadline_id == term.id)))
    for row in rows:
        row.until = row.until or min(act.clock.today(), region.answer_by(act.session, case, row.since))
    term.state = DeadlineState.LOOPT
    term.due_on = besluit_end(term.starts_on, [Pause(row.since, row.until) for row in rows])
    audit.record(act.session, act.actor, Action.SUSPEND_TERM, about=case)
    timeline.tell(act, case, kind="hervat", text="De termijn voor het besluit loopt weer.")


def _answer_by(session: Session, term: Deadline) -> date | None:
    """Until when the client can answer what the term stands still for."""
    query = select(Suspension.since).where(Suspension.deadline_id == term.id, Suspension.until.is_(None))
    since = session.scalars(query).one_or_none()
    return since and region.answer_by(session, session.get_one(Intake, term.intake_id), since)


def _run(session: Session, case: Intake, known: Deadline | None, wanted: NewTerm) -> Deadline:
    term = known or Deadline(id=uuid.uuid4(), gemeente_id=case.gemeente_id, intake_id=case.id, kind=wanted.kind)
    if known is None:
        session.add(term)
    term.starts_on, term.due_on = wanted.starts_on, wanted.due_on
    term.state, term.met_on = DeadlineState.LOOPT, None
    return term


def _term(session: Session, case: Intake, kind: DeadlineKind) -> Deadline | None:
    return _terms(session, case, (kind,)).get(kind)


def _terms(session: Session, case: Intake, kinds: Iterable[DeadlineKind]) -> dict[DeadlineKind, Deadline]:
    query = select(Deadline).where(Deadline.intake_id == case.id, Deadline.kind.in_(tuple(kinds)))
    return {term.kind: term for term in session.scalars(query)}
