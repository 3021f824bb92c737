"""Emergency access (doorbreken): one worker opens one case without ordinary access, because somebody's life needs it.

Always possible for who works with clients, never quiet: with a reason, for four hours, told at once to a person who is
there (`recipients`) and to the worker of the case, on the timeline, and in the overview that the client gets. It gives
what an emergency needs, to read only (`intake.dossier.dossier`).
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from intake.access import policy, row_security
from intake.access.act import Act
from intake.access.action import Action
from intake.access.actor import Actor
from intake.access.audit import audit
from intake.access.rules import Relation
from intake.case import timeline
from intake.keys import sealing
from intake.login.attempts import throttle
from intake.login.attempts.throttle import FIVE_MINUTES, Limit
from intake.rights.emergency import recipients
from intake.rights.emergency.why import EmergencyRefused, Why, said
from intake.tables.account import Role
from intake.tables.audit import Outcome
from intake.tables.break_glass import BreakGlass, EmergencyReason
from intake.tables.grant import Grant, GrantKind
from intake.tables.intake import Intake
from intake.tables.organisation import OrganisationKind

LIFE = timedelta(hours=4)
LONGEST_REFERENCE = 20
MOST_SHOWN = 200
GROUND = "AVG art. 6 lid 1 d en art. 9 lid 2 c (vitaal belang)"


@dataclass(frozen=True, slots=True)
class Emergency:
    """One act of emergency access, opened for who may know of it; `mine`: it waits until this person has seen it."""

    row: BreakGlass
    reference: str
    kind: str
    reason: str
    lasts: bool
    mine: bool


def count_attempt(session: Session, actor: Actor) -> None:
    """Count an attempt to open a case by its number. Commit before going on.

    Raises:
        TooManyAttempts: five in five minutes; roll back.
    """
    throttle.admit(session, (Limit(f"doorbreken:{actor.account_id}", 5, FIVE_MINUTES),), now=actor.moment)


def break_open(act: Act, *, reference: str, why: Why) -> BreakGlass:
    """Open the case with this number for the actor, for four hours.

    Raises:
        Forbidden: the actor's role does not work with clients.
        EmergencyRefused: no reason, no such number, or the actor may open the case already. Commit: it is in the log.
    """
    policy.require(act.actor, Action.BREAK_GLASS)
    kind, words = why.checked()
    row_security.bind_system(act.session)  # the one door through which another gemeente's case is looked for
    try:
        return _break_open(act, reference.strip(), kind, words)
    finally:
        row_security.bind(act.session, act.actor)


def emergencies(session: Session, actor: Actor) -> tuple[Emergency, ...]:
    """Every emergency access in the actor's gemeente, newest first, those not yet seen before the others; logged.

    For the region's officer: those of which she was told, since nobody nearer was there or had looked.

    Raises:
        Forbidden: this is not for the actor's role.
    """
    policy.require(actor, Action.WHO_LOOKED)
    order: list[ColumnElement[Any]] = [BreakGlass.seen_at.is_not(None), BreakGlass.at.desc()]
    if actor.organisation_kind is OrganisationKind.REGIO and actor.account_id is not None:
        told = recipients.told_of(session, actor.account_id)
        with row_security.across_tenants(session):
            query = select(BreakGlass).where(BreakGlass.id.in_(told)).order_by(*order).limit(MOST_SHOWN)
            return tuple(_emergency(session, one, actor) for one in session.scalars(query))
    rows = policy.fetch_all(session, actor, Action.WHO_LOOKED, BreakGlass, order_by=order, limit=MOST_SHOWN)
    return tuple(_emergency(session, one, actor) for one in rows)


def of_case(session: Session, case: Intake, actor: Actor) -> tuple[Emergency, ...]:
    """Every emergency access to this case, newest first; the caller has fetched the case."""
    rows = session.scalars(select(BreakGlass).where(BreakGlass.intake_id == case.id).order_by(BreakGlass.at.desc()))
    return tuple(_emergency(session, one, actor) for one in rows)


def mark_seen(act: Act, row_id: uuid.UUID) -> None:
    """Whoever was told has looked at it; a second look changes nothing.

    Raises:
        NotFound: no such act, or not of the actor's gemeente.
        Forbidden: the actor was not told of it, and is not the privacy officer.
    """
    with _reached(act, row_id) as row:
        if not _may_confirm(act.session, act.actor, row):
            raise policy.Forbidden(audit.refused(act.actor, Action.WHO_LOOKED))
        if row.seen_at is None:
            row.seen_at, row.seen_by = act.clock.now(), act.actor.account_id
            act.session.flush()
            audit.record(act.session, act.actor, Action.REVIEW_AUDIT, about=row, detail="spoedtoegang_gezien")


def end(act: Act, row_id: uuid.UUID) -> None:
    """The emergency access ends now.

    Raises:
        NotFound: no such act, or not of the actor's gemeente.
    """
    with _reached(act, row_id) as row:
        grant = act.session.get_one(Grant, row.grant_id)
        if grant.withdrawn_at is None:
            grant.withdrawn_at = act.clock.now()
            act.session.flush()
            audit.record(act.session, act.actor, Action.REVIEW_AUDIT, about=row, detail="spoedtoegang_beeindigd")


@contextmanager
def _reached(act: Act, row_id: uuid.UUID) -> Iterator[BreakGlass]:
    """The act, of the own gemeente; for the region's officer one of which she was told."""
    actor = act.actor
    if actor.organisation_kind is OrganisationKind.REGIO and recipients.was_told(act.session, actor.account_id, row_id):
        policy.require(actor, Action.WHO_LOOKED)
        with row_security.across_tenants(act.session):
            yield act.session.get_one(BreakGlass, row_id)
        return
    yield policy.fetch(act.session, actor, Action.WHO_LOOKED, BreakGlass, row_id, lock=True)


def _may_confirm(session: Session, actor: Actor, row: BreakGlass) -> bool:
    return Role.FG in actor.roles or recipients.was_told(session, actor.account_id, row.id)


def _break_open(act: Act, reference: str, kind: EmergencyReason, words: str) -> BreakGlass:
    case = act.session.scalars(select(Intake).where(Intake.reference == reference)).one_or_none()
    if case is None:
        audit.record(act.session, act.actor, Action.BREAK_GLASS, Outcome.REFUSED, detail="nummer_onbekend")
        raise EmergencyRefused("nummer", "Er is geen intake met dit nummer. Controleer het nummer op de brief.")
    if policy.can(act.actor, Action.READ_INTAKE, case):
        raise EmergencyRefused("nummer", "U mag deze intake al openen. U vindt die in uw lijst met intakes.")
    made = _opened(act, case, kind, words)
    rule = f"{Action.BREAK_GLASS}/{min(act.actor.roles)}/{Relation.EMERGENCY}"
    audit.record(act.session, act.actor, Action.BREAK_GLASS, about=case, rule=rule)
    text = "Iemand opende deze intake met spoed (doorbreken), voor vier uur."
    timeline.tell(act, case, kind="doorbreken", text=text)
    recipients.tell(act.session, made, clock=act.clock)
    act.session.flush()
    return made


def _opened(act: Act, case: Intake, kind: EmergencyReason, words: str) -> BreakGlass:
    assert act.actor.organisation_id is not None
    assert act.actor.account_id is not None
    assert act.actor.organisation_kind is not None
    now = act.clock.now()
    grant = Grant(
        id=uuid.uuid4(),
        gemeente_id=case.gemeente_id,
        zaak_id=case.id,
        organisation_id=act.actor.organisation_id,
        account_id=act.actor.account_id,
        kind=GrantKind.DOORBREKEN,
        ontvanger=act.actor.organisation_kind.value,
        grondslag=GROUND,
        valid_from=now,
        valid_until=now + LIFE,
        given_by=act.actor.account_id,
    )
    act.session.add(grant)
    act.session.flush()
    made = BreakGlass(
        id=uuid.uuid4(),
        gemeente_id=case.gemeente_id,
        intake_id=case.id,
        grant_id=grant.id,
        account_id=act.actor.account_id,
        naam=act.actor.naam,
        functie=act.actor.functie,
        organisatie=act.actor.organisation_naam,
        kind=kind,
        at=now,
        until=now + LIFE,
    )
    sealing.put(act.session, made, "reason", words)
    act.session.add(made)
    act.session.flush()
    return made


def _emergency(session: Session, row: BreakGlass, actor: Actor) -> Emergency:
    grant, case = session.get_one(Grant, row.grant_id), session.get_one(Intake, row.intake_id)
    return Emergency(
        row=row,
        reference=case.reference,
        kind=said(row.kind),
        reason=str(sealing.get(session, row, "reason")),
        lasts=grant.withdrawn_at is None and row.until > actor.moment,
        mine=row.seen_at is None and _may_confirm(session, actor, row),
    )
