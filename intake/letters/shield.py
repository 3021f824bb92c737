"""Whether whoever finds a letter must not learn where the client is, and whether we know how it reaches her safely."""

import uuid
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from forms.projection import is_shielded
from intake.access import policy
from intake.access.action import Action
from intake.access.actor import Actor
from intake.advice import giving as advice
from intake.case import decisions
from intake.keys import sealing
from intake.places import hidden
from intake.tables.intake import Intake
from intake.tables.letter import Letter
from rules import Advice

SAFELY_REACHED = "veilig_bereikbaar"


def shields(session: Session, case: Intake, answers: Mapping[str, Any], given: Advice) -> bool:
    """Whether the letters of this case hide where the client is.

    So said the answers or the rules; or a hidden place was decided on or asked, whatever was answered.
    """
    return (
        is_shielded(answers)
        or "afgeschermd_adres" in given.veiligheid
        or hidden.is_meant(decisions.besluiten_of(session, case.id))
        or hidden.was_asked(session, case.id)
    )


def asks_first(session: Session, actor: Actor, letter_id: uuid.UUID) -> bool:
    """Whether the page asks how this letter will reach the client before it gives it.

    It does when the case is shielded, nobody asked the client how she is reached safely, and the actor is of the side
    that sends: where she is, the letter is handed over inside. Asking is not reading, and is not logged; of a letter
    that the actor may not read nothing is asked.
    """
    letter = session.get(Letter, letter_id)
    if letter is None or not policy.can(actor, Action.READ_LETTER, letter):
        return False
    if letter.organisation_id not in actor.addressed_as and letter.gemeente_id != actor.tenant_id:
        return False
    case = session.get_one(Intake, letter.intake_id)
    answers = sealing.get(session, case, "answers")
    if answers.get(SAFELY_REACHED):
        return False
    return shields(session, case, answers, advice.opened(session, advice.latest(session, case.id)))
