from datetime import date

import pytest

from config.calendar import add_working_days, is_holiday, is_working_day, next_working_day, statutory_end


@pytest.mark.parametrize(
    ("start", "weeks", "days", "end"),
    [
        (date(2026, 3, 2), 0, 7, date(2026, 3, 9)),  # persoonlijk plan
        (date(2026, 3, 2), 6, 0, date(2026, 4, 13)),  # onderzoek
        (date(2026, 4, 13), 2, 0, date(2026, 4, 28)),  # ends on Koningsdag, so a day later
        (date(2026, 4, 28), 6, 0, date(2026, 6, 9)),  # bezwaar
        (date(2026, 4, 13), 2, 7, date(2026, 5, 4)),  # suspended for a week
        (date(2026, 12, 11), 2, 0, date(2026, 12, 28)),  # Christmas and a weekend in a row
    ],
)
def test_a_statutory_term_ends_on_the_day_that_the_law_gives(start, weeks, days, end):
    assert statutory_end(start, weeks=weeks, days=days) == end


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 4, 3),  # Goede Vrijdag
        date(2026, 4, 6),
        date(2026, 4, 27),
        date(2026, 5, 5),
        date(2026, 5, 14),
        date(2026, 5, 25),
        date(2026, 12, 25),
        date(2027, 1, 1),
        date(2025, 4, 26),  # Koningsdag moved from Sunday the 27th
    ],
)
def test_the_holidays_of_the_algemene_termijnenwet_are_no_working_days(day):
    assert is_holiday(day)
    assert not is_working_day(day)


def test_the_weekend_is_no_working_time():
    assert next_working_day(date(2026, 11, 21)) == date(2026, 11, 23)
    assert next_working_day(date(2026, 11, 23)) == date(2026, 11, 23)


def test_working_days_are_counted_from_the_day_after():
    assert add_working_days(date(2026, 12, 24), 2) == date(2026, 12, 29)
    assert add_working_days(date(2026, 11, 20), 0) == date(2026, 11, 20)
    with pytest.raises(ValueError):
        add_working_days(date(2026, 11, 20), -1)
