"""Making a letter: the job that runs after the commit of the case. What is made once is never changed."""

import uuid
from datetime import timedelta

from sqlalchemy.orm import Session

from config.clock import Clock
from intake import audit, message, policy, sealing
from intake.action import Action
from intake.actor import system_actor
from intake.job import JobPostponed
from intake.letter_data import letter_data
from intake.tables.intake import Intake
from intake.tables.letter import Letter, LetterState
from reports.letters import LetterError, RendererUnavailable, render_letter

TRY_AGAIN = timedelta(minutes=10)


def make(session: Session, letter_id: uuid.UUID, *, clock: Clock) -> None:
    """Make the letter; done twice it changes nothing. What cannot be printed says why, and to whom.

    Raises:
        JobPostponed: this machine cannot print now (Pango is missing).
    """
    actor = system_actor(clock.now())
    letter = policy.fetch(session, actor, Action.MAKE_LETTER, Letter, letter_id, lock=True)
    if letter.state is LetterState.KLAAR:
        return
    case = session.get_one(Intake, letter.intake_id)
    try:
        made = render_letter(letter_data(session, letter), letter.taal)
    except RendererUnavailable as error:
        raise JobPostponed(clock.now() + TRY_AGAIN) from error
    except LetterError as error:
        letter.state, letter.problem = LetterState.MISLUKT, str(error)
        _tell(session, letter, case, f"{case.reference}: een brief kon niet worden gemaakt.", clock)
        return
    sealing.put_document(session, letter, "pdf", made.pdf)
    letter.sha256, letter.pages, letter.made_at = made.sha256, made.pages, clock.now()
    letter.state, letter.problem = LetterState.KLAAR, None
    audit.record(session, actor, Action.MAKE_LETTER, about=letter)


def _tell(session: Session, letter: Letter, case: Intake, text: str, clock: Clock) -> None:
    message.send(
        session,
        to=letter.organisation_id,
        account_id=letter.asked_by,
        subject=message.Subject.INTAKE,
        subject_id=case.id,
        text=text,
        clock=clock,
    )
