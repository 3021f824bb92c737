"""The terms that run from the melding (Wmo 2015 art. 2.3.2) and the region's own term for the first contact."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from config.calendar import add_working_days, statutory_end
from rules.values.urgentie import Urgentie

PLAN_DAYS = 7
INVESTIGATION_WEEKS = 6
CONTACT_DAYS = MappingProxyType({Urgentie.HOOG: 2, Urgentie.VERHOOGD: 5, Urgentie.REGULIER: 10})
LAST_YEAR = 9_990


def terms(melding: date, urgency: Urgentie | None, parameters: Mapping[str, object]) -> Mapping[str, str]:
    """The last days, as ISO dates, of `persoonlijk_plan`, `onderzoek` and `eerste_contact`.

    The plan may come within seven days (art. 2.3.2 lid 2), the investigation takes six weeks at most (lid 1). The first
    contact is the same day for U0 and U1 (art. 2.3.3: onverwijld), else working days by the region's parameter.
    """
    if urgency is None or urgency.is_today:
        return _terms(melding, 0)
    chosen = parameters.get(f"contact_werkdagen_{urgency.lower()}")
    days = chosen if isinstance(chosen, int) else CONTACT_DAYS[urgency]
    return _terms(melding, max(0, min(days, 60)))


@lru_cache(maxsize=4_096)
def _terms(melding: date, contact_days: int) -> Mapping[str, str]:
    if melding.year > LAST_YEAR:
        melding = melding.replace(year=LAST_YEAR, day=1)
    return MappingProxyType(
        {
            "persoonlijk_plan": statutory_end(melding, days=PLAN_DAYS).isoformat(),
            "onderzoek": statutory_end(melding, weeks=INVESTIGATION_WEEKS).isoformat(),
            "eerste_contact": add_working_days(melding, contact_days).isoformat(),
        }
    )
