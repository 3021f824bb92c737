"""Marking a case: its processing is restricted (AVG art. 18), or the client is somebody whom many people know.

A restricted case is kept and hardly used (`intake.access.restriction`). Everybody with whom it was shared is told, when
it begins and when it ends (art. 19); the client is told before it ends (art. 18 lid 3).
"""

import uuid
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from intake.access import policy, restriction
from intake.access.act import Act
from intake.access.action import Action
from intake.access.actor import system_actor
from intake.access.audit import audit
from intake.access.grant import is_alive
from intake.case import timeline
from intake.dossier import urgency
from intake.keys import sealing
from intake.people.messages import message
from intake.people.messages.kind import MessageKind, Told
from intake.people.messages.message import Behind, Subject, To
from intake.tables.grant import Grant
from intake.tables.intake import Intake
from intake.tables.mark import CaseMark, MarkKind, RestrictedCase

LONGEST_REASON = 2_000
NAMES = {MarkKind.BEPERKT: "Beperkt", MarkKind.BEKEND: "Bekend persoon"}


class Verb(Protocol):
    """`put` and `lift`, as the page calls them."""

    def __call__(  # noqa: D102
        self, act: Act, intake_id: uuid.UUID, kind: MarkKind, /, *, reason: str
    ) -> object: ...


class MarkRefused(ValueError):
    """The mark is there already, is not there, or no reason was given; the message is Dutch."""


@dataclass(frozen=True, slots=True)
class Marked:
    """One mark, opened: why it was set, and why it ended."""

    row: CaseMark
    reason: str
    end_reason: str


def put(act: Act, intake_id: uuid.UUID, kind: MarkKind, *, reason: str) -> CaseMark:
    """Mark the case from now on.

    Raises:
        NotFound: no such case, or not for this actor.
        MarkRefused: it has this mark already, or no reason was given.
    """
    case = policy.fetch(act.session, act.actor, Action.RESTRICT_FILE, Intake, intake_id, lock=True)
    _check(reason)
    if _living(act.session, case, kind) is not None:
        raise MarkRefused("Dit merkteken staat er al.")
    assert act.actor.account_id is not None
    made = CaseMark(
        id=uuid.uuid4(),
        gemeente_id=case.gemeente_id,
        intake_id=case.id,
        kind=kind,
        since=act.clock.now(),
        by=act.actor.account_id,
        naam=act.actor.naam,
    )
    sealing.put(act.session, made, "reason", reason.strip())
    act.session.add(made)
    if kind is MarkKind.BEPERKT:
        act.session.add(RestrictedCase(gemeente_id=case.gemeente_id, intake_id=case.id))
        _tell(act, case, Told(MessageKind.BEPERKT))
        timeline.tell(act, case, kind="beperkt", text="Het gebruik van dit dossier is beperkt.")
    act.session.flush()
    restriction.forget(act.session)
    audit.record(act.session, act.actor, Action.RESTRICT_FILE, about=made, detail=f"begonnen merkteken={kind}")
    return made


def lift(act: Act, intake_id: uuid.UUID, kind: MarkKind, *, reason: str) -> None:
    """The mark ends now; what the rules say today of a case that was restricted is asked at once.

    Raises:
        NotFound: no such case, or not for this actor.
        MarkRefused: it does not have this mark, or no reason was given.
    """
    case = policy.fetch(act.session, act.actor, Action.RESTRICT_FILE, Intake, intake_id, lock=True)
    _check(reason)
    found = _living(act.session, case, kind)
    if found is None:
        raise MarkRefused("Dit merkteken staat er niet (meer).")
    sealing.put(act.session, found, "end_reason", reason.strip())
    found.ended_at, found.ended_by, found.ended_name = act.clock.now(), act.actor.account_id, act.actor.naam
    audit.record(act.session, act.actor, Action.RESTRICT_FILE, about=found, detail=f"beeindigd merkteken={kind}")
    if kind is not MarkKind.BEPERKT:
        return
    act.session.execute(delete(RestrictedCase).where(RestrictedCase.intake_id == case.id))
    act.session.flush()
    restriction.forget(act.session)
    _tell(act, case, Told(MessageKind.NIET_MEER_BEPERKT))
    timeline.tell(act, case, kind="beperkt", text="Dit dossier mag weer gebruikt worden.")
    if case.state not in urgency.DONE:
        urgency.readvise(Act(act.session, system_actor(act.clock.now()), act.clock), case.id)


def marks_of(session: Session, case: Intake) -> tuple[Marked, ...]:
    """The marks that the case has and had, newest first; the caller has fetched the case."""
    rows = session.scalars(select(CaseMark).where(CaseMark.intake_id == case.id).order_by(CaseMark.since.desc()))
    return tuple(
        Marked(row, str(sealing.get(session, row, "reason")), str(sealing.get(session, row, "end_reason") or ""))
        for row in rows
    )


def _check(reason: str) -> None:
    """Raises MarkRefused without a reason."""
    if not reason.strip():
        raise MarkRefused("Schrijf op waarom.")
    if len(reason) > LONGEST_REASON:
        raise MarkRefused(f"De reden is te lang. Schrijf ten hoogste {LONGEST_REASON} tekens.")


def _living(session: Session, case: Intake, kind: MarkKind) -> CaseMark | None:
    query = select(CaseMark).where(CaseMark.intake_id == case.id, CaseMark.kind == kind, CaseMark.ended_at.is_(None))
    return session.scalars(query).one_or_none()


def _tell(act: Act, case: Intake, told: Told) -> None:
    """The worker of the case, and every organisation that may look at it; without number or name."""
    shared = select(Grant.organisation_id).where(Grant.zaak_id == case.id, is_alive(act.actor.moment))
    to: list[tuple[uuid.UUID, uuid.UUID | None]] = [(one, None) for one in sorted(set(act.session.scalars(shared)))]
    for organisation, account in ((case.organisation_id, case.worker_id), *to):
        if account != act.actor.account_id or account is None:
            behind = Behind(Subject.BEPERKT, case.id)
            message.send(act.session, told, to=To(organisation, account), behind=behind, clock=act.clock)
