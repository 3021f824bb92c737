"""Letters: asked for with the case, made by a job after the commit, kept as they are."""

import uuid
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from config.clock import AMSTERDAM, Clock
from intake.access import policy
from intake.access.act import Act
from intake.access.action import Action
from intake.access.actor import Actor
from intake.access.audit import audit
from intake.keys import sealing
from intake.store.outbox import job
from intake.tables.intake import Intake
from intake.tables.job import JobKind
from intake.tables.letter import Letter, LetterKind, LetterState
from intake.tables.referral import Referral


class LetterNotReady(RuntimeError):
    """The letter is not there yet, or could not be made; the message is Dutch and says what to do."""


@dataclass(frozen=True, slots=True)
class LetterFile:
    """A letter to hand out. The name of the file tells nothing about the person."""

    filename: str
    pdf: bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends a letter: the person who answers for it, and the organisation."""

    account_id: uuid.UUID
    organisation_id: uuid.UUID


def sender_of(actor: Actor) -> Sender:
    """The actor as sender; the house itself sends no letters."""
    assert actor.account_id is not None
    assert actor.organisation_id is not None
    return Sender(actor.account_id, actor.organisation_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLetter:
    """A letter that is wanted: of which kind, from whom, on which besluit, with which referral."""

    kind: LetterKind
    sender: Sender
    besluit_id: uuid.UUID | None = None
    referral_id: uuid.UUID | None = None


def ask_for(session: Session, case: Intake, wanted: NewLetter, *, clock: Clock) -> Letter:
    """A letter of this case, to be made after the commit; the caller has fetched the case."""
    letter = Letter(
        id=uuid.uuid4(),
        gemeente_id=case.gemeente_id,
        intake_id=case.id,
        kind=wanted.kind,
        taal="nl",
        state=LetterState.WORDT_GEMAAKT,
        besluit_id=wanted.besluit_id,
        referral_id=wanted.referral_id,
        organisation_id=wanted.sender.organisation_id,
        asked_at=clock.now(),
        asked_by=wanted.sender.account_id,
    )
    session.add(letter)
    job.ask(
        session, job.NewJob(JobKind.BRIEF_MAKEN, {"letter_id": str(letter.id)}, once=job_name(letter.id)), clock=clock
    )
    return letter


def job_name(letter_id: uuid.UUID) -> str:
    """The name (`once`) of the job that makes this letter."""
    return f"brief:{letter_id}"


def ask_again(act: Act, letter_id: uuid.UUID) -> Letter:
    """A new letter of the same kind on the same besluit, with the data of now; the earlier one stays as it was.

    Raises:
        NotFound: no such letter, or not for this actor.
    """
    old = policy.fetch(act.session, act.actor, Action.MAKE_LETTER, Letter, letter_id)
    case = policy.fetch(act.session, act.actor, Action.MAKE_LETTER, Intake, old.intake_id)
    audit.record(act.session, act.actor, Action.MAKE_LETTER, about=case)
    return ask_for(
        act.session,
        case,
        NewLetter(kind=old.kind, sender=sender_of(act.actor), besluit_id=old.besluit_id, referral_id=old.referral_id),
        clock=act.clock,
    )


def letters_of(session: Session, intake_id: uuid.UUID) -> tuple[Letter, ...]:
    """The letters of a case, newest first; the caller has fetched the case."""
    query = select(Letter).where(Letter.intake_id == intake_id).order_by(Letter.asked_at.desc())
    return tuple(session.scalars(query))


def awaited_letters(session: Session, intake_id: uuid.UUID, *, clock: Clock) -> tuple[Letter, ...]:
    """As `letters_of`, for somebody who looks at them: those still to be made are made next."""
    found = letters_of(session, intake_id)
    job.hurry(session, [job_name(one.id) for one in found if one.state is LetterState.WORDT_GEMAAKT], clock=clock)
    return found


def open_letter(session: Session, actor: Actor, letter_id: uuid.UUID) -> LetterFile:
    """The letter itself; the reading is logged.

    Raises:
        NotFound: no such letter, or not for this actor.
        LetterNotReady: it is still being made, or something must be mended first.
    """
    letter = policy.fetch(session, actor, Action.READ_LETTER, Letter, letter_id)
    if letter.state is LetterState.WORDT_GEMAAKT:
        raise LetterNotReady("De brief wordt gemaakt. Ververs deze pagina over een paar seconden.")
    if letter.state is LetterState.MISLUKT or letter.sha256 is None:
        raise LetterNotReady(letter.problem or "De brief kon niet worden gemaakt. Vraag hem opnieuw aan.")
    return LetterFile(_filename(letter), sealing.get_document(session, letter, "pdf"), letter.sha256)


def short_number(letter: Letter) -> str:
    """What tells two letters of a day apart; says nothing about the person."""
    return letter.id.hex[:6]


def _filename(letter: Letter) -> str:
    """Kind, day and short number, as in `verwijsbrief-2026-11-23-1a2b3c.pdf`."""
    day = letter.asked_at.astimezone(AMSTERDAM).date()
    return f"{letter.kind.name.lower()}-{day.isoformat()}-{short_number(letter)}.pdf"


def travel_with(session: Session, case: Intake, referral: Referral, *, clock: Clock) -> None:
    """The letter of its besluit names the receiver of this referral: the one still to be made, else a new one."""
    waiting = session.scalars(
        select(Letter)
        .where(Letter.besluit_id == referral.besluit_id, Letter.kind == LetterKind.VERWIJSBRIEF)
        .where(Letter.state == LetterState.WORDT_GEMAAKT)
        .limit(1)
    ).first()
    if waiting is not None:
        waiting.referral_id = referral.id
        return
    ask_for(
        session,
        case,
        NewLetter(
            kind=LetterKind.VERWIJSBRIEF,
            sender=Sender(referral.sent_by, referral.organisation_id),
            besluit_id=referral.besluit_id,
            referral_id=referral.id,
        ),
        clock=clock,
    )
