"""What every step of a referral does: taken by the table, told to both sides, opened and closed to the receiver.

The callers (`intake.referrals.answering.answer`, `intake.referrals.sending.send`,
`intake.referrals.transfers.transfer`) have asked the policy.
"""

import uuid
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from config.clock import Clock
from intake.access import grant
from intake.access.act import Act
from intake.access.action import Action
from intake.access.actor import Actor
from intake.access.audit import audit
from intake.case import standing, timeline
from intake.people.messages import message, wording
from intake.people.messages.kind import Told
from intake.people.messages.message import Behind, Subject, To
from intake.places import place
from intake.referrals.sending.steps import ACTIVE, FIRST, MEANINGS, Side, Step, transition
from intake.tables.grant import GrantKind
from intake.tables.intake import Intake
from intake.tables.organisation import Organisation
from intake.tables.place import PlacementPurpose
from intake.tables.referral import Referral, ReferralState

GROUND = "Wmo 2015 art. 5.2.1"


class StateConflict(RuntimeError):
    """This step cannot be taken any more; the message says how things stand and what comes next."""

    def __init__(self, referral: Referral) -> None:
        by = f" (door {referral.answered_name})" if referral.answered_name else ""
        super().__init__(f"Deze verwijzing is intussen {MEANINGS[referral.state]}{by}.")
        self.state = referral.state


def waiting(session: Session, intake_id: uuid.UUID, purpose: PlacementPurpose) -> Referral | None:
    """The referral of the case that awaits an answer, for this purpose."""
    query = select(Referral).where(Referral.intake_id == intake_id, Referral.purpose == purpose.value, Referral.active)
    return session.scalars(query).one_or_none()


def open_to_receiver(session: Session, actor: Actor, referral: Referral) -> None:
    """From now the receiver reads what the form marks as meant for its kind."""
    receiver = session.get_one(Organisation, referral.receiver_id)
    grant.give(
        session,
        actor,
        grant.NewGrant(
            gemeente_id=referral.gemeente_id,
            zaak_id=referral.intake_id,
            to=receiver.id,
            kind=GrantKind.VERWIJZING,
            ontvanger=receiver.kind.value,
            grondslag=GROUND,
        ),
    )


def begin(referral: Referral) -> Referral:
    """The same, at the first state of its kind: the one beginning of every referral."""
    referral.state, referral.active, referral.version = FIRST[referral.kind], True, 1
    return referral


def move(referral: Referral, step: Step, side: Side) -> None:
    """Take a step of the table.

    Raises:
        StateConflict: the table does not know it from the present state.
    """
    row = transition(referral.kind, referral.state, step, side)
    if row is None:
        raise StateConflict(referral)
    referral.state, referral.active = row.after, row.after in ACTIVE
    referral.version += 1


def answered(referral: Referral, actor: Actor, clock: Clock) -> None:
    """Who answered, by name, and when."""
    signed = replace(actor.signature, functie="")
    referral.answered_by, referral.answered_at, referral.answered_name = signed.account_id, clock.now(), signed.name


def let_go(act: Act, referral: Referral) -> None:
    """What ends with a referral: its place is free, the receiver no longer looks at the case."""
    place.give_back(act.session, referral, clock=act.clock)
    act.session.flush()
    others = select(Referral.id).where(
        Referral.intake_id == referral.intake_id,
        Referral.receiver_id == referral.receiver_id,
        Referral.id != referral.id,
        Referral.state.in_((*ACTIVE, ReferralState.GEACCEPTEERD)),
    )
    if act.session.scalars(others.limit(1)).first() is None:
        grant.withdraw(
            act.session,
            act.actor,
            grant.Right(zaak_id=referral.intake_id, to=referral.receiver_id, kind=GrantKind.VERWIJZING),
        )


def changed(act: Act, case: Intake, referral: Referral, told: Told, *, action: Action) -> None:
    """A line on the timeline, a row in the log, a message to the sender unless the sender did it, and the case's state.

    Every step of a referral ends here.
    """
    act.session.flush()
    audit.record(act.session, act.actor, action, about=referral)
    timeline.tell_of_referral(act, case, referral.id, text=wording.sentence(act.session, told))
    if act.actor.organisation_id != referral.organisation_id or act.actor.account_id is None:
        tell_sender(act, case, referral, told)
    elif action is not Action.SEND_REFERRAL:
        tell_receiver(act, case, referral, told)
    standing.settle(act.session, case)


def tell_sender(act: Act, case: Intake, referral: Referral, told: Told) -> None:
    """A message to who sent the referral; it leads to the case."""
    to = To(referral.organisation_id, referral.sent_by)
    message.send(act.session, told, to=to, behind=message.about_case(case), clock=act.clock)


def tell_receiver(act: Act, case: Intake, referral: Referral, told: Told) -> None:
    """A message to the receiver; it leads to the referral."""
    behind = Behind(Subject.VERWIJZING, referral.id, case.reference)
    message.send(act.session, told, to=To(referral.receiver_id), behind=behind, clock=act.clock)


def receiver_name(session: Session, referral: Referral) -> str:
    """The receiver, by name."""
    return session.get_one(Organisation, referral.receiver_id).naam


def referrals_of(session: Session, intake_id: uuid.UUID) -> list[Referral]:
    """All referrals of a case, in order; the caller has fetched the case."""
    return list(session.scalars(select(Referral).where(Referral.intake_id == intake_id).order_by(Referral.sent_at)))
