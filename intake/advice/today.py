"""The advies of then beside what the rules of today would say: for whoever looks at an old case again.

Only the rules differ: the facts are those of the case, the day is that of the advies. Nothing is stored.
"""

from sqlalchemy.orm import Session

from config.clock import Clock
from intake.advice import giving, in_force
from intake.keys import sealing
from intake.tables.advice import StoredAdvice
from intake.tables.intake import Intake
from intake.tables.organisation import Organisation
from rules import Advice, InvalidFacts, NoRuleSet, RuleSetErrors, WaarborgBroken, advise


def by_rules_of_today(session: Session, case: Intake, stored: StoredAdvice, *, clock: Clock) -> Advice | None:
    """What the rules in force today say of a case that the caller may read; none when they are still the same rules.

    None too when the rules of today cannot answer: then there is nothing to set beside the advies.
    """
    try:
        return _advise(session, case, stored, clock)
    except (NoRuleSet, RuleSetErrors, InvalidFacts):
        return None
    except WaarborgBroken as error:
        return error.safe


def _advise(session: Session, case: Intake, stored: StoredAdvice, clock: Clock) -> Advice | None:
    regio = giving.regio_of(session.get_one(Organisation, case.gemeente_id).gemeente_code)
    now = in_force.rules_in_force(session, regio, clock.today())
    if now.hash == stored.ruleset_hash:
        return None
    return advise(now, sealing.get(session, case, "facts"), stored.on)
