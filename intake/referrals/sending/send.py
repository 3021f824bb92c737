"""Sending a referral: to the first in line that has room, to the next when that one cannot, or to nobody for now.

The callers (`intake.referrals.sending.choice`, `intake.referrals.answering.answer`) have asked the policy.
"""

import uuid
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from config.clock import Clock
from intake.access.act import Act
from intake.access.action import Action
from intake.access.actor import Actor, system_actor
from intake.advice import giving
from intake.besluit import expertise
from intake.case import standing, timeline
from intake.keys import sealing
from intake.letters import letter
from intake.people.messages import message
from intake.people.messages.kind import MessageKind, Told
from intake.people.organisations import reach
from intake.places import candidate, cover, place
from intake.places.candidate import Candidate
from intake.referrals.sending.line import begin, changed, open_to_receiver, tell_receiver
from intake.referrals.sending.term import start_clock
from intake.tables.besluit import Besluit
from intake.tables.intake import Intake
from intake.tables.organisation import Organisation, OrganisationKind
from intake.tables.place import PlacementPurpose
from intake.tables.referral import Referral, ReferralKind
from rules.values import BED_TONIGHT


@dataclass(frozen=True, slots=True)
class NoPlace:
    """Nobody can take the case now. It waits as `geen_plek`; tonight's shelter stays, the expertise function looks."""

    intake_id: uuid.UUID
    voorziening: str


@dataclass(frozen=True, slots=True)
class Sending:
    """A case on its way out: by which besluit, for the traject or for tonight, and after which other referral."""

    case: Intake
    decided: Besluit
    purpose: PlacementPurpose
    after: Referral | None = None


def candidates_of(act: Act, one: Sending) -> tuple[Candidate, ...]:
    """Who could receive the case, best first; the actor's own organisation is nobody to send to."""
    needs = candidate.needs_of(sealing.get(act.session, one.case, "facts"), act.clock.today())
    return candidate.candidates_for(act.session, one.decided, needs, one.purpose, own=act.actor.addressed_as)


def send_to_first(act: Act, sending: Sending, found: Iterable[Candidate]) -> Referral | NoPlace:
    """Send to the first that fits and has room; one whose last place goes at this very moment is passed over."""
    for one in found:
        if one.first_choice:
            with suppress(place.PlaceTaken):
                return send(act, sending, one)
    return _no_place(act, sending)


def send(act: Act, sending: Sending, to: Candidate) -> Referral:
    """Lay the case before `to`: reserve the place, let them look, tell both sides, start the clock.

    Raises:
        PlaceTaken: the place was given away a moment ago; nothing was written.
    """
    if to.place_id is not None:
        place.take(act.session, to.place_id, clock=act.clock)
    to = cover.put_over(act.session, to, sender=_sends(act, sending), clock=act.clock)
    case, referral = sending.case, _new_referral(act, sending, to)
    start_clock(act.session, case, referral, clock=act.clock)
    act.session.add(referral)
    act.session.flush()
    if to.place_id is not None:
        place.hold(act.session, referral, clock=act.clock)
    open_to_receiver(act.session, act.actor, referral)
    changed(act, case, referral, _sent(act, referral), action=Action.SEND_REFERRAL)
    tell_receiver(act, case, referral, _asked(case, referral))
    letter.travel_with(act.session, case, referral, clock=act.clock)
    return referral


def _sends(act: Act, sending: Sending) -> Organisation:
    """The organisation that sends; one that comes after another is sent by who sent that one."""
    after = sending.after
    sender = after.organisation_id if after else act.actor.organisation_id or sending.case.organisation_id
    return act.session.get_one(Organisation, sender)


def _new_referral(act: Act, sending: Sending, to: Candidate) -> Referral:
    """As it stands when it is sent; one that comes after another keeps who sent that one."""
    case, after = sending.case, sending.after
    made = Referral(
        id=uuid.uuid4(),
        gemeente_id=case.gemeente_id,
        intake_id=case.id,
        besluit_id=sending.decided.id,
        kind=ReferralKind.VERWIJZING,
        purpose=sending.purpose.value,
        voorziening=to.voorziening,
        organisation_id=_sends(act, sending).id,
        receiver_id=to.organisation_id,
        place_id=to.place_id,
        rank=after.rank + 1 if after else 1,
        previous_id=after.id if after else None,
        sent_at=act.clock.now(),
        sent_by=after.sent_by if after else act.actor.account_id or case.worker_id,
        respond_by=act.clock.today(),
    )
    return begin(made)


def next_in_line(session: Session, case: Intake, referral: Referral, *, clock: Clock) -> Referral | NoPlace | None:
    """Ask the next that fits. A desk has no next: the case goes back to who sent it."""
    if referral.place_id is None:
        return None
    act = Act(session, _sender(session, referral, clock), clock)
    decided = session.get_one(Besluit, referral.besluit_id)
    sending = Sending(case, decided, PlacementPurpose(referral.purpose), after=referral)
    tried = session.execute(
        select(Referral.receiver_id, Referral.place_id).where(
            Referral.besluit_id == decided.id, Referral.purpose == referral.purpose
        )
    )
    done = {_key(session, row[0], row[1]) for row in tried}
    return send_to_first(act, sending, [one for one in candidates_of(act, sending) if one.key not in done])


def _key(session: Session, receiver_id: uuid.UUID, place_id: uuid.UUID | None) -> tuple[uuid.UUID, uuid.UUID | None]:
    """What names the candidate that was asked: the place behind the cover, when it was one."""
    return cover.true_organisation(session, receiver_id), cover.true_place(session, place_id) if place_id else None


def _sent(act: Act, referral: Referral) -> Told:
    """What the sender reads; when it cannot wait, also whom to call now and until when."""
    if referral.respond_at is None:
        return Told(MessageKind.VERWEZEN, referral.receiver_id)
    kind = MessageKind.BED_GEVRAAGD if referral.place_id else MessageKind.MET_SPOED_VERWEZEN
    number = reach.number_at(act.session.get_one(Organisation, referral.receiver_id), act.clock.now())
    return Told(kind, referral.receiver_id, {"bel": number, "uiterlijk": referral.respond_at.isoformat()})


def _asked(case: Intake, referral: Referral) -> Told:
    """What the receiver reads."""
    if referral.respond_at is not None:
        uiterlijk = referral.respond_at.isoformat()
        return Told(MessageKind.NIEUWE_VERWIJZING_MET_SPOED, words={"uiterlijk": uiterlijk})
    return Told(MessageKind.NIEUWE_VERWIJZING, words={"hoe_snel": case.urgentie.value})


def _sender(session: Session, referral: Referral, clock: Clock) -> Actor:
    """The house acting for the organisation that sent the referral."""
    sender = session.get_one(Organisation, referral.organisation_id)
    tenant = referral.gemeente_id if sender.kind is OrganisationKind.WIJKTEAM else None
    return replace(
        system_actor(clock.now()), organisation_id=sender.id, organisation_kind=sender.kind, tenant_id=tenant
    )


def _no_place(act: Act, sending: Sending) -> NoPlace:
    """Nobody has room: the case waits in sight, tonight's shelter stays, the expertise function looks along."""
    case, decided = sending.case, sending.decided
    product = decided.voorzieningen[0] if decided.voorzieningen else decided.overbrugging
    kind = timeline.GEEN_PLEK if sending.purpose is PlacementPurpose.TRAJECT else timeline.GEEN_BED
    timeline.tell(act, case, kind=kind, text="Er is nu nergens plek. De zaak blijft in beeld.")
    standing.settle(act.session, case)
    try:
        given = giving.opened(act.session, giving.latest(act.session, case.id))
        expertise.ask_for(act, case, given, "Er is nergens plek.")
    except expertise.NoExpertise as error:
        timeline.tell(act, case, kind="expertise", text=str(error))
    message.tell_worker(act.session, case, _what_now(act.session, decided, act.clock), clock=act.clock)
    return NoPlace(case.id, product)


def _what_now(session: Session, decided: Besluit, clock: Clock) -> Told:
    """What the worker does when nobody has room."""
    if decided.overbrugging != BED_TONIGHT:
        return Told(MessageKind.GEEN_PLEK)
    desk = reach.region_desk(session)
    number = reach.number_at(desk, clock.now()) if desk else ""
    if desk is None or not number:
        return Told(MessageKind.GEEN_BED_ZONDER_NUMMER)
    return Told(MessageKind.GEEN_BED, desk.id, {"nummer": number})
