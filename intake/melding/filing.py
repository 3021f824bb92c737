"""Submitting: a draft (or a file of answers) becomes one intake, with its advies, terms, tasks and confirmation.

Everything is one transaction: answers and facts as they were, form version, advies with the hash of its rules, audit
row, and what is to be done after the commit. The same request sent twice makes one intake (`intake.store.idempotency`).
"""

import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from config.clock import Clock
from forms import INTAKE_FORM
from intake.access import policy
from intake.access.act import Act
from intake.access.action import Action
from intake.access.audit import audit
from intake.advice import giving, in_force
from intake.besluit.expertise import ask_expertise
from intake.case import days, task, terms, timeline
from intake.case.days import morning_after
from intake.case.lookup import index_case
from intake.keys import sealing
from intake.letters import letter
from intake.melding import draft
from intake.store import idempotency
from intake.store.idempotency import body_hash
from intake.store.outbox import job
from intake.tables.advice import AdviceOccasion
from intake.tables.draft import Draft, DraftState
from intake.tables.intake import Intake
from intake.tables.job import JobKind
from intake.tables.letter import LetterKind
from rules.values import Urgentie

RESERVE_TEXT = "De regels gaven geen antwoord. Dit is het veilige antwoord voor vannacht; deskundigen kijken mee."
REFERENCE_FROM, REFERENCE_COUNT, MOST_DRAWS = 100_000, 900_000, 20


class DraftIncomplete(ValueError):
    """Some pages of the draft still have an error; `sections` names them."""

    def __init__(self, sections: tuple[str, ...]) -> None:
        super().__init__("Op een of meer pagina’s klopt een antwoord nog niet. Verbeter die eerst.")
        self.sections = sections


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the worker gets for a melding: the case, its reference, and a hash of what was received."""

    intake_id: uuid.UUID
    reference: str
    receipt_hash: str
    created: bool


def submit(act: Act, draft_id: uuid.UUID, *, key: str, version: int | None = None) -> Receipt:
    """File the draft. Sent twice, with the same key or another, it is filed once and gives the same receipt.

    Args:
        act: who submits, in which transaction, at which moment.
        draft_id: the draft.
        key: the key of this form (`idempotency.new_key`).
        version: the version that the worker looked at; none to take the draft as it is.

    Raises:
        NotFound: no such draft, or not of the actor's team.
        DraftClosed: it was thrown away or has ended.
        DraftIncomplete: some page has an error.
        EditConflict: it was saved since the worker looked at it.
        InvalidAnswers: the answers do not hold together.
        KeyReused: the key was used for another draft.
    """
    found = policy.fetch(act.session, act.actor, Action.SUBMIT_INTAKE, Draft, draft_id, lock=True)
    before = idempotency.claim(act, key, body_hash({"draft": str(draft_id)}))
    if found.state is DraftState.INGEDIEND and found.intake_id is not None:
        return _receipt(act.session.get_one(Intake, found.intake_id), created=False)
    assert before is None
    opened = draft.view(act.session, found)
    if found.state is not DraftState.OPEN:
        raise draft.DraftClosed(opened)
    if version is not None and version != found.version:
        raise draft.EditConflict(draft.unchanged(opened), opened)
    if opened.raw:
        raise DraftIncomplete(tuple(opened.raw))
    case = _file(act, opened.answers)
    draft.close_as_submitted(act.session, found, case.id, clock=act.clock)
    idempotency.remember(act.session, act.actor, key, {"intake_id": str(case.id)})
    return _receipt(case, created=True)


def file_intake(act: Act, answers: object, *, key: str) -> Receipt:
    """File answers that did not come from a draft (the JSON interface).

    Raises:
        Forbidden: the actor's role files no intakes, or works for no gemeente.
        InvalidAnswers: with a Dutch sentence per key.
        KeyReused: the key was used with other answers.
    """
    policy.require(act.actor, Action.SUBMIT_INTAKE)
    before = idempotency.claim(act, key, body_hash(answers))
    if before is not None:
        return _receipt(act.session.get_one(Intake, uuid.UUID(before["intake_id"])), created=False)
    case = _file(act, INTAKE_FORM.validate(answers))
    idempotency.remember(act.session, act.actor, key, {"intake_id": str(case.id)})
    return _receipt(case, created=True)


def _file(act: Act, answers: Mapping[str, Any]) -> Intake:
    """Answers become a case with everything that belongs to it."""
    asked = INTAKE_FORM.only_asked(INTAKE_FORM.validate(dict(answers)))
    asked.setdefault("melding_datum", act.clock.today().isoformat())
    regio, rules_of = giving.regio_of(act.actor.gemeente_code), in_force.shelf(act.session)
    outcome = giving.advise_answers(asked, regio=regio, on=act.clock.today(), rules_of=rules_of)
    case = _new_case(act, asked)
    giving.store(act.session, case, outcome, AdviceOccasion.INDIENING, clock=act.clock)
    audit.record(act.session, act.actor, Action.SUBMIT_INTAKE, about=case)
    timeline.tell(act, case, kind="ingediend", text="Melding ingediend.")
    if outcome.reserve:
        timeline.tell(act, case, kind="reserve", text=RESERVE_TEXT)
    terms.begin_all(act.session, case, outcome.advice)
    plan_ends = days.plan_end(case.melding_datum)
    task.add_all(act.session, case, task.NewTasks(outcome.advice.taken, plan_ends), clock=act.clock)
    confirmation = letter.NewLetter(kind=LetterKind.ONTVANGSTBEVESTIGING, sender=letter.sender_of(act.actor))
    letter.ask_for(act.session, case, confirmation, clock=act.clock)
    if outcome.advice.expertise:
        ask_expertise(act, case, outcome)
    job.ask(
        act.session,
        job.NewJob(JobKind.URGENTIE_HERZIEN, {"intake_id": str(case.id)}, run_at=morning_after(act.clock)),
        clock=act.clock,
    )
    return case


def _new_case(act: Act, answers: Mapping[str, Any]) -> Intake:
    if act.actor.tenant_id is None or act.actor.organisation_id is None or act.actor.account_id is None:
        raise policy.Forbidden(audit.entry(act.actor, Action.SUBMIT_INTAKE))
    case = Intake(
        id=uuid.uuid4(),
        gemeente_id=act.actor.tenant_id,
        organisation_id=act.actor.organisation_id,
        reference="",
        version=1,
        melding_datum=date.fromisoformat(answers["melding_datum"]),
        form_version=INTAKE_FORM.version,
        receipt_hash="",
        urgentie=Urgentie.REGULIER,
        expertise=False,
        submitted_at=act.clock.now(),
        submitted_by=act.actor.account_id,
        worker_id=act.actor.account_id,
        changed_at=act.clock.now(),
    )
    sealing.put(act.session, case, "answers", dict(answers))
    sealing.put(act.session, case, "facts", INTAKE_FORM.facts(answers))
    index_case(act.session, case, answers)
    _insert(act.session, case, answers, act.clock)
    return case


def _insert(session: Session, case: Intake, answers: Mapping[str, Any], clock: Clock) -> None:
    """Store the case under a reference that says nothing about the ones before it.

    Only the database knows whether a reference is free: those of other gemeenten are hidden from us.
    """
    for attempt in range(1, MOST_DRAWS + 1):
        case.reference = f"{clock.today().year}-{REFERENCE_FROM + secrets.randbelow(REFERENCE_COUNT)}"
        case.receipt_hash = body_hash([case.reference, clock.now().isoformat(), dict(answers)])
        try:
            with session.begin_nested():
                session.add(case)
                session.flush()
        except IntegrityError:
            if attempt == MOST_DRAWS:
                raise
        else:
            return


def _receipt(case: Intake, *, created: bool) -> Receipt:
    return Receipt(case.id, case.reference, case.receipt_hash, created)
