"""After the decision: the case goes to its receivers at once, so that the worker has nothing left to send."""

import uuid
from dataclasses import dataclass

from sqlalchemy.orm import Session

from config.clock import Clock
from intake import besluit
from intake.actor import Actor
from intake.candidate import SHELTERS
from intake.referral import KeepsCase, StateConflict, refer
from intake.referral_line import NoPlace, receiver_name
from intake.tables.besluit import BesluitKind
from intake.tables.place import PlacementPurpose

BED_TONIGHT = "tijdelijke_opvang_vandaag"


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of sending the case on for one purpose.

    Attributes:
        purpose: the traject, or a bed for tonight.
        receiver: the name of who was asked; none when nobody had room.
        is_bed: a bed in a shelter was reserved by it.
    """

    purpose: PlacementPurpose
    receiver: str | None
    is_bed: bool


def refer_as_decided(session: Session, actor: Actor, intake_id: uuid.UUID, *, clock: Clock) -> tuple[Sent, ...]:
    """Send the case to the first in line for the traject, and for a bed tonight where that was decided (Wmo 2.3.3).

    What the actor's own organisation does is not sent, who is being asked already is not asked again, and a traject
    that is a bed itself needs no second one for tonight.

    Raises:
        NotFound: no such case, or not for this actor.
    """
    sent: list[Sent] = []
    if besluit.newest(session, intake_id, BesluitKind.ROUTE) is not None:
        sent += _send(session, actor, intake_id, PlacementPurpose.TRAJECT, clock)
    newest = besluit.newest(session, intake_id)
    if newest is not None and newest.overbrugging == BED_TONIGHT and not any(one.is_bed for one in sent):
        sent += _send(session, actor, intake_id, PlacementPurpose.OVERBRUGGING, clock)
    return tuple(sent)


def _send(
    session: Session, actor: Actor, intake_id: uuid.UUID, purpose: PlacementPurpose, clock: Clock
) -> tuple[Sent, ...]:
    try:
        made = refer(session, actor, intake_id, purpose=purpose, clock=clock)
    except (KeepsCase, StateConflict):
        return ()
    if isinstance(made, NoPlace):
        return (Sent(purpose, None, is_bed=False),)
    return (Sent(purpose, receiver_name(session, made), is_bed=made.voorziening in SHELTERS and bool(made.place_id)),)
