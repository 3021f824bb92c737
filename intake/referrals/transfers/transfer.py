"""Warm hand-over to another region (landelijke toegankelijkheid, Wmo 2015 art. 1.2.1, Awb 2:3).

The client is heard first; the other region accepts before the client travels; until the arrival is confirmed the first
gemeente keeps the shelter. A refusal goes to the regional adviser and then to the Geschillencommissie, never to the
street. The states and who may take which step stand in `sending.steps`.
"""

import uuid
from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Session

from intake.access import policy
from intake.access.act import Act
from intake.access.action import Action
from intake.access.actor import Actor
from intake.case import decisions
from intake.keys import sealing
from intake.people.messages import message
from intake.people.messages.kind import MessageKind, Told
from intake.people.messages.message import Behind, Subject, To
from intake.people.organisations.organisation import organisations
from intake.places import place
from intake.referrals.sending.choice import ChoiceRefused, NoBesluit
from intake.referrals.sending.line import (
    StateConflict,
    answered,
    begin,
    changed,
    let_go,
    move,
    open_to_receiver,
    tell_receiver,
    waiting,
)
from intake.referrals.sending.steps import Side, Step
from intake.referrals.sending.term import start_clock
from intake.tables.besluit import Besluit, BesluitKind
from intake.tables.intake import Intake
from intake.tables.organisation import Organisation, OrganisationKind
from intake.tables.place import Place, Placement, PlacementPurpose
from intake.tables.referral import Referral, ReferralKind, RefusalReason

LONGEST_TEXT = 4000
_TOLD: Mapping[Step, MessageKind] = {
    Step.ESCALEREN: MessageKind.AAN_REGIOADVISEUR,
    Step.GESCHIL: MessageKind.AAN_GESCHILLENCOMMISSIE,
    Step.OVERDRAGEN: MessageKind.OP_WEG,
}
"""What a step of the sender alone says."""


def regions(session: Session, actor: Actor, intake_id: uuid.UUID) -> tuple[Organisation, ...]:
    """The regions of the register that could take the case over, by name.

    Raises:
        NotFound: no such case, or not for this actor to send on.
    """
    policy.fetch(session, actor, Action.SEND_REFERRAL, Intake, intake_id)
    return tuple(organisations(session, (OrganisationKind.ANDERE_REGIO,)))


def propose(act: Act, intake_id: uuid.UUID, *, receiver_id: uuid.UUID, reden: str) -> Referral:
    """Propose that another region takes over, with the reasons per criterion. Nothing is sent yet.

    Raises:
        NotFound: no such case, or not for this actor.
        NoBesluit: nothing was decided yet.
        ChoiceRefused: the receiver is no other region, or there are no reasons.
        StateConflict: another receiver is being asked already.
    """
    case = policy.fetch(act.session, act.actor, Action.SEND_REFERRAL, Intake, intake_id, lock=True)
    decided = decisions.newest(act.session, case.id, BesluitKind.ROUTE)
    if decided is None:
        raise NoBesluit
    receiver = act.session.get(Organisation, receiver_id)
    if receiver is None or receiver.kind is not OrganisationKind.ANDERE_REGIO:
        raise ChoiceRefused("Kies een andere regio uit het register.")
    _require_text(reden, "Schrijf op waarom het traject daar de beste kans heeft")
    before = waiting(act.session, case.id, PlacementPurpose.TRAJECT)
    if before is not None:
        raise StateConflict(before)
    referral = _proposal(act, case, decided, receiver)
    sealing.put(act.session, referral, "antwoord", reden.strip())
    act.session.add(referral)
    proposed = Told(MessageKind.OVERDRACHT_VOORGESTELD, receiver.id)
    changed(act, case, referral, proposed, action=Action.SEND_REFERRAL)
    return referral


def discussed(act: Act, referral_id: uuid.UUID, *, version: int, mening: str) -> Referral:
    """The client was heard (Awb 4:8); what he thinks of it, in his own words.

    Raises:
        NotFound: no such hand-over, or not of the actor's organisation.
        StateConflict: it is past that.
        ChoiceRefused: the client's opinion is missing.
    """
    _require_text(mening, "Schrijf op wat de cliënt ervan vindt")
    referral, case = _loaded(act, referral_id, version)
    move(referral, Step.BESPREKEN, Side.VERZENDER)
    sealing.put(act.session, referral, "vraag", mening.strip())
    changed(act, case, referral, Told(MessageKind.OVERDRACHT_BESPROKEN), action=Action.SEND_REFERRAL)
    return referral


def ask_region(act: Act, referral_id: uuid.UUID, *, version: int) -> Referral:
    """Ask the other region; from now it sees the file, and its working days run (`advice.region`).

    Raises:
        NotFound: no such hand-over, or not of the actor's organisation.
        StateConflict: the client was not heard yet, or it is past that.
    """
    referral, case = _loaded(act, referral_id, version)
    move(referral, Step.UITVRAGEN, Side.VERZENDER)
    open_to_receiver(act.session, act.actor, referral)
    start_clock(act.session, case, referral, clock=act.clock)
    asked = Told(MessageKind.OVERDRACHT_GEVRAAGD, referral.receiver_id)
    changed(act, case, referral, asked, action=Action.SEND_REFERRAL)
    tell_receiver(act, case, referral, Told(MessageKind.VERZOEK_TOT_OVERDRACHT))
    return referral


def record_answer(
    act: Act,
    referral_id: uuid.UUID,
    *,
    version: int,
    reden: RefusalReason | None,
    by: str,
    start_on: date | None,
) -> Referral:
    """What the other region answered by telephone or letter, noted by the sender: `reden` when it refuses.

    Raises:
        NotFound: no such hand-over, or not of the actor's organisation.
        StateConflict: no answer is awaited.
        ChoiceRefused: the name of who answered is missing.
    """
    _require_text(by, "Schrijf op wie van de andere regio heeft geantwoord")
    referral, case = _loaded(act, referral_id, version)
    referral.reden, referral.start_on = reden, start_on
    move(referral, Step.WEIGEREN if reden else Step.ACCEPTEREN, Side.ONTVANGER)
    answered(referral, act.actor, act.clock)
    referral.answered_name = f"{by.strip()}, vastgelegd door {act.actor.naam}"
    kind = MessageKind.OVERDRACHT_GEWEIGERD if reden else MessageKind.OVERDRACHT_GEACCEPTEERD
    changed(act, case, referral, Told(kind, referral.receiver_id), action=Action.SEND_REFERRAL)
    if reden:
        let_go(act, referral)
    else:
        open_to_receiver(act.session, act.actor, referral)
    return referral


def escalate(act: Act, referral_id: uuid.UUID, *, version: int) -> Referral:
    """The other region refuses or stays silent: the regional adviser looks at it. Our shelter stays.

    Raises:
        NotFound: no such hand-over, or not of the actor's organisation.
        StateConflict: it was not refused.
    """
    return _step(act, referral_id, version, Step.ESCALEREN)


def dispute(act: Act, referral_id: uuid.UUID, *, version: int) -> Referral:
    """The regional adviser could not settle it: the Geschillencommissie Sociaal Domein does. Our shelter stays.

    Raises:
        NotFound: no such hand-over, or not of the actor's organisation.
        StateConflict: it was not laid before the regional adviser.
    """
    return _step(act, referral_id, version, Step.GESCHIL)


def hand_over(act: Act, referral_id: uuid.UUID, *, version: int) -> Referral:
    """The client travels, with the file sent ahead; the shelter here is kept until the arrival.

    Raises:
        NotFound: no such hand-over, or not of the actor's organisation.
        StateConflict: the other region did not accept.
    """
    referral = _step(act, referral_id, version, Step.OVERDRAGEN)
    case = act.session.get_one(Intake, referral.intake_id)
    tell_receiver(act, case, referral, Told(MessageKind.BEVESTIG_AANKOMST))
    return referral


def confirm_arrival(act: Act, referral_id: uuid.UUID, *, version: int) -> Referral:
    """The client has arrived, say the other region or the sender; only now the place here is free again.

    Raises:
        NotFound: no such hand-over, or neither sent nor received by the actor's organisation.
        StateConflict: the client is not on the way.
    """
    row = policy.fetch(act.session, act.actor, Action.READ_REFERRAL, Referral, referral_id)
    received = row.receiver_id in act.actor.addressed_as
    action = Action.ANSWER_REFERRAL if received else Action.EXPLAIN_REFERRAL
    referral, case = _loaded(act, referral_id, version, action)
    move(referral, Step.AANKOMST, Side.ONTVANGER if received else Side.VERZENDER)
    changed(act, case, referral, Told(MessageKind.AANGEKOMEN), action=action)
    for stay, kept in place.stays_of(act.session, case.id):
        if stay.state in place.HELD:
            place.end(act.session, stay, clock=act.clock)
            _tell_provider(act, case, stay, kept)
    return referral


def shelter_kept(session: Session, referral: Referral) -> tuple[str, ...]:
    """Where the client keeps a place here until the arrival, by name; the caller has fetched the hand-over."""
    stays = place.stays_of(session, referral.intake_id)
    return tuple(kept.naam for stay, kept in stays if stay.state in place.HELD)


def _tell_provider(act: Act, case: Intake, stay: Placement, kept: Place) -> None:
    free = Told(MessageKind.PLEK_VRIJ_NA_AANKOMST, words={"plek": kept.naam})
    behind = Behind(Subject.VERWIJZING, stay.referral_id, case.reference)
    message.send(act.session, free, to=To(kept.organisation_id), behind=behind, clock=act.clock)


def _step(act: Act, referral_id: uuid.UUID, version: int, step: Step) -> Referral:
    """A step of the sender that changes nothing but the state."""
    referral, case = _loaded(act, referral_id, version)
    move(referral, step, Side.VERZENDER)
    changed(act, case, referral, Told(_TOLD[step]), action=Action.SEND_REFERRAL)
    return referral


def _proposal(act: Act, case: Intake, decided: Besluit, receiver: Organisation) -> Referral:
    assert act.actor.account_id is not None
    assert act.actor.organisation_id is not None
    made = Referral(
        id=uuid.uuid4(),
        gemeente_id=case.gemeente_id,
        intake_id=case.id,
        besluit_id=decided.id,
        kind=ReferralKind.OVERDRACHT,
        purpose=PlacementPurpose.TRAJECT.value,
        voorziening=decided.voorzieningen[0] if decided.voorzieningen else decided.overbrugging,
        organisation_id=act.actor.organisation_id,
        receiver_id=receiver.id,
        rank=1,
        sent_at=act.clock.now(),
        sent_by=act.actor.account_id,
        respond_by=act.clock.today(),
    )
    return begin(made)


def _loaded(
    act: Act, referral_id: uuid.UUID, version: int, action: Action = Action.EXPLAIN_REFERRAL
) -> tuple[Referral, Intake]:
    """The hand-over and its case, held until the commit; by default for who sent it, never for who received it."""
    referral = policy.fetch(act.session, act.actor, action, Referral, referral_id, lock=True)
    if referral.version != version or referral.kind is not ReferralKind.OVERDRACHT:
        raise StateConflict(referral)
    return referral, act.session.get_one(Intake, referral.intake_id, with_for_update=True)


def _require_text(text: str, what: str) -> None:
    if not text.strip() or len(text) > LONGEST_TEXT:
        raise ChoiceRefused(f"{what}, in ten hoogste {LONGEST_TEXT} tekens.")
