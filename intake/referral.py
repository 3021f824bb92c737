"""The life of a referral, verb by verb. Which step may follow which stands in `referral_steps`.

A place is reserved as the referral leaves. Who declines gives a reason; then the next in line is asked, and the sender
is told of every change. When nobody is left the case waits as `geen_plek`, with tonight's shelter and expertise.
"""

import uuid
from datetime import date

from sqlalchemy.orm import Session

from config.clock import Clock
from intake import besluit, candidate, place, policy, sealing
from intake.action import Action
from intake.actor import Actor, system_actor
from intake.candidate import Candidate
from intake.referral_line import (
    NoPlace,
    StateConflict,
    answered,
    candidates_of,
    changed,
    let_go,
    move,
    next_in_line,
    receiver_name,
    send,
    send_to_first,
    waiting,
)
from intake.referral_steps import Side, Step
from intake.referral_term import is_over, start_clock, wake_after
from intake.tables.besluit import Besluit, BesluitKind
from intake.tables.intake import Intake, IntakeState
from intake.tables.organisation import OrganisationKind
from intake.tables.place import PlacementPurpose
from intake.tables.referral import Referral, ReferralState, RefusalReason

__all__ = [
    "ChoiceRefused",
    "HandOverNeeded",
    "KeepsCase",
    "NoBesluit",
    "NoPlace",
    "StateConflict",
    "accept",
    "answer_question",
    "ask_back",
    "candidates",
    "decline",
    "expire",
    "refer",
    "withdraw_referral",
]

LONGEST_TEXT = 4000


class NoBesluit(RuntimeError):
    """There is no besluit yet to send the case on."""

    def __init__(self) -> None:
        super().__init__("Neem eerst een besluit. Daarna kunt u de zaak verwijzen.")


class KeepsCase(RuntimeError):
    """By the besluit the actor's own organisation does this: there is nobody to send the case to."""

    def __init__(self) -> None:
        super().__init__("U behandelt deze zaak zelf. U hoeft niemand anders te vragen.")


class HandOverNeeded(KeepsCase):
    """By the besluit another region takes over: the client is heard first, and nothing is sent before that."""

    def __init__(self) -> None:
        RuntimeError.__init__(self, "Een andere regio vraagt u met een warme overdracht. Bespreek die met de cliënt.")


class ChoiceRefused(ValueError):
    """This choice or text cannot be taken; the message is Dutch and says why."""


def candidates(
    session: Session,
    actor: Actor,
    intake_id: uuid.UUID,
    *,
    clock: Clock,
    purpose: PlacementPurpose = PlacementPurpose.TRAJECT,
) -> tuple[Candidate, ...]:
    """Who could receive the case, best first.

    Raises:
        NotFound: no such case, or not for this actor.
        NoBesluit: nothing was decided yet.
    """
    case = policy.fetch(session, actor, Action.SEND_REFERRAL, Intake, intake_id)
    decided = _decided(session, case, purpose)
    return candidates_of(session, case, decided, purpose, own=actor.addressed_as, clock=clock)


def refer(
    session: Session,
    actor: Actor,
    intake_id: uuid.UUID,
    *,
    clock: Clock,
    purpose: PlacementPurpose = PlacementPurpose.TRAJECT,
    chosen: tuple[uuid.UUID, uuid.UUID | None] | None = None,
) -> Referral | NoPlace:
    """Send the case to the chosen receiver (`Candidate.key`), or to the first in line.

    Raises:
        NotFound: no such case, or not for this actor.
        NoBesluit: nothing was decided yet.
        KeepsCase: the actor's own organisation does this.
        ChoiceRefused: the chosen receiver is not among the candidates, or must not have the case.
        PlaceTaken: the chosen place was given away a moment ago.
        StateConflict: another receiver is being asked already.
    """
    case = policy.fetch(session, actor, Action.SEND_REFERRAL, Intake, intake_id, lock=True)
    decided = _decided(session, case, purpose)
    before = waiting(session, case.id, purpose)
    if before is not None:
        raise StateConflict(before)
    found = candidates_of(session, case, decided, purpose, own=actor.addressed_as, clock=clock)
    if chosen is not None:
        one = next((one for one in found if one.key == chosen), None)
        if one is None or one.uitgesloten:
            raise ChoiceRefused("Deze ontvanger kan deze zaak niet krijgen. Kies een ander in de lijst.")
        return send(session, actor, case, decided, one, purpose=purpose, clock=clock)
    if not found and candidate.is_own_desk(session, decided, actor.addressed_as):
        product = decided.voorzieningen[0] if decided.voorzieningen else ""
        if not candidate.has_places(session, product):
            raise KeepsCase
    return send_to_first(session, actor, case, decided, found, purpose=purpose, clock=clock)


def accept(
    session: Session, actor: Actor, referral_id: uuid.UUID, *, version: int, start_on: date | None, clock: Clock
) -> Referral:
    """The receiver takes the client, from `start_on` when that is known.

    Raises:
        NotFound: no such referral, or not addressed to this actor.
        StateConflict: it was answered, withdrawn or passed on.
    """
    referral, case = _loaded(session, actor, Action.ANSWER_REFERRAL, referral_id, version)
    move(referral, Step.ACCEPTEREN, Side.ONTVANGER)
    answered(referral, actor, clock)
    referral.start_on = start_on
    place.occupy(session, referral)
    case.state = IntakeState.GEPLAATST if referral.place_id else IntakeState.VERWEZEN
    text = f"{receiver_name(session, referral)} heeft de verwijzing geaccepteerd."
    changed(session, actor, case, referral, action=Action.ANSWER_REFERRAL, text=text, clock=clock)
    return referral


def decline(
    session: Session,
    actor: Actor,
    referral_id: uuid.UUID,
    *,
    version: int,
    reden: RefusalReason,
    toelichting: str,
    clock: Clock,
) -> Referral:
    """The receiver does not take the client, for a reason; the next in line is asked.

    Raises:
        NotFound: no such referral, or not addressed to this actor.
        StateConflict: it was answered, withdrawn or passed on.
        ChoiceRefused: the reason is `anders` without a word of explanation, or too many words.
    """
    if len(toelichting) > LONGEST_TEXT or (reden is RefusalReason.ANDERS and not toelichting.strip()):
        raise ChoiceRefused(f"Schrijf op waarom, in ten hoogste {LONGEST_TEXT} tekens.")
    referral, case = _loaded(session, actor, Action.ANSWER_REFERRAL, referral_id, version)
    referral.reden = reden
    move(referral, Step.WEIGEREN, Side.ONTVANGER)
    answered(referral, actor, clock)
    if toelichting.strip():
        sealing.put(session, referral, "reden_toelichting", toelichting.strip())
    text = f"{receiver_name(session, referral)} heeft de verwijzing geweigerd."
    changed(session, actor, case, referral, action=Action.ANSWER_REFERRAL, text=text, clock=clock)
    let_go(session, actor, referral, clock=clock)
    next_in_line(session, case, referral, clock=clock)
    return referral


def ask_back(
    session: Session, actor: Actor, referral_id: uuid.UUID, *, version: int, vraag: str, clock: Clock
) -> Referral:
    """The receiver needs to know more first; the clock stands still.

    Raises:
        NotFound: no such referral, or not addressed to this actor.
        StateConflict: it was answered, withdrawn or passed on.
        ChoiceRefused: no question, or too long a one.
    """
    _require_text(vraag, "Schrijf op wat u wilt weten")
    referral, case = _loaded(session, actor, Action.ANSWER_REFERRAL, referral_id, version)
    move(referral, Step.TERUGVRAGEN, Side.ONTVANGER)
    sealing.put(session, referral, "vraag", vraag.strip())
    text = f"{receiver_name(session, referral)} heeft een vraag."
    changed(session, actor, case, referral, action=Action.ANSWER_REFERRAL, text=text, clock=clock)
    return referral


def answer_question(
    session: Session, actor: Actor, referral_id: uuid.UUID, *, version: int, antwoord: str, clock: Clock
) -> Referral:
    """The sender explains; the receiver's hours or days begin anew.

    Raises:
        NotFound: no such referral, or not sent by this actor's organisation.
        StateConflict: there is no question open.
        ChoiceRefused: no answer, or too long a one.
    """
    _require_text(antwoord, "Schrijf uw antwoord op")
    referral, case = _loaded(session, actor, Action.EXPLAIN_REFERRAL, referral_id, version)
    move(referral, Step.TOELICHTEN, Side.VERZENDER)
    sealing.put(session, referral, "antwoord", antwoord.strip())
    start_clock(session, case, referral, clock=clock)
    text = "De vraag van de ontvanger is beantwoord."
    changed(session, actor, case, referral, action=Action.EXPLAIN_REFERRAL, text=text, clock=clock)
    return referral


def withdraw_referral(
    session: Session, actor: Actor, referral_id: uuid.UUID, *, version: int, clock: Clock
) -> Referral:
    """The sender takes the case back; a reserved or taken place is free again.

    Raises:
        NotFound: no such referral, or not sent by this actor's organisation.
        StateConflict: it was refused, has expired or is done.
    """
    referral, case = _loaded(session, actor, Action.WITHDRAW_REFERRAL, referral_id, version)
    move(referral, Step.INTREKKEN, Side.VERZENDER)
    text = "De verwijzing is ingetrokken."
    changed(session, actor, case, referral, action=Action.WITHDRAW_REFERRAL, text=text, clock=clock)
    let_go(session, actor, referral, clock=clock)
    case.state = IntakeState.BESLOTEN
    return referral


def expire(session: Session, referral_id: uuid.UUID, *, clock: Clock) -> None:
    """The job of a referral that got no answer in time: pass the case on. An answered one is left alone."""
    actor = system_actor(clock.now())
    referral = policy.fetch(session, actor, Action.WITHDRAW_REFERRAL, Referral, referral_id, lock=True)
    if referral.state is not ReferralState.VERZONDEN:
        return
    if not is_over(referral, clock):
        wake_after(session, referral, clock=clock)
        return
    case = session.get_one(Intake, referral.intake_id, with_for_update=True)
    move(referral, Step.VERLOPEN, Side.KLOK)
    text = f"{receiver_name(session, referral)} heeft niet op tijd geantwoord."
    changed(session, actor, case, referral, action=Action.WITHDRAW_REFERRAL, text=text, clock=clock)
    let_go(session, actor, referral, clock=clock)
    next_in_line(session, case, referral, clock=clock)


def _loaded(
    session: Session, actor: Actor, action: Action, referral_id: uuid.UUID, version: int
) -> tuple[Referral, Intake]:
    """The referral and its case, held until the commit; refused when somebody was before us."""
    try:
        referral = policy.fetch(session, actor, action, Referral, referral_id, lock=True)
    except policy.NotFound:
        if action is Action.ANSWER_REFERRAL:
            _tell_former_receiver(session, actor, referral_id)
        raise
    if referral.version != version:
        raise StateConflict(referral)
    return referral, session.get_one(Intake, referral.intake_id, with_for_update=True)


def _tell_former_receiver(session: Session, actor: Actor, referral_id: uuid.UUID) -> None:
    """Who was asked and is too late, hears how things stand and nothing of the case.

    Raises:
        StateConflict: the referral was addressed to this actor and has ended.
    """
    ended = session.get(Referral, referral_id)
    if ended is not None and ended.receiver_id in actor.addressed_as:
        raise StateConflict(ended)


def _decided(session: Session, case: Intake, purpose: PlacementPurpose) -> Besluit:
    """The besluit on which the case is sent: for tonight the one about tonight, when there is one."""
    tonight = BesluitKind.OVERBRUGGING if purpose is PlacementPurpose.OVERBRUGGING else BesluitKind.ROUTE
    found = besluit.newest(session, case.id, tonight)
    if found is None and purpose is PlacementPurpose.OVERBRUGGING:
        found = besluit.newest(session, case.id)
    if found is None:
        raise NoBesluit
    if purpose is PlacementPurpose.TRAJECT and found.bestemming_soort == OrganisationKind.ANDERE_REGIO:
        raise HandOverNeeded
    return found


def _require_text(text: str, what: str) -> None:
    if not text.strip() or len(text) > LONGEST_TEXT:
        raise ChoiceRefused(f"{what}, in ten hoogste {LONGEST_TEXT} tekens.")
