"""After the decision: the case goes to its receivers at once, so that the worker has nothing left to send."""

import uuid
from dataclasses import dataclass

from intake.access import policy
from intake.access.act import Act
from intake.access.action import Action
from intake.case import decisions
from intake.referrals.sending.choice import KeepsCase, decided_for, refer_case
from intake.referrals.sending.line import StateConflict, receiver_name
from intake.referrals.sending.send import NoPlace, Sending
from intake.tables.besluit import Besluit, BesluitKind
from intake.tables.intake import Intake
from intake.tables.place import PlacementPurpose
from rules.values import BED_TONIGHT, SHELTERS


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


def refer_as_decided(act: Act, intake_id: uuid.UUID) -> tuple[Sent, ...]:
    """Send the case to the first in line for the traject, and for a bed tonight where that was decided (Wmo 2.3.3).

    What the actor's own organisation does is not sent, who is being asked already is not asked again, and a traject
    that is a bed itself needs no second one for tonight.

    Raises:
        NotFound: no such case, or not for this actor.
    """
    made = decisions.besluiten_of(act.session, intake_id)
    if not made:
        return ()
    case = policy.fetch(act.session, act.actor, Action.SEND_REFERRAL, Intake, intake_id, lock=True)
    sent: list[Sent] = []
    if decisions.newest_of(made, BesluitKind.ROUTE) is not None:
        sent += _send(act, case, made, purpose=PlacementPurpose.TRAJECT)
    if made[0].overbrugging == BED_TONIGHT and not any(one.is_bed for one in sent):
        sent += _send(act, case, made, purpose=PlacementPurpose.OVERBRUGGING)
    return tuple(sent)


def _send(act: Act, case: Intake, made: tuple[Besluit, ...], *, purpose: PlacementPurpose) -> tuple[Sent, ...]:
    try:
        asked = refer_case(act, Sending(case, decided_for(made, purpose), purpose))
    except (KeepsCase, StateConflict):
        return ()
    if isinstance(asked, NoPlace):
        return (Sent(purpose, None, is_bed=False),)
    return (
        Sent(purpose, receiver_name(act.session, asked), is_bed=asked.voorziening in SHELTERS and bool(asked.place_id)),
    )
