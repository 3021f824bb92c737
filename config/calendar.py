"""Dutch working days and statutory terms (Algemene termijnenwet)."""

from datetime import date, timedelta
from functools import lru_cache

import holidays

FRIDAY = 4

# Good Friday counts (art. 3 lid 2 Algemene termijnenwet), and so does 5 May of every year.
_CATEGORIES = (holidays.PUBLIC, holidays.OPTIONAL)


@lru_cache(maxsize=256)
def _holidays_of(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("NL", years=year, categories=_CATEGORIES))


def is_holiday(day: date) -> bool:
    """Whether `day` is a holiday in the sense of art. 3 Algemene termijnenwet."""
    return day in _holidays_of(day.year)


def is_working_day(day: date) -> bool:
    """Whether `day` is neither Saturday, Sunday nor a holiday."""
    return day.weekday() <= FRIDAY and not is_holiday(day)


def next_working_day(day: date) -> date:
    """`day` itself when it is a working day, else the first one after it."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def add_working_days(day: date, count: int) -> date:
    """The `count`-th working day after `day`; `day` itself does not count.

    Raises:
        ValueError: `count` is negative.
    """
    if count < 0:
        raise ValueError("count must not be negative")
    for _ in range(count):
        day = next_working_day(day + timedelta(days=1))
    return day


def statutory_end(start: date, *, weeks: int = 0, days: int = 0) -> date:
    """The last day of a term that begins the day after `start`.

    A term that ends on a Saturday, Sunday or holiday runs to the next working day (art. 1 Algemene termijnenwet).
    """
    return next_working_day(start + timedelta(weeks=weeks, days=days))
