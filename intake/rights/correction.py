"""Correcting what is recorded about a client (AVG art. 16): what stood there is kept, the advies is made anew.

Whoever has the case in hand by a referral hears that something changed.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from config.clock import Clock
from forms import INTAKE_FORM, Reading
from intake.access import policy, restriction
from intake.access.act import Act
from intake.access.action import Action
from intake.access.actor import Actor
from intake.access.audit import audit
from intake.advice import giving, in_force
from intake.case import timeline
from intake.case.lookup import index_case
from intake.keys import sealing
from intake.people.messages.kind import MessageKind, Told
from intake.referrals.sending import line
from intake.tables.advice import AdviceOccasion
from intake.tables.correction import Correction
from intake.tables.intake import Intake
from intake.tables.organisation import Organisation
from intake.tables.referral import Referral

LONGEST_REASON = 2_000


class CorrectionRefused(ValueError):
    """Nothing was changed, or no reason was given; the message is Dutch."""


class CorrectionConflict(RuntimeError):
    """Somebody changed the case since the page was made; nothing was overwritten."""

    def __init__(self) -> None:
        super().__init__("Een collega wijzigde deze intake net. Bekijk wat er nu staat en verbeter het opnieuw.")


@dataclass(frozen=True, slots=True)
class Corrected:
    """One correction, opened: the label of the question and both texts."""

    row: Correction
    label: str
    before: str
    after: str
    reason: str


def to_correct(
    session: Session, actor: Actor, intake_id: uuid.UUID, *, section: str = ""
) -> tuple[Intake, Mapping[str, Any]]:
    """The case and its answers, for the page on which `section` is corrected; the reading is logged, of a bsn apart.

    Raises:
        NotFound: no such case, or not for this actor.
    """
    case = policy.fetch(session, actor, Action.CORRECT_FILE, Intake, intake_id)
    answers = sealing.get(session, case, "answers")
    audit.record(session, actor, Action.READ_INTAKE, about=case, rule=policy.can(actor, Action.READ_INTAKE, case).rule)
    if "bsn" in answers and INTAKE_FORM.question("bsn").section == section:
        audit.record(session, actor, Action.SHOW_BSN, about=case, rule=policy.can(actor, Action.SHOW_BSN, case).rule)
    return case, answers


@dataclass(frozen=True, slots=True)
class Improvement:
    """The page as it should have been answered, and why."""

    reading: Reading
    reason: str


def correct(act: Act, intake_id: uuid.UUID, wanted: Improvement, *, version: int) -> int:
    """Take over the answers of a page without errors; how many were changed. Each old answer stays in the history.

    Raises:
        NotFound: no such case, or not for this actor.
        CorrectionConflict: the case was changed since the page was made.
        CorrectionRefused: nothing changed, or no reason.
        InvalidAnswers: the answers do not hold together.
    """
    case = policy.fetch(act.session, act.actor, Action.CORRECT_FILE, Intake, intake_id, lock=True)
    if case.version != version:
        raise CorrectionConflict
    if not 0 < len(wanted.reason.strip()) <= LONGEST_REASON:
        raise CorrectionRefused("Schrijf op waarom dit wordt verbeterd.")
    before = sealing.get(act.session, case, "answers")
    after = INTAKE_FORM.only_asked(INTAKE_FORM.validate(dict(wanted.reading.answers)))
    changed = sorted(key for key in before.keys() | after.keys() if before.get(key) != after.get(key))
    if not changed:
        raise CorrectionRefused("U hebt niets gewijzigd. Er is niets opgeslagen.")
    for key in changed:
        change = _Change(key, before=before.get(key), after=after.get(key), reason=wanted.reason.strip())
        _keep(act, case, change)
    _take_over(act.session, case, after, act.clock)
    if not restriction.is_restricted(act.session, case.id):
        _advise_again(act.session, case, act.clock)
    audit.record(act.session, act.actor, Action.CORRECT_FILE, about=case, detail=f"antwoorden={len(changed)}")
    timeline.tell(act, case, kind="verbeterd", text="Een of meer antwoorden zijn verbeterd.")
    _tell_receivers(act, case)
    return len(changed)


def corrections_of(session: Session, case: Intake) -> tuple[Corrected, ...]:
    """Every correction of the case, latest first; the caller has fetched the case."""
    rows = session.scalars(select(Correction).where(Correction.intake_id == case.id).order_by(Correction.number.desc()))
    return tuple(
        Corrected(
            row,
            INTAKE_FORM.question(row.question).label,
            INTAKE_FORM.as_text(row.question, sealing.get(session, row, "before")),
            INTAKE_FORM.as_text(row.question, sealing.get(session, row, "after")),
            str(sealing.get(session, row, "reason")),
        )
        for row in rows
    )


@dataclass(frozen=True, slots=True)
class _Change:
    """One answer that was changed: what stood there, what stands there now, and why."""

    question: str
    before: Any
    after: Any
    reason: str


def _keep(act: Act, case: Intake, change: _Change) -> None:
    assert act.actor.account_id is not None
    number = act.session.scalar(select(func.count()).where(Correction.intake_id == case.id)) or 0
    made = Correction(
        id=uuid.uuid4(),
        gemeente_id=case.gemeente_id,
        intake_id=case.id,
        number=number + 1,
        question=change.question,
        at=act.clock.now(),
        account_id=act.actor.account_id,
        naam=act.actor.naam,
    )
    for column in ("before", "after", "reason"):
        sealing.put(act.session, made, column, getattr(change, column))
    act.session.add(made)
    act.session.flush()


def _take_over(session: Session, case: Intake, answers: dict[str, Any], clock: Clock) -> None:
    sealing.put(session, case, "answers", answers)
    sealing.put(session, case, "facts", INTAKE_FORM.facts(answers))
    index_case(session, case, answers)
    case.changed_at = clock.now()
    case.version += 1
    session.flush()


def _advise_again(session: Session, case: Intake, clock: Clock) -> None:
    gemeente = session.get_one(Organisation, case.gemeente_id)
    outcome = giving.advise_facts(
        sealing.get(session, case, "facts"),
        regio=giving.regio_of(gemeente.gemeente_code),
        on=clock.today(),
        rules_of=in_force.shelf(session),
    )
    giving.store(session, case, outcome, AdviceOccasion.CORRECTIE, clock=clock)


def _tell_receivers(act: Act, case: Intake) -> None:
    for referral in act.session.scalars(select(Referral).where(Referral.intake_id == case.id, Referral.active)):
        line.tell_receiver(act, case, referral, Told(MessageKind.GEGEVENS_VERBETERD))
