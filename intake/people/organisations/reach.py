"""Which number of an organisation is answered at which hour, and changing that."""

from datetime import datetime, time

from sqlalchemy.orm import Session

from config.calendar import is_working_day
from config.clock import AMSTERDAM
from intake.access.action import Action
from intake.access.actor import Actor
from intake.access.audit import audit
from intake.people.organisations.organisation import Reachable, organisations
from intake.tables.organisation import Organisation, OrganisationKind
from rules import Advice
from rules.values import CRISIS, YOUTH_CRISIS

YOUTH = "jeugd"

FIRST_HOUR, LAST_HOUR = time(9), time(17)
"""Office hours of who has a night number and told no hours."""
REGION_DESKS = (OrganisationKind.REGIO, OrganisationKind.REGIONALE_TOEGANG)
AT_NIGHT = "’s avonds, ’s nachts en in het weekend"


class HoursRefused(ValueError):
    """The hours of the day number end before they begin; the message is Dutch."""

    def __init__(self) -> None:
        super().__init__("het dagnummer stopt voordat het begint. Er is niets gewijzigd.")


def change_reach(session: Session, actor: Actor, one: Organisation, wanted: Reachable) -> None:
    """Change how the organisation is reached; into the log.

    Raises:
        HoursRefused: the hours of the day number would end before they begin.
    """
    opens, closes = wanted.dag_van or one.dag_van or FIRST_HOUR, wanted.dag_tot or one.dag_tot or LAST_HOUR
    if opens >= closes:
        raise HoursRefused
    for name, value in wanted.told.items():
        setattr(one, name, value)
    session.flush()
    detail = f"bereikbaar {' '.join(sorted(wanted.told))}"
    audit.record(session, actor, Action.MANAGE_ACCOUNTS, about=one, detail=detail)


def is_day_time(one: Organisation, moment: datetime) -> bool:
    """Whether `moment` (aware) lies in the hours of the day number: on a working day, in Amsterdam."""
    local = moment.astimezone(AMSTERDAM)
    opens, closes = one.dag_van or FIRST_HOUR, one.dag_tot or LAST_HOUR
    return is_working_day(local.date()) and opens <= local.time() < closes


def number_at(one: Organisation, moment: datetime) -> str:
    """The number to call at this moment; the only one when there is but one, empty when there is none."""
    if not (one.nachttelefoon and one.telefoon):
        return one.nachttelefoon or one.telefoon
    return one.telefoon if is_day_time(one, moment) else one.nachttelefoon


def is_answered_at(one: Organisation, moment: datetime) -> bool:
    """Whether somebody answers `number_at` at this moment, as far as the register tells."""
    return bool(one.nachttelefoon) or (bool(one.telefoon) and is_day_time(one, moment))


def numbers_in_words(one: Organisation) -> str:
    """Both numbers with their hours, in a line that is read at any hour; empty when there is none."""
    day = f"{one.telefoon} ({one.openingstijden})" if one.telefoon and one.openingstijden else one.telefoon
    night = f"{one.nachttelefoon} ({AT_NIGHT})" if one.nachttelefoon else ""
    return " of ".join(part for part in (day, night) if part)


def region_desk(session: Session) -> Organisation | None:
    """Whom to call when nobody has room: a desk of the region, first one that is answered at night."""
    found = organisations(session, REGION_DESKS)
    return min(found, key=lambda one: (not one.nachttelefoon, not one.telefoon), default=None)


def crisis_help(session: Session, given: Advice) -> Organisation | None:
    """The crisis help that the advice means: by its name, else the one for this age."""
    found = organisations(session, [OrganisationKind.CRISISDIENST])
    wanted = given.bestemming.naam if given.bestemming.soort == CRISIS else ""
    young = YOUTH_CRISIS in given.voorliggend
    found.sort(key=lambda one: (not wanted or wanted not in one.naam, (YOUTH in one.naam.casefold()) is not young))
    return found[0] if found else None
