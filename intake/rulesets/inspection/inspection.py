"""Looking at a draft of rules after the request: the whole check, the difference in cases, past cases again.

Each takes seconds, so a job does it. An outcome belongs to exactly the texts that were looked at: as soon as the draft,
the rules that it is compared with, the form or the engine changes, it is out of date and is shown to nobody.
"""

import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from config.clock import Clock
from forms import INTAKE_FORM
from intake.access import policy
from intake.access.act import Act
from intake.access.action import Action
from intake.access.actor import system_actor
from intake.access.audit import audit
from intake.advice import in_force
from intake.rulesets.drafts.draft import DraftGone, NotAllowed, account_of, texts_of
from intake.rulesets.inspection.check import CheckReport, read
from intake.rulesets.inspection.replay import (
    Bookmark,
    PlayedAgain,
    begin,
    stored_batch,
    supply_of,
)
from intake.rulesets.inspection.ways import WAYS, Cases, Gathered, Outcome, Subject
from intake.store.outbox import job
from intake.store.outbox.job import SlowWork
from intake.tables.job import JobKind
from intake.tables.ruleset import RulesetDraft, RulesetDraftState
from intake.tables.ruleset_inspection import InspectionKind, RulesetInspection
from rules.values import ENGINE_VERSION

LONG = timedelta(minutes=3)
"""Work that was asked for so long ago and is not done can be asked for again."""
SHAPE = "2"
"""How an outcome is kept; another number puts all outcomes of before out of date."""
HEARD = "op"
"""Beside what an outcome holds: the moment at which the work last wrote something down."""


class Progress(StrEnum):
    """How far it is."""

    NIET_GEVRAAGD = "niet gevraagd"
    VEROUDERD = "verouderd"
    BEZIG = "bezig"
    DUURT_LANG = "duurt lang"
    KLAAR = "klaar"


@dataclass(frozen=True, slots=True)
class Inspection:
    """How one way of looking at a draft stands now; `outcome` only when it is of the texts of now.

    `played` of `in_all`: how many past cases were played so far, while that goes on.
    """

    progress: Progress
    asked_at: datetime | None = None
    done_at: datetime | None = None
    outcome: Outcome | None = None
    played: int = 0
    in_all: int = 0


def ask(act: Act, draft_id: uuid.UUID, kind: InspectionKind) -> None:
    """Ask for a look at the draft as it is now; while that is under way nothing is asked twice.

    Raises:
        NotFound: there is no such draft for this actor.
        DraftGone: it was published or thrown away.
        NotAllowed: its files have faults, so that there is nothing to compare or play.
    """
    draft = policy.fetch(act.session, act.actor, Action.EDIT_RULES, RulesetDraft, draft_id, lock=True)
    if draft.state is not RulesetDraftState.OPEN:
        raise DraftGone(f"Dit concept is {draft.state}. Er kan niets meer in veranderen.")
    subject = subject_of(act.session, draft, kind, clock=act.clock)
    if kind is not InspectionKind.CONTROLE and read(subject.bundle)[0] is None:
        raise NotAllowed("Er zitten nog fouten in de bestanden. Verbeter die eerst.")
    row = _row(act.session, draft_id, kind)
    if row is not None and _progress(row, subject, act.clock) is Progress.BEZIG:
        return
    if row is None:
        row = RulesetInspection(id=uuid.uuid4(), draft_id=draft_id, kind=kind)
        act.session.add(row)
    row.digest, row.asked_at, row.asked_by = subject.digest, act.clock.now(), account_of(act.actor)
    row.done_at, row.outcome = None, None
    act.session.flush()
    _ask_job(act.session, row, act.clock)
    audit.record(act.session, act.actor, Action.EDIT_RULES, about=draft, detail=f"nagaan={kind}")


def look(act: Act, draft_id: uuid.UUID, kind: InspectionKind) -> Inspection:
    """How far it is, with the outcome when that is of the draft as it is now.

    Raises:
        NotFound: there is no such draft for this actor.
    """
    draft = policy.fetch(act.session, act.actor, Action.EDIT_RULES, RulesetDraft, draft_id)
    return standing(act.session, draft, kind, clock=act.clock)


def standing(session: Session, draft: RulesetDraft, kind: InspectionKind, *, clock: Clock) -> Inspection:
    """As `look`, for a draft that the caller already has."""
    row = _row(session, draft.id, kind)
    if row is None:
        return Inspection(Progress.NIET_GEVRAAGD)
    progress = _progress(row, subject_of(session, draft, kind, clock=clock), clock)
    if progress is Progress.BEZIG and (so_far := _so_far(row)) is not None:
        return Inspection(progress, row.asked_at, played=so_far.found.cases, in_all=so_far.in_all)
    outcome = WAYS[kind].read(row.outcome) if progress is Progress.KLAAR and row.outcome is not None else None
    return Inspection(progress, row.asked_at, row.done_at, outcome)


def check_of(session: Session, draft: RulesetDraft, *, clock: Clock) -> CheckReport | None:
    """What the whole check found of the draft as it is now; none when it was not looked at since it changed."""
    found = standing(session, draft, InspectionKind.CONTROLE, clock=clock).outcome
    return found if isinstance(found, CheckReport) else None


def subject_of(session: Session, draft: RulesetDraft, kind: InspectionKind, *, clock: Clock) -> Subject:
    """What a look of this kind is at, today."""
    bundle = texts_of(session, draft, clock)
    against = None
    if kind is not InspectionKind.CONTROLE:
        against = in_force.bundle_in_force(session, draft.regio, clock.today())
    parts = (kind, bundle.digest, against.digest if against else "", INTAKE_FORM.version, ENGINE_VERSION, SHAPE)
    return Subject(bundle, against, f"sha256:{hashlib.sha256('|'.join(parts).encode()).hexdigest()}")


def _row(session: Session, draft_id: uuid.UUID, kind: InspectionKind) -> RulesetInspection | None:
    query = select(RulesetInspection).where(RulesetInspection.draft_id == draft_id, RulesetInspection.kind == kind)
    return session.scalars(query).one_or_none()


def _progress(row: RulesetInspection, subject: Subject, clock: Clock) -> Progress:
    if row.digest != subject.digest:
        return Progress.VEROUDERD
    if row.done_at is not None:
        return Progress.KLAAR
    heard = datetime.fromisoformat(row.outcome[HEARD]) if row.outcome else row.asked_at
    return Progress.DUURT_LANG if clock.now() - heard > LONG else Progress.BEZIG


def _so_far(row: RulesetInspection) -> PlayedAgain | None:
    """What came of the batches before, while past cases are played."""
    return PlayedAgain.from_dict(row.outcome) if row.done_at is None and row.outcome is not None else None


def _ask_job(session: Session, row: RulesetInspection, clock: Clock) -> None:
    job.ask(session, job.NewJob(JobKind.REGELS_NAGAAN, {"inspection_id": str(row.id)}), clock=clock)


def _gather(session: Session, payload: Mapping[str, Any], clock: Clock) -> Gathered | None:
    """What the work needs; nothing when the draft was changed or closed meanwhile, or it is done already."""
    row = session.get(RulesetInspection, uuid.UUID(payload["inspection_id"]))
    if row is None or row.done_at is not None:
        return None
    draft = session.get_one(RulesetDraft, row.draft_id)
    subject = subject_of(session, draft, row.kind, clock=clock)
    if draft.state is not RulesetDraftState.OPEN or subject.digest != row.digest:
        return None
    return Gathered(row.id, row.kind, subject, _cases(session, row) if row.kind is InspectionKind.NASPELEN else None)


def _cases(session: Session, row: RulesetInspection) -> Cases:
    """The batch that comes next; the cases that came in since the first are left out."""
    so_far = _so_far(row) or begin(session)
    return Cases(stored_batch(session, so_far.bookmark), so_far, supply_of(session))


def _do(gathered: Gathered) -> dict[str, Any]:
    return WAYS[gathered.kind].do(gathered)


def _keep(session: Session, gathered: Gathered, outcome: dict[str, Any], clock: Clock) -> None:
    """Write the outcome down, unless something else was asked for meanwhile; go on when cases are left to play."""
    row = session.get(RulesetInspection, gathered.inspection_id, with_for_update=True)
    if row is None or row.digest != gathered.subject.digest or row.done_at is not None:
        return
    before = gathered.cases.so_far.bookmark if gathered.cases else None
    if _bookmark(row) != before:
        return
    row.outcome = {**outcome, HEARD: clock.now().isoformat()}
    if outcome.get("verder") is not None:
        _ask_job(session, row, clock)
        return
    row.done_at = clock.now()
    draft = session.get_one(RulesetDraft, row.draft_id)
    counted = outcome["telling"][0] if gathered.cases else 0
    detail = f"nagegaan={row.kind} intakes={counted}"
    audit.record(session, system_actor(clock.now()), Action.RUN_JOB, about=draft, detail=detail)


def _bookmark(row: RulesetInspection) -> Bookmark | None:
    """Where the playing of cases has come; another job may have taken it over."""
    so_far = _so_far(row)
    return so_far.bookmark if so_far else None


INSPECTION_WORK = SlowWork(_gather, _do, _keep)
"""Looking at a draft as a job: no transaction is open meanwhile."""
