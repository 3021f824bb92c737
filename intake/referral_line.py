"""How a referral moves: sent to the first in line, told to both sides, ended, passed on to the next.

The callers (`intake.referral`, `intake.transfer`) have asked the policy.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from config.clock import Clock
from intake import advice, audit, candidate, event, expertise, grant, letter, message, place, reach, sealing
from intake.action import Action
from intake.actor import Actor, system_actor
from intake.candidate import Candidate
from intake.referral_steps import ACTIVE, MEANINGS, Side, Step, transition
from intake.referral_term import BED_TONIGHT, in_hours, start_clock
from intake.tables.besluit import Besluit
from intake.tables.grant import GrantKind
from intake.tables.intake import Intake, IntakeState
from intake.tables.organisation import Organisation, OrganisationKind
from intake.tables.place import PlacementPurpose
from intake.tables.referral import Referral, ReferralKind, ReferralState

GROUND = "Wmo 2015 art. 5.2.1"


class StateConflict(RuntimeError):
    """This step cannot be taken any more; the message says how things stand and what comes next."""

    def __init__(self, referral: Referral) -> None:
        by = f" (door {referral.answered_name})" if referral.answered_name else ""
        super().__init__(f"Deze verwijzing is intussen {MEANINGS[referral.state]}{by}.")
        self.state = referral.state


@dataclass(frozen=True, slots=True)
class NoPlace:
    """Nobody can take the case now. It waits as `geen_plek`; tonight's shelter stays, the expertise function looks."""

    intake_id: uuid.UUID
    voorziening: str


def candidates_of(
    session: Session,
    case: Intake,
    decided: Besluit,
    purpose: PlacementPurpose,
    *,
    own: frozenset[uuid.UUID],
    clock: Clock,
) -> tuple[Candidate, ...]:
    """Who could receive the case, best first."""
    needs = candidate.needs_of(sealing.get(session, case, "facts"), clock.today())
    return candidate.candidates_for(session, decided, needs, purpose, own=own)


def waiting(session: Session, intake_id: uuid.UUID, purpose: PlacementPurpose) -> Referral | None:
    """The referral of the case that awaits an answer, for this purpose."""
    query = select(Referral).where(Referral.intake_id == intake_id, Referral.purpose == purpose.value, Referral.active)
    return session.scalars(query).one_or_none()


def send_to_first(
    session: Session,
    actor: Actor,
    case: Intake,
    decided: Besluit,
    found: Iterable[Candidate],
    *,
    purpose: PlacementPurpose,
    clock: Clock,
    after: Referral | None = None,
) -> Referral | NoPlace:
    """Send to the first that fits and has room; one whose last place goes at this very moment is passed over."""
    for one in found:
        if one.first_choice:
            try:
                with session.begin_nested():
                    return send(session, actor, case, decided, one, purpose=purpose, clock=clock, after=after)
            except place.PlaceTaken:
                continue
    return _no_place(session, actor, case, decided, clock=clock)


def send(
    session: Session,
    actor: Actor,
    case: Intake,
    decided: Besluit,
    to: Candidate,
    *,
    purpose: PlacementPurpose,
    clock: Clock,
    after: Referral | None = None,
) -> Referral:
    """Lay the case before `to`: reserve the place, let them look, tell both sides, start the clock.

    Raises:
        PlaceTaken: the place was given away a moment ago.
    """
    referral = Referral(
        id=uuid.uuid4(),
        gemeente_id=case.gemeente_id,
        intake_id=case.id,
        besluit_id=decided.id,
        kind=ReferralKind.VERWIJZING,
        purpose=purpose.value,
        voorziening=to.voorziening,
        organisation_id=after.organisation_id if after else actor.organisation_id or case.organisation_id,
        receiver_id=to.organisation_id,
        place_id=to.place_id,
        rank=after.rank + 1 if after else 1,
        previous_id=after.id if after else None,
        state=ReferralState.VERZONDEN,
        active=True,
        version=1,
        sent_at=clock.now(),
        sent_by=after.sent_by if after else actor.account_id or case.worker_id,
        respond_by=clock.today(),
    )
    start_clock(session, case, referral, clock=clock)
    session.add(referral)
    session.flush()
    if to.place_id is not None:
        place.reserve(session, referral, clock=clock)
    open_to_receiver(session, actor, referral)
    case.state = IntakeState.VERWEZEN
    text = _sent(session, referral, to, clock)
    changed(session, actor, case, referral, action=Action.SEND_REFERRAL, text=text, clock=clock)
    tell_receiver(session, referral, _asked(case, referral), clock=clock)
    letter.travel_with(session, case, decided, referral, clock=clock)
    return referral


def _sent(session: Session, referral: Referral, to: Candidate, clock: Clock) -> str:
    """What the sender reads; when it cannot wait, also whom to call now and until when."""
    if referral.respond_at is None:
        return f"Verwezen naar {to.naam}."
    asked = "Een plek voor vannacht is gevraagd bij" if referral.place_id else "Met spoed verwezen naar"
    number = reach.number_at(session.get_one(Organisation, to.organisation_id), clock.now())
    call = f" Bel {number}." if number else ""
    return f"{asked} {to.naam}.{call} Antwoord uiterlijk {in_hours(referral.respond_at)}."


def _asked(case: Intake, referral: Referral) -> str:
    """What the receiver reads."""
    if referral.respond_at is not None:
        return f"Nieuwe verwijzing {case.reference} met spoed: antwoord vóór {in_hours(referral.respond_at)}."
    return f"Nieuwe verwijzing {case.reference}: {message.HOW_SOON[case.urgentie]}."


def open_to_receiver(session: Session, actor: Actor, referral: Referral) -> None:
    """From now the receiver reads what the form marks as meant for its kind."""
    receiver = session.get_one(Organisation, referral.receiver_id)
    grant.give(
        session,
        actor,
        gemeente_id=referral.gemeente_id,
        zaak_id=referral.intake_id,
        to=receiver.id,
        kind=GrantKind.VERWIJZING,
        ontvanger=receiver.kind.value,
        grondslag=GROUND,
    )


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
    referral.answered_by, referral.answered_at = actor.account_id, clock.now()
    referral.answered_name = ", ".join(part for part in (actor.naam, actor.organisation_naam) if part)


def let_go(session: Session, actor: Actor, referral: Referral, *, clock: Clock) -> None:
    """What ends with a referral: its place is free, the receiver no longer looks at the case."""
    place.give_back(session, referral, clock=clock)
    session.flush()
    others = select(Referral.id).where(
        Referral.intake_id == referral.intake_id,
        Referral.receiver_id == referral.receiver_id,
        Referral.id != referral.id,
        Referral.state.in_((*ACTIVE, ReferralState.GEACCEPTEERD)),
    )
    if session.scalars(others.limit(1)).first() is None:
        grant.withdraw(session, actor, zaak_id=referral.intake_id, to=referral.receiver_id, kind=GrantKind.VERWIJZING)


def changed(
    session: Session, actor: Actor, case: Intake, referral: Referral, *, action: Action, text: str, clock: Clock
) -> None:
    """A line on the timeline, a row in the log, and a message to the sender unless the sender did it."""
    session.flush()
    audit.record(session, actor, action, about=referral)
    event.tell(session, actor, case, kind="verwijzing", text=text, clock=clock, referral_id=referral.id)
    if actor.organisation_id != referral.organisation_id or actor.account_id is None:
        message.send(
            session,
            to=referral.organisation_id,
            account_id=referral.sent_by,
            subject=message.Subject.INTAKE,
            subject_id=case.id,
            text=f"{case.reference}: {text}",
            clock=clock,
        )
    elif action is not Action.SEND_REFERRAL:
        tell_receiver(session, referral, f"{case.reference}: {text}", clock=clock)


def tell_receiver(session: Session, referral: Referral, text: str, *, clock: Clock) -> None:
    """A message to the receiver."""
    message.send(
        session,
        to=referral.receiver_id,
        subject=message.Subject.VERWIJZING,
        subject_id=referral.id,
        text=text,
        clock=clock,
    )


def next_in_line(session: Session, case: Intake, referral: Referral, *, clock: Clock) -> Referral | NoPlace | None:
    """Ask the next that fits. A desk has no next: the case goes back to who sent it."""
    if referral.place_id is None:
        case.state = IntakeState.BESLOTEN
        return None
    actor = _sender(session, referral, clock)
    decided = session.get_one(Besluit, referral.besluit_id)
    purpose = PlacementPurpose(referral.purpose)
    own = actor.addressed_as
    tried = session.execute(
        select(Referral.receiver_id, Referral.place_id).where(
            Referral.besluit_id == decided.id, Referral.purpose == purpose.value
        )
    )
    done = {(row[0], row[1]) for row in tried}
    found = candidates_of(session, case, decided, purpose, own=own, clock=clock)
    left = [one for one in found if one.key not in done]
    return send_to_first(session, actor, case, decided, left, purpose=purpose, clock=clock, after=referral)


def receiver_name(session: Session, referral: Referral) -> str:
    """The receiver, by name."""
    return session.get_one(Organisation, referral.receiver_id).naam


def _sender(session: Session, referral: Referral, clock: Clock) -> Actor:
    """The house acting for the organisation that sent the referral."""
    sender = session.get_one(Organisation, referral.organisation_id)
    tenant = referral.gemeente_id if sender.kind is OrganisationKind.WIJKTEAM else None
    return replace(
        system_actor(clock.now()), organisation_id=sender.id, organisation_kind=sender.kind, tenant_id=tenant
    )


def _no_place(session: Session, actor: Actor, case: Intake, decided: Besluit, *, clock: Clock) -> NoPlace:
    """Nobody has room: the case waits in sight, tonight's shelter stays, the expertise function looks along."""
    product = decided.voorzieningen[0] if decided.voorzieningen else decided.overbrugging
    case.state = IntakeState.GEEN_PLEK
    event.tell(
        session, actor, case, kind="geen_plek", text="Er is nu nergens plek. De zaak blijft in beeld.", clock=clock
    )
    try:
        given = advice.opened(session, advice.latest(session, case.id))
        expertise.ask_for(session, actor, case, given, "Er is nergens plek.", clock=clock)
    except expertise.NoExpertise as error:
        event.tell(session, actor, case, kind="expertise", text=str(error), clock=clock)
    message.send(
        session,
        to=case.organisation_id,
        account_id=case.worker_id,
        subject=message.Subject.INTAKE,
        subject_id=case.id,
        text=f"{case.reference}: er is nu nergens plek. {_what_now(session, decided, clock)}",
        clock=clock,
    )
    return NoPlace(case.id, product)


def _what_now(session: Session, decided: Besluit, clock: Clock) -> str:
    """What the worker does when nobody has room."""
    if decided.overbrugging != BED_TONIGHT:
        return "Houd vast wat de cliënt nu heeft."
    desk = reach.region_desk(session)
    number = reach.number_at(desk, clock.now()) if desk else ""
    return f"Bel nu {desk.naam}: {number}." if desk and number else "Bel nu de regio."


def referrals_of(session: Session, intake_id: uuid.UUID) -> list[Referral]:
    """All referrals of a case, in order; the caller has fetched the case."""
    return list(session.scalars(select(Referral).where(Referral.intake_id == intake_id).order_by(Referral.sent_at)))
