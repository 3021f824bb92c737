"""Making a letter: the job that runs after the commit of the case. What is made once is never changed."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from config.clock import Clock
from intake.access import policy
from intake.access.action import Action
from intake.access.actor import system_actor
from intake.access.audit import audit
from intake.keys import sealing
from intake.letters.data import letter_data
from intake.people.messages import message
from intake.people.messages.kind import MessageKind, Told
from intake.people.messages.message import To
from intake.store.outbox.job import JobPostponed, SlowWork
from intake.tables.intake import Intake
from intake.tables.letter import Letter, LetterState
from reports import letters as paper
from reports.letters import LetterError, RenderedLetter, RendererUnavailable, render_letter

TRY_AGAIN = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Manuscript:
    """What a letter is printed from: plain data, read from the case."""

    letter_id: uuid.UUID
    taal: str
    content: paper.Letter


def gather(session: Session, letter_id: uuid.UUID, *, clock: Clock) -> Manuscript | None:
    """What the letter is printed from; nothing when it is printed already."""
    letter = policy.fetch(session, system_actor(clock.now()), Action.MAKE_LETTER, Letter, letter_id)
    if letter.state is LetterState.KLAAR:
        return None
    return Manuscript(letter.id, letter.taal, letter_data(session, letter))


def press(manuscript: Manuscript) -> RenderedLetter | LetterError:
    """The printed letter, or why it cannot be printed. Takes long and needs no database.

    Raises:
        RendererUnavailable: this machine cannot print now (Pango is missing).
    """
    try:
        return render_letter(manuscript.content, manuscript.taal)
    except RendererUnavailable:
        raise
    except LetterError as error:
        return error


def keep(session: Session, letter_id: uuid.UUID, made: RenderedLetter | LetterError, *, clock: Clock) -> None:
    """Keep the letter as it was printed, once; what cannot be printed says why, and to whom."""
    actor = system_actor(clock.now())
    letter = policy.fetch(session, actor, Action.MAKE_LETTER, Letter, letter_id, lock=True)
    if letter.state is LetterState.KLAAR:
        return
    if isinstance(made, LetterError):
        letter.state, letter.problem = LetterState.MISLUKT, str(made)
        _tell_of_failure(session, letter, clock)
        return
    sealing.put_document(session, letter, "pdf", made.pdf)
    letter.sha256, letter.pages, letter.made_at = made.sha256, made.pages, clock.now()
    letter.state, letter.problem = LetterState.KLAAR, None
    audit.record(session, actor, Action.MAKE_LETTER, about=letter)


def make(session: Session, letter_id: uuid.UUID, *, clock: Clock) -> None:
    """Print the letter and keep it, in one go; done twice it changes nothing. For the demo and the command line.

    Raises:
        RendererUnavailable: this machine cannot print now (Pango is missing).
    """
    manuscript = gather(session, letter_id, clock=clock)
    if manuscript is not None:
        keep(session, letter_id, press(manuscript), clock=clock)


def _gather_job(session: Session, payload: Mapping[str, Any], clock: Clock) -> Manuscript | None:
    return gather(session, uuid.UUID(payload["letter_id"]), clock=clock)


def _keep_job(session: Session, manuscript: Manuscript, made: RenderedLetter | LetterError, clock: Clock) -> None:
    keep(session, manuscript.letter_id, made, clock=clock)


def _press_or_wait(manuscript: Manuscript) -> RenderedLetter | LetterError:
    try:
        return press(manuscript)
    except RendererUnavailable as error:
        raise JobPostponed(TRY_AGAIN) from error


LETTER_WORK = SlowWork(_gather_job, _press_or_wait, _keep_job)
"""Making a letter as a job: no transaction is open while it is printed."""


def _tell_of_failure(session: Session, letter: Letter, clock: Clock) -> None:
    behind = message.about_case(session.get_one(Intake, letter.intake_id))
    to = To(letter.organisation_id, letter.asked_by)
    message.send(session, Told(MessageKind.BRIEF_MISLUKT), to=to, behind=behind, clock=clock)
