"""Emergency access (doorbreken): one worker opens one case without ordinary access, because somebody's life needs it.

Always possible for who works with clients, never quiet: with a reason, for four hours, told to the privacy officer and
on the timeline at once, and in the overview that the client gets. It gives the projection of a receiver, to read only.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from config.clock import Clock
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
from intake.people.messages import message
from intake.people.messages.kind import MessageKind, Told
from intake.people.messages.message import Behind, Subject, To
from intake.tables.account import Membership, Role
from intake.tables.audit import Outcome
from intake.tables.break_glass import BreakGlass
from intake.tables.grant import Grant, GrantKind
from intake.tables.intake import Intake

LIFE = timedelta(hours=4)
SHORTEST_REASON, LONGEST_REASON = 20, 2_000
LONGEST_REFERENCE = 20
GROUND = "AVG art. 6 lid 1 d en art. 9 lid 2 c (vitaal belang)"


class EmergencyRefused(ValueError):
    """It cannot be opened so; `field` names what is wrong, the message is Dutch."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class Emergency:
    """One act of emergency access, opened for who may know of it."""

    row: BreakGlass
    reference: str
    reason: str
    lasts: bool


def count_attempt(session: Session, actor: Actor) -> None:
    """Count an attempt to open a case by its number. Commit before going on.

    Raises:
        TooManyAttempts: five in five minutes; roll back.
    """
    throttle.admit(session, (Limit(f"doorbreken:{actor.account_id}", 5, FIVE_MINUTES),), now=actor.moment)


def break_open(act: Act, *, reference: str, reason: str) -> BreakGlass:
    """Open the case with this number for the actor, for four hours.

    Raises:
        Forbidden: the actor's role does not work with clients.
        EmergencyRefused: no reason, no such number, or the actor may open the case already. Commit: it is in the log.
    """
    policy.require(act.actor, Action.BREAK_GLASS)
    if not SHORTEST_REASON <= len(reason.strip()) <= LONGEST_REASON:
        raise EmergencyRefused("reden", "Schrijf in een paar zinnen waarom dit niet kan wachten.")
    row_security.bind_system(act.session)  # the one door through which another gemeente's case is looked for
    try:
        return _break_open(act, reference.strip(), reason.strip())
    finally:
        row_security.bind(act.session, act.actor)


def emergencies(session: Session, actor: Actor) -> tuple[Emergency, ...]:
    """Every emergency access in the actor's gemeente, newest first, those not yet seen before the others; logged.

    Raises:
        Forbidden: this is not for the actor's role.
    """
    policy.require(actor, Action.WHO_LOOKED)
    order = [BreakGlass.seen_at.is_not(None), BreakGlass.at.desc()]
    rows = policy.fetch_all(session, actor, Action.WHO_LOOKED, BreakGlass, order_by=order, limit=200)
    return tuple(_emergency(session, one, actor.moment) for one in rows)


def of_case(session: Session, case: Intake, moment: datetime) -> tuple[Emergency, ...]:
    """Every emergency access to this case, newest first; the caller has fetched the case."""
    rows = session.scalars(select(BreakGlass).where(BreakGlass.intake_id == case.id).order_by(BreakGlass.at.desc()))
    return tuple(_emergency(session, one, moment) for one in rows)


def mark_seen(act: Act, row_id: uuid.UUID) -> None:
    """The privacy officer has looked at it; a second look changes nothing.

    Raises:
        NotFound: no such act, or not of the actor's gemeente.
        Forbidden: the actor is not the privacy officer.
    """
    row = policy.fetch(act.session, act.actor, Action.WHO_LOOKED, BreakGlass, row_id, lock=True)
    if Role.FG not in act.actor.roles:
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
    row = policy.fetch(act.session, act.actor, Action.WHO_LOOKED, BreakGlass, row_id)
    grant = act.session.get_one(Grant, row.grant_id)
    if grant.withdrawn_at is None:
        grant.withdrawn_at = act.clock.now()
        act.session.flush()
        audit.record(act.session, act.actor, Action.REVIEW_AUDIT, about=row, detail="spoedtoegang_beeindigd")


def _break_open(act: Act, reference: str, reason: str) -> BreakGlass:
    case = act.session.scalars(select(Intake).where(Intake.reference == reference)).one_or_none()
    if case is None:
        audit.record(act.session, act.actor, Action.BREAK_GLASS, Outcome.REFUSED, detail="nummer_onbekend")
        raise EmergencyRefused("nummer", "Er is geen intake met dit nummer. Controleer het nummer op de brief.")
    if policy.can(act.actor, Action.READ_INTAKE, case):
        raise EmergencyRefused("nummer", "U mag deze intake al openen. U vindt die in uw lijst met intakes.")
    made = _opened(act, case, reason)
    rule = f"{Action.BREAK_GLASS}/{min(act.actor.roles)}/{Relation.EMERGENCY}"
    audit.record(act.session, act.actor, Action.BREAK_GLASS, about=case, rule=rule)
    text = "Iemand opende deze intake met spoed (doorbreken), voor vier uur."
    timeline.tell(act, case, kind="doorbreken", text=text)
    _tell_officers(act.session, case, made, act.clock)
    act.session.flush()
    return made


def _opened(act: Act, case: Intake, reason: str) -> BreakGlass:
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
        at=now,
        until=now + LIFE,
    )
    sealing.put(act.session, made, "reason", reason)
    act.session.add(made)
    act.session.flush()
    return made


def _tell_officers(session: Session, case: Intake, made: BreakGlass, clock: Clock) -> None:
    """A message to each privacy officer of the gemeente; to the teamleiders where there is none."""
    told = Told(MessageKind.SPOEDTOEGANG, words={"door": f"{made.naam} ({made.organisatie})"})
    behind = Behind(Subject.SPOEDTOEGANG, made.id, case.reference)
    for role in (Role.FG, Role.TEAMLEIDER):
        today = clock.today()
        held = select(Membership.account_id).where(
            Membership.organisation_id == case.gemeente_id,
            Membership.role == role,
            Membership.van <= today,
            or_(Membership.tot.is_(None), Membership.tot >= today),
        )
        found = set(session.scalars(held))
        for account_id in found:
            message.send(session, told, to=To(case.gemeente_id, account_id), behind=behind, clock=clock)
        if found:
            return


def _emergency(session: Session, row: BreakGlass, moment: datetime) -> Emergency:
    grant = session.get_one(Grant, row.grant_id)
    lasts = grant.withdrawn_at is None and row.until > moment
    case = session.get_one(Intake, row.intake_id)
    return Emergency(row, case.reference, str(sealing.get(session, row, "reason")), lasts)
