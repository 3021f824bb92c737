"""Past cases under other rules: what would have come out, counted per gemeente and receiver. Nothing stored changes.

No case is shown to whoever asks; only numbers leave this module.
"""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from config.gemeenten import naam_van
from intake import advice, audit, policy, sealing
from intake.action import Action
from intake.actor import Actor
from intake.tables.intake import Intake
from intake.tables.organisation import Organisation
from rules.replay import Case

MOST_CASES = 5_000
GEMEENTE, RECEIVER = "gemeente", "ontvanger"


def past_cases(session: Session, actor: Actor, *, most: int = MOST_CASES) -> tuple[Case, ...]:
    """The facts of the newest cases of the installation, with the groups that they count in and nothing else.

    Raises:
        Forbidden: the actor does not write rules.
    """
    policy.require(actor, Action.EDIT_RULES)
    found = tuple(_cases(session, most))
    audit.record(session, actor, Action.EDIT_RULES, detail=f"herberekend={len(found)}")
    return found


def stored_cases(session: Session, *, most: int = MOST_CASES) -> tuple[Case, ...]:
    """As `past_cases`, for the command line, where whoever runs it holds the database and its keys."""
    return tuple(_cases(session, most))


def _cases(session: Session, most: int) -> Iterator[Case]:
    rows = session.execute(select(Organisation.id, Organisation.gemeente_code))
    codes = {row.id: row.gemeente_code for row in rows}
    query = select(Intake).order_by(Intake.submitted_at.desc(), Intake.id).limit(most)
    for case in session.scalars(query):
        given = advice.opened(session, advice.latest(session, case.id))
        groups = {
            GEMEENTE: naam_van(codes.get(case.gemeente_id) or ""),
            RECEIVER: given.bestemming.naam or given.bestemming.soort,
        }
        yield Case(sealing.get(session, case, "facts"), case.melding_datum, groups)
