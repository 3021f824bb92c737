"""Who looks after a case: one person, by name, who can hand it over to a colleague of the same organisation."""

import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from intake.access import policy
from intake.access.act import Act
from intake.access.action import Action
from intake.access.audit import audit
from intake.case import timeline
from intake.people.messages import message
from intake.people.messages.kind import MessageKind, Told
from intake.tables.account import Account, Membership, Role
from intake.tables.intake import Intake

WORKS_ON_CASES = (Role.WIJKTEAMMEDEWERKER, Role.TEAMLEIDER, Role.REGIONALE_TOEGANG)


class NoColleague(ValueError):
    """This person cannot look after the case; the message is Dutch and says who can."""

    def __init__(self) -> None:
        super().__init__("Kies een collega uit de lijst: iemand die nu in hetzelfde team werkt.")


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who can look after the case."""

    id: uuid.UUID
    naam: str
    functie: str


def caseworker_name(session: Session, case: Intake) -> str:
    """Who looks after the case, by name; the caller has fetched the case."""
    return session.get_one(Account, case.worker_id).naam


def colleagues(session: Session, case: Intake, today: date) -> tuple[Colleague, ...]:
    """Who else could look after the case today, by name; the caller has fetched the case."""
    query = (
        select(Account.id, Account.naam, Account.functie)
        .join(Membership, Membership.account_id == Account.id)
        .where(
            Membership.organisation_id == case.organisation_id,
            Membership.role.in_(WORKS_ON_CASES),
            Membership.van <= today,
            or_(Membership.tot.is_(None), Membership.tot >= today),
            Account.blocked_at.is_(None),
            Account.id != case.worker_id,
        )
        .distinct()
    )
    found = (Colleague(row[0], row[1], row[2]) for row in session.execute(query))
    return tuple(sorted(found, key=lambda one: (one.naam, str(one.id))))


def hand_to(act: Act, intake_id: uuid.UUID, *, to: uuid.UUID) -> str:
    """From now `to` looks after the case and gets its messages; gives the name. Once is enough: again changes nothing.

    Raises:
        NotFound: no such case, or not for this actor.
        NoColleague: `to` does not work on cases in the organisation that holds this one.
    """
    case = policy.fetch(act.session, act.actor, Action.EDIT_INTAKE, Intake, intake_id, lock=True)
    if to == case.worker_id:
        return caseworker_name(act.session, case)
    chosen = next((one for one in colleagues(act.session, case, act.clock.today()) if one.id == to), None)
    if chosen is None:
        raise NoColleague
    case.worker_id, case.changed_at = chosen.id, act.clock.now()
    audit.record(act.session, act.actor, Action.EDIT_INTAKE, about=case)
    timeline.tell(act, case, kind="behandelaar", text=f"Vaste medewerker is nu {chosen.naam}.")
    if chosen.id != act.actor.account_id:
        told = Told(MessageKind.VASTE_MEDEWERKER, words={"hoe_snel": case.urgentie.value})
        message.tell_worker(act.session, case, told, clock=act.clock)
    return chosen.naam
