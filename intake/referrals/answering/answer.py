"""The life of a referral after it was sent, verb by verb. Which step may follow which stands in `sending.steps`.

A place is reserved as the referral leaves (`sending.choice`, `sending.send`). Who declines gives a reason; then the
next in line is asked, and the sender is told of every change. When nobody is left the case waits as `geen_plek`, with
tonight's shelter and expertise.
"""

import uuid
from datetime import date

from sqlalchemy.orm import Session

from config.clock import Clock
from intake.access import policy, restriction
from intake.access.act import Act
from intake.access.action import Action
from intake.access.actor import Actor, system_actor
from intake.keys import sealing
from intake.letters import letter
from intake.people.messages.kind import MessageKind, Told
from intake.places import place
from intake.places.bed import is_bed
from intake.referrals.sending.choice import ChoiceRefused
from intake.referrals.sending.line import StateConflict, answered, changed, let_go, move
from intake.referrals.sending.send import next_in_line
from intake.referrals.sending.steps import Side, Step
from intake.referrals.sending.term import is_over, start_clock, wake_after
from intake.tables.intake import Intake
from intake.tables.referral import Referral, ReferralState, RefusalReason

LONGEST_TEXT = 4000


def accept(act: Act, referral_id: uuid.UUID, *, version: int, start_on: date | None) -> Referral:
    """The receiver takes the client, from `start_on` when that is known.

    Raises:
        NotFound: no such referral, or not addressed to this actor.
        StateConflict: it was answered, withdrawn or passed on.
    """
    referral, case = _loaded(act, Action.ANSWER_REFERRAL, referral_id, version)
    move(referral, Step.ACCEPTEREN, Side.ONTVANGER)
    answered(referral, act.actor, act.clock)
    referral.start_on = start_on
    place.occupy(act.session, referral)
    changed(act, case, referral, _by_receiver(MessageKind.GEACCEPTEERD, referral), action=Action.ANSWER_REFERRAL)
    if referral.respond_at is not None and is_bed(referral):
        letter.travel_with(act.session, case, referral, clock=act.clock)  # the earlier one only said that we asked
    return referral


def decline(act: Act, referral_id: uuid.UUID, *, version: int, reden: RefusalReason, toelichting: str) -> Referral:
    """The receiver does not take the client, for a reason; the next in line is asked.

    Raises:
        NotFound: no such referral, or not addressed to this actor.
        StateConflict: it was answered, withdrawn or passed on.
        ChoiceRefused: the reason is `anders` without a word of explanation, or too many words.
    """
    if len(toelichting) > LONGEST_TEXT or (reden is RefusalReason.ANDERS and not toelichting.strip()):
        raise ChoiceRefused(f"Schrijf op waarom, in ten hoogste {LONGEST_TEXT} tekens.")
    referral, case = _loaded(act, Action.ANSWER_REFERRAL, referral_id, version)
    referral.reden = reden
    move(referral, Step.WEIGEREN, Side.ONTVANGER)
    answered(referral, act.actor, act.clock)
    if toelichting.strip():
        sealing.put(act.session, referral, "reden_toelichting", toelichting.strip())
    changed(act, case, referral, _by_receiver(MessageKind.GEWEIGERD, referral), action=Action.ANSWER_REFERRAL)
    let_go(act, referral)
    next_in_line(act.session, case, referral, clock=act.clock)
    return referral


def ask_back(act: Act, referral_id: uuid.UUID, *, version: int, vraag: str) -> Referral:
    """The receiver needs to know more first; the clock stands still.

    Raises:
        NotFound: no such referral, or not addressed to this actor.
        StateConflict: it was answered, withdrawn or passed on.
        ChoiceRefused: no question, or too long a one.
    """
    _require_text(vraag, "Schrijf op wat u wilt weten")
    referral, case = _loaded(act, Action.ANSWER_REFERRAL, referral_id, version)
    move(referral, Step.TERUGVRAGEN, Side.ONTVANGER)
    sealing.put(act.session, referral, "vraag", vraag.strip())
    changed(act, case, referral, _by_receiver(MessageKind.VRAAG, referral), action=Action.ANSWER_REFERRAL)
    return referral


def answer_question(act: Act, referral_id: uuid.UUID, *, version: int, antwoord: str) -> Referral:
    """The sender explains; the receiver's hours or days begin anew.

    Raises:
        NotFound: no such referral, or not sent by this actor's organisation.
        StateConflict: there is no question open.
        ChoiceRefused: no answer, or too long a one.
    """
    _require_text(antwoord, "Schrijf uw antwoord op")
    referral, case = _loaded(act, Action.EXPLAIN_REFERRAL, referral_id, version)
    move(referral, Step.TOELICHTEN, Side.VERZENDER)
    sealing.put(act.session, referral, "antwoord", antwoord.strip())
    start_clock(act.session, case, referral, clock=act.clock)
    changed(act, case, referral, Told(MessageKind.VRAAG_BEANTWOORD), action=Action.EXPLAIN_REFERRAL)
    return referral


def withdraw_referral(act: Act, referral_id: uuid.UUID, *, version: int) -> Referral:
    """The sender takes the case back; a reserved or taken place is free again.

    Raises:
        NotFound: no such referral, or not sent by this actor's organisation.
        StateConflict: it was refused, has expired or is done.
    """
    referral, case = _loaded(act, Action.WITHDRAW_REFERRAL, referral_id, version)
    move(referral, Step.INTREKKEN, Side.VERZENDER)
    changed(act, case, referral, Told(MessageKind.VERWIJZING_INGETROKKEN), action=Action.WITHDRAW_REFERRAL)
    let_go(act, referral)
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
    act = Act(session, actor, clock)
    changed(act, case, referral, _by_receiver(MessageKind.NIET_OP_TIJD, referral), action=Action.WITHDRAW_REFERRAL)
    let_go(act, referral)
    next_in_line(session, case, referral, clock=clock)


def _loaded(act: Act, action: Action, referral_id: uuid.UUID, version: int) -> tuple[Referral, Intake]:
    """The referral and its case, held until the commit; refused when somebody was before us."""
    try:
        referral = policy.fetch(act.session, act.actor, action, Referral, referral_id, lock=True)
    except policy.NotFound:
        if action is Action.ANSWER_REFERRAL:
            _tell_former_receiver(act.session, act.actor, referral_id)
        raise
    if referral.version != version:
        raise StateConflict(referral)
    return referral, act.session.get_one(Intake, referral.intake_id, with_for_update=True)


def _tell_former_receiver(session: Session, actor: Actor, referral_id: uuid.UUID) -> None:
    """Who was asked and is too late, hears how things stand and nothing of the case.

    Raises:
        StateConflict: the referral was addressed to this actor and has ended; never of a case that is restricted.
    """
    ended = session.get(Referral, referral_id)
    was_asked = ended is not None and ended.receiver_id in actor.addressed_as
    if ended is not None and was_asked and not restriction.row_is_restricted(ended):
        raise StateConflict(ended)


def _by_receiver(kind: MessageKind, referral: Referral) -> Told:
    """Something that the receiver did, or did not do."""
    return Told(kind, referral.receiver_id)


def _require_text(text: str, what: str) -> None:
    if not text.strip() or len(text) > LONGEST_TEXT:
        raise ChoiceRefused(f"{what}, in ten hoogste {LONGEST_TEXT} tekens.")
