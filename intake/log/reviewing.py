"""Reviewing the audit log of a gemeente: reading it, what stands out in it, and the proof that somebody looked.

Regular, systematic, aimed at risk (AP, HagaZiekenhuis and OLVG): at least once in 31 days. Reading is itself logged.
"""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from config.clock import AMSTERDAM, Clock
from intake.access import policy
from intake.access.act import Act
from intake.access.action import Action
from intake.access.actor import Actor
from intake.access.audit import audit
from intake.keys import sealing
from intake.log.signals.signal import Signal, signals_in
from intake.tables.audit import AuditCode, AuditEvent, AuditHead, Outcome
from intake.tables.intake import Intake
from intake.tables.log_review import Finding, LogReview

EVERY = timedelta(days=31)
PAGE_SIZE = 50
LONGEST_NOTE = 2_000


class ReviewIncomplete(ValueError):
    """Something is missing from the review; the message is Dutch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """What somebody says of the log up to and including row `until_seq`, with so many signals shown beside it."""

    until_seq: int
    finding: Finding
    note: str
    signals_shown: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LogQuery:
    """What to show of the log; empty means all of it. `person` is part of a name, `reference` of a case."""

    since: date | None = None
    until: date | None = None
    person: str = ""
    reference: str = ""
    code: AuditCode | None = None
    outcome: Outcome | None = None
    emergency: bool = False


@dataclass(frozen=True, slots=True)
class LogPage:
    """One page of the log, newest first. `references` names the cases by id."""

    rows: tuple[AuditEvent, ...]
    references: dict[uuid.UUID, str]
    page: int
    pages: int
    total: int


@dataclass(frozen=True, slots=True)
class ReviewState:
    """Where the review of one log stands.

    Attributes:
        last: the last review, if there ever was one.
        from_seq: the first row that was not reviewed.
        until_seq: the last row there is now.
        overdue: whether rows wait for longer than 31 days.
    """

    last: LogReview | None
    from_seq: int
    until_seq: int
    overdue: bool


def read_log(session: Session, actor: Actor, query: LogQuery, *, page: int = 1) -> LogPage:
    """A page of the log of the actor's gemeente; that it was read is in the log.

    Raises:
        Forbidden: the log is not for this role.
    """
    policy.require(actor, Action.READ_AUDIT)
    where = [policy.scope(actor, Action.READ_AUDIT, AuditEvent), *_conditions(session, query)]
    total = session.scalar(select(func.count()).select_from(AuditEvent).where(*where)) or 0
    pages = max(1, -(-total // PAGE_SIZE))
    number = min(max(1, page), pages)
    newest = select(AuditEvent).where(*where).order_by(AuditEvent.at.desc(), AuditEvent.seq.desc())
    rows = tuple(session.scalars(newest.limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE)))
    audit.record(session, actor, Action.READ_AUDIT, detail=f"regels={len(rows)} bladzijde={number}")
    return LogPage(rows, references(session, {row.subject_id for row in rows if row.subject_id}), number, pages, total)


def state(act: Act) -> ReviewState:
    """Where the review of the log of the actor's gemeente stands.

    Raises:
        Forbidden: the log is not for this role, or the actor works for no gemeente.
    """
    return state_of(act.session, _log(act.actor, Action.READ_AUDIT), clock=act.clock)


def is_overdue(act: Act) -> bool:
    """Whether the log that the actor must review waits for longer than 31 days; False for who reviews none."""
    mine = act.actor.log_id if policy.may(act.actor, Action.REVIEW_AUDIT) else None
    return mine is not None and state_of(act.session, mine, clock=act.clock).overdue


def state_of(session: Session, gemeente_id: uuid.UUID, *, clock: Clock) -> ReviewState:
    """As `state`, for the daily reminder."""
    query = select(LogReview).where(LogReview.gemeente_id == gemeente_id).order_by(LogReview.until_seq.desc()).limit(1)
    last = session.scalars(query).first()
    from_seq = last.until_seq + 1 if last else 1
    head = session.get(AuditHead, gemeente_id)
    waiting = select(AuditEvent.at).where(AuditEvent.chain_id == gemeente_id, AuditEvent.seq == from_seq)
    oldest = session.scalar(waiting)
    overdue = oldest is not None and clock.now() - oldest > EVERY
    return ReviewState(last, from_seq, head.seq if head else 0, overdue)


def find_signals(act: Act) -> tuple[Signal, ...]:
    """What stands out in the rows that were not reviewed yet; that somebody looked is in the log.

    Raises:
        Forbidden: the log is not for this role, or the actor works for no gemeente.
    """
    tenant = _log(act.actor, Action.READ_AUDIT)
    found = signals_in(act.session, tenant, from_seq=state(act).from_seq)
    audit.record(act.session, act.actor, Action.READ_AUDIT, detail=f"signalen={len(found)}")
    return found


def review(act: Act, told: Reviewed) -> LogReview:
    """Record that the actor looked through the log, and what came of it.

    Raises:
        Forbidden: reviewing is not for this role, or the actor works for no gemeente.
        ReviewIncomplete: nothing new to review, or no word about what stood out.
    """
    tenant = _log(act.actor, Action.REVIEW_AUDIT)
    now = state_of(act.session, tenant, clock=act.clock)
    if not now.from_seq <= told.until_seq <= now.until_seq:
        raise ReviewIncomplete("Er zijn geen nieuwe regels om te beoordelen, of een collega was u voor.")
    if told.finding is not Finding.NIETS_BIJZONDERS and not told.note.strip():
        raise ReviewIncomplete("Schrijf op wat u zag en wat u ermee doet.")
    if len(told.note) > LONGEST_NOTE:
        raise ReviewIncomplete(f"De toelichting is te lang. Schrijf ten hoogste {LONGEST_NOTE} tekens.")
    assert act.actor.account_id is not None
    made = LogReview(
        id=uuid.uuid4(),
        gemeente_id=tenant,
        from_seq=now.from_seq,
        until_seq=told.until_seq,
        signals=told.signals_shown,
        finding=told.finding,
        account_id=act.actor.account_id,
        naam=act.actor.naam,
        reviewed_at=act.clock.now(),
    )
    if told.note.strip():
        sealing.put(act.session, made, "note", told.note.strip())
    act.session.add(made)
    act.session.flush()
    detail = f"tot_regel={told.until_seq} uitkomst={told.finding}"
    audit.record(act.session, act.actor, Action.REVIEW_AUDIT, about=made, detail=detail)
    return made


def reviews(session: Session, actor: Actor) -> tuple[tuple[LogReview, str], ...]:
    """The reviews of the log of the actor's gemeente with their notes, newest first.

    Raises:
        Forbidden: the log is not for this role.
    """
    policy.require(actor, Action.READ_AUDIT)
    query = select(LogReview).where(policy.scope(actor, Action.READ_AUDIT, LogReview))
    found = session.scalars(query.order_by(LogReview.until_seq.desc()).limit(PAGE_SIZE))
    return tuple((one, sealing.get(session, one, "note") or "") for one in found)


def references(session: Session, subjects: set[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The references of cases by id; what was destroyed or is a draft has none."""
    found = session.execute(select(Intake.id, Intake.reference).where(Intake.id.in_(subjects)))
    return {row.id: row.reference for row in found}


def _conditions(session: Session, query: LogQuery) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if query.since:
        found.append(AuditEvent.at >= datetime.combine(query.since, time.min, AMSTERDAM))
    if query.until:
        found.append(AuditEvent.at < datetime.combine(query.until + timedelta(days=1), time.min, AMSTERDAM))
    if query.person:
        found.append(AuditEvent.user_name.icontains(query.person, autoescape=True))
    if query.reference:
        case_id = session.scalar(select(Intake.id).where(Intake.reference == query.reference))
        found.append(AuditEvent.subject_id == (case_id or uuid.UUID(int=0)))
    if query.code:
        found.append(AuditEvent.code == query.code)
    if query.outcome:
        found.append(AuditEvent.outcome == query.outcome)
    if query.emergency:
        found.append(AuditEvent.emergency.is_(True))
    return found


def _log(actor: Actor, action: Action) -> uuid.UUID:
    """Whose log the actor keeps or reads: that of the own gemeente, or, for the region, the one of no gemeente."""
    policy.require(actor, action)
    log = actor.log_id
    if log is None or not policy.can(actor, action, LogReview(id=uuid.uuid4(), gemeente_id=log)):
        raise policy.Forbidden(audit.refused(actor, action))
    return log
