"""The terms that a region chooses in its rules (parameters) and that the programme keeps to, beside the tables.

Always those of the rules of the day of the melding, as the advies. Where these cannot be read, the usual number holds:
nobody waits longer because a rule set has a fault.
"""

import calendar
from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy.orm import Session

from config.calendar import add_working_days
from intake.advice import giving, in_force
from intake.tables.intake import Intake
from intake.tables.organisation import Organisation
from rules import Finding, NoRuleSet, RuleSet, RuleSetErrors
from rules.reading import HEAD

TRANSFER_DAYS = "termijn_reactie_overdracht_werkdagen"
QUESTION_DAYS = "termijn_vragen_aanvrager_werkdagen"
USUAL = {TRANSFER_DAYS: 5, QUESTION_DAYS: 10}
STAY, WEEKS, MONTHS = "verblijfsduur_max", "weken", "maanden"
MOST = 520
"""Ten years of weeks: a longer term is a slip of the pen."""


def transfer_by(session: Session, case: Intake, today: date) -> date:
    """By when another region that is asked today answers."""
    return add_working_days(today, transfer_days(session, case))


def transfer_days(session: Session, case: Intake) -> int:
    """The working days that another region has to answer."""
    return _number(rules_of_case(session, case), TRANSFER_DAYS) or USUAL[TRANSFER_DAYS]


def answer_by(session: Session, case: Intake, asked_on: date) -> date:
    """The last day on which a client who was asked something on `asked_on` can answer (Awb 4:5 and 4:15)."""
    days = _number(rules_of_case(session, case), QUESTION_DAYS) or USUAL[QUESTION_DAYS]
    return add_working_days(asked_on, days)


def look_again_on(session: Session, case: Intake, voorziening: str, since: date) -> date | None:
    """When a stay in this provision is to be looked at again; none when the region says nothing of it."""
    found = rules_of_case(session, case)
    weeks = _number(found, f"{STAY}_{voorziening}_{WEEKS}")
    if weeks is not None:
        return since + timedelta(weeks=weeks)
    months = _number(found, f"{STAY}_{voorziening}_{MONTHS}")
    return months_later(since, months) if months is not None else None


def rules_of_case(session: Session, case: Intake) -> RuleSet | None:
    """The rules of the day of the melding; none when there are none that can be read."""
    gemeente = session.get_one(Organisation, case.gemeente_id)
    try:
        return in_force.rules_in_force(session, giving.regio_of(gemeente.gemeente_code), case.melding_datum)
    except (NoRuleSet, RuleSetErrors):
        return None


def parameters_of(found: RuleSet) -> frozenset[str]:
    """The parameters of this set that are read here, and so are in use although no table asks them."""
    stays = (f"{STAY}_{one}_{unit}" for one in found.outcomes["voorzieningen"].fact.values for unit in (WEEKS, MONTHS))
    return frozenset({*USUAL, *stays} & found.parameters.keys())


def faults_of(found: RuleSet) -> Iterator[Finding]:
    """The terms that are no number with which days can be counted."""
    for name in sorted(parameters_of(found)):
        if _number(found, name) is None:
            said = found.parameters[name].value
            yield Finding(HEAD, f"{name}: „{said}” is geen termijn", allowed=f"een heel getal van 1 tot en met {MOST}")


def months_later(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where that has no such day."""
    count = day.month - 1 + months
    year, month = day.year + count // 12, count % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _number(found: RuleSet | None, name: str) -> int | None:
    value = found.parameters[name].value if found is not None and name in found.parameters else None
    return value if isinstance(value, int) and 1 <= value <= MOST else None
