"""The days that the law counts: when a term ends, when a client may apply, when data may go. Knows no case.

Days are days in Amsterdam. Grounds: Wmo 2015 art. 2.3.2 (plan seven days, investigation six weeks), 2.3.5 lid 2
(decision two weeks), 5.3.4 and 5.3.5 (keeping and destroying), Awb 4:15 (suspension), 6:7 and 6:8 (objection six
weeks), Algemene termijnenwet art. 1 and 3.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from config.calendar import next_working_day, statutory_end
from config.clock import AMSTERDAM, Clock

REVIEW_HOUR = time(6, 0)
"""Each morning at six the urgency of every open case is looked at again."""

PLAN_DAYS = 7
ONDERZOEK_WEEKS = 6
BESLUIT_WEEKS = 2
BEZWAAR_WEEKS = 6
RETENTION_YEARS = 15
WITHDRAWN_WEEKS = 6
DESTRUCTION_MONTHS = 3
LEAP_DAY = (2, 29)


@dataclass(frozen=True, slots=True)
class Pause:
    """Days on which a term stood still: from the question (Awb 4:15) to the answer; none yet while it lasts."""

    since: date
    until: date | None = None

    def days(self, today: date) -> int:
        """How many days it took so far."""
        return max(0, ((self.until or today) - self.since).days)


def plan_end(melding: date) -> date:
    """Last day on which the client can hand over a personal plan (Wmo 2.3.2 lid 2)."""
    return statutory_end(melding, days=PLAN_DAYS)


def onderzoek_end(melding: date) -> date:
    """Last day of the investigation (Wmo 2.3.2 lid 1)."""
    return statutory_end(melding, weeks=ONDERZOEK_WEEKS)


def aanvraag_from(melding: date) -> date:
    """First day on which the client may apply although the investigation is not done (Wmo 2.3.2 lid 9)."""
    return onderzoek_end(melding) + timedelta(days=1)


def besluit_end(aanvraag: date, pauses: Iterable[Pause] = (), *, today: date | None = None) -> date:
    """Last day of the decision (Wmo 2.3.5 lid 2); days of suspension (Awb 4:15) do not count."""
    nominal = aanvraag + timedelta(weeks=BESLUIT_WEEKS)
    stood_still = sum(pause.days(today or pause.since) for pause in pauses)
    return next_working_day(nominal + timedelta(days=stood_still))


def bezwaar_end(bekendgemaakt: date) -> date:
    """Last day to object: six weeks, from the day after the decision was made known (Awb 6:7, 6:8)."""
    return statutory_end(bekendgemaakt, weeks=BEZWAAR_WEEKS)


def destroy_from(last_change: date) -> date:
    """From this day the data may be destroyed: fifteen years after their last change (Wmo 5.3.4 lid 1)."""
    return years_later(last_change, RETENTION_YEARS)


def destroy_withdrawn_from(withdrawn: date) -> date:
    """From this day the data of a melding that was withdrawn before a decision may be destroyed."""
    return withdrawn + timedelta(weeks=WITHDRAWN_WEEKS)


def destruction_request_end(asked: date) -> date:
    """Last day to destroy at the client's request (Wmo 5.3.5): three months."""
    month = asked.month + DESTRUCTION_MONTHS
    year, month = asked.year + (month - 1) // 12, (month - 1) % 12 + 1
    day = asked.day
    while True:
        try:
            return date(year, month, day)
        except ValueError:
            day -= 1


def years_later(day: date, years: int) -> date:
    """The same day some years later; 29 February becomes 1 March when that year has none."""
    if (day.month, day.day) == LEAP_DAY:
        return date(day.year + years, 2, 28) + timedelta(days=1)
    return day.replace(year=day.year + years)


def morning_after(clock: Clock) -> datetime:
    """The next morning at six in Amsterdam, in UTC."""
    return datetime.combine(clock.today() + timedelta(days=1), REVIEW_HOUR, AMSTERDAM)
