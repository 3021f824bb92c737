"""What hangs under the besluit of a traject, and what becomes of it when a new one is taken.

Who was asked and did not answer is asked no more. Who gave a place is asked to release it, and keeps the client until
then. A bed for tonight, and every letter, stays.
"""

import hashlib
import uuid
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.access import audit
from intake.access.act import Act
from intake.access.action import Action
from intake.access.actor import Actor
from intake.case import decisions, standing, timeline
from intake.people.messages import wording
from intake.people.messages.kind import MessageKind, Told
from intake.referrals.sending import line
from intake.referrals.sending.steps import ACTIVE, PREPARED, Side, Step
from intake.tables.besluit import Besluit, BesluitKind
from intake.tables.intake import Intake
from intake.tables.place import Place, Placement, PlacementPurpose, PlacementState
from intake.tables.referral import Referral, ReferralState


@dataclass(frozen=True, slots=True)
class Hung:
    """One referral under the besluit, with the name of the receiver and, when it gave one, of its place."""

    referral: Referral
    receiver: str
    plek: str = ""


@dataclass(frozen=True, slots=True)
class Hanging:
    """What a new besluit about the traject deals with.

    Attributes:
        before: the besluit that it replaces; none when this is the first, and then nothing hangs.
        unanswered: is withdrawn.
        placed: is asked to release the place.
        beds: stays as it is: a bed for tonight, asked or agreed.
    """

    before: Besluit | None = None
    unanswered: tuple[Hung, ...] = ()
    placed: tuple[Hung, ...] = ()
    beds: tuple[Hung, ...] = ()

    @property
    def token(self) -> str:
        """Stands for what would be withdrawn and released, so that a page can tell what it showed."""
        named = [f"{one.referral.id}:{one.referral.version}" for one in (*self.unanswered, *self.placed)]
        return hashlib.sha256(" ".join(sorted(named)).encode()).hexdigest()[:16]


def hanging(session: Session, actor: Actor, intake_id: uuid.UUID) -> Hanging:
    """What a new besluit of this actor would deal with; the caller has fetched the case.

    Who was asked and decides now, is not taken off the case by that.
    """
    before = decisions.newest(session, intake_id, BesluitKind.ROUTE)
    if before is None:
        return Hanging()
    occupied = _occupied(session, intake_id)
    living = _living(session, intake_id)
    rows = [Hung(one, line.receiver_name(session, one), occupied.get(one.id, "")) for one in living]
    traject = [one for one in rows if one.referral.purpose == PlacementPurpose.TRAJECT]
    return Hanging(
        before=before,
        unanswered=tuple(
            one for one in traject if one.referral.active and one.referral.receiver_id not in actor.addressed_as
        ),
        placed=tuple(one for one in traject if one.plek),
        beds=tuple(one for one in rows if one not in traject and (one.referral.active or one.plek)),
    )


def succeed(act: Act, case: Intake, hung: Hanging) -> None:
    """Deal with what hung under the besluit before; the caller has recorded the new one."""
    for one in hung.unanswered:
        _take_back(act, case, one)
    for one in hung.placed:
        _tell(act, case, one.referral, Told(MessageKind.NIEUW_BESLUIT_PLEK, one.referral.receiver_id))
        line.tell_receiver(act, case, one.referral, Told(MessageKind.GEEF_PLEK_VRIJ, words={"plek": one.plek}))
    standing.settle(act.session, case)


def _take_back(act: Act, case: Intake, hung: Hung) -> None:
    """The receiver hears it, save of a proposal that was never sent; so does another who had sent it."""
    referral, was_sent = hung.referral, hung.referral.state not in PREPARED
    line.move(referral, Step.INTREKKEN, Side.VERZENDER)
    act.session.flush()
    audit.record(act.session, act.actor, Action.WITHDRAW_REFERRAL, about=referral)
    _tell(act, case, referral, Told(MessageKind.NIEUW_BESLUIT_VERWIJZING, referral.receiver_id))
    if was_sent:
        line.tell_receiver(act, case, referral, Told(MessageKind.NIEUW_BESLUIT_INGETROKKEN))
    line.let_go(act, referral)


def _tell(act: Act, case: Intake, referral: Referral, told: Told) -> None:
    """A line on the timeline, and a message to who sent the referral when another decides now."""
    timeline.tell_of_referral(act, case, referral.id, text=wording.sentence(act.session, told))
    if act.actor.organisation_id != referral.organisation_id:
        line.tell_sender(act, case, referral, told)


def _living(session: Session, intake_id: uuid.UUID) -> list[Referral]:
    """The referrals that wait for an answer or got a yes, first to last."""
    states = (*ACTIVE, ReferralState.GEACCEPTEERD)
    query = select(Referral).where(Referral.intake_id == intake_id, Referral.state.in_(states))
    return list(session.scalars(query.order_by(Referral.sent_at, Referral.id)))


def _occupied(session: Session, intake_id: uuid.UUID) -> dict[uuid.UUID, str]:
    """The name of the place that the client has now, by the referral that gave it."""
    query = select(Placement.referral_id, Place.naam).join(Place, Place.id == Placement.place_id)
    held = query.where(Placement.intake_id == intake_id, Placement.state == PlacementState.BEZET)
    return {row[0]: row[1] for row in session.execute(held)}
