"""Dates and months: ISO inside, and as people in the Netherlands type and read them on a page."""

import re
from datetime import date

MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
_NUMBERS = {name: number for number, name in enumerate(MONTHS, start=1)}
_NUMBERS |= {name[:3]: number for name, number in _NUMBERS.items()} | {"mrt": 3, "sept": 9}
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})\Z")
_ISO_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])\Z")
_FIGURES = re.compile(r"([0-9]{1,2})\s*[-/. ]\s*([0-9]{1,2})\s*[-/. ]\s*([0-9]{4})\Z")
_WORDS = re.compile(r"([0-9]{1,2})\s*[- ]?\s*([a-z]{3,9})\.?\s*[- ]?\s*([0-9]{4})\Z")
_MONTH_FIGURES = re.compile(r"([0-9]{1,2})\s*[-/. ]\s*([0-9]{4})\Z")
_MONTH_WORDS = re.compile(r"([a-z]{3,9})\.?\s*[- ]?\s*([0-9]{4})\Z")
_LONGEST = 40


def iso_date(text: str) -> date | None:
    """The date that `text` writes as YYYY-MM-DD, or None; nothing else is a date."""
    found = _ISO.match(text)
    return _existing(int(found[1]), int(found[2]), int(found[3])) if found else None


def iso_month(text: str) -> date | None:
    """The first day of the month that `text` writes as YYYY-MM, or None."""
    found = _ISO_MONTH.match(text)
    return _existing(int(found[1]), int(found[2]), 1) if found else None


def typed_date(text: str) -> date | None:
    """The date in `23-11-2026`, `23/11/2026`, `23 november 2026`, `23 nov. 2026` or `2026-11-23`; None when none."""
    tidy = text.strip().lower()
    if len(tidy) > _LONGEST:
        return None
    if found := _FIGURES.match(tidy):
        return _existing(int(found[3]), int(found[2]), int(found[1]))
    if (found := _WORDS.match(tidy)) and found[2] in _NUMBERS:
        return _existing(int(found[3]), _NUMBERS[found[2]], int(found[1]))
    return iso_date(tidy)


def typed_month(text: str) -> date | None:
    """The first day of the month in `11-2026`, `november 2026`, `2026-11` or a whole date; None when none."""
    tidy = text.strip().lower()
    if len(tidy) > _LONGEST:
        return None
    if found := _MONTH_FIGURES.match(tidy):
        return _existing(int(found[2]), int(found[1]), 1)
    if (found := _MONTH_WORDS.match(tidy)) and found[1] in _NUMBERS:
        return _existing(int(found[2]), _NUMBERS[found[1]], 1)
    whole = typed_date(tidy)
    return whole.replace(day=1) if whole else iso_month(tidy)


def short(day: date) -> str:
    """As typed on a page: 23-11-2026."""
    return f"{day.day:02}-{day.month:02}-{day.year:04}"


def short_month(day: date) -> str:
    """A month as typed on a page: 11-2026."""
    return f"{day.month:02}-{day.year:04}"


def in_words(day: date) -> str:
    """As read in a letter: 23 november 2026."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def month_in_words(day: date) -> str:
    """A month as read in a letter: november 2026."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def years_later(day: date, years: int) -> date:
    """The same day `years` later (earlier when negative); 29 February becomes 1 March in a common year."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def age_on(born: date, day: date) -> int:
    """Whole years of age on `day`; somebody born on 29 February has the birthday on 1 March in a common year."""
    return day.year - born.year - (years_later(born, day.year - born.year) > day)


def _existing(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
