from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms import INTAKE_FORM
from forms.values.dates import (
    age_on,
    in_words,
    month_in_words,
    short,
    short_month,
    typed_date,
    typed_month,
    years_later,
)

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2003, 11, 24), date(2026, 11, 23), 22),
        (date(2003, 11, 23), date(2026, 11, 23), 23),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2026, 11, 23), date(2026, 11, 23), 0),
    ],
)
def test_an_age_changes_on_the_birthday(born, day, age):
    assert age_on(born, day) == age


def test_the_day_before_the_birthday_still_asks_about_jeugdhulp():
    assert "jeugdhulp" in INTAKE_FORM.asked({"melding_datum": "2026-11-23", "geboortedatum": "2003-11-24"})
    assert "jeugdhulp" not in INTAKE_FORM.asked({"melding_datum": "2026-11-23", "geboortedatum": "2003-11-23"})


def test_a_leap_day_moves_to_march():
    assert years_later(date(2024, 2, 29), -1) == date(2023, 3, 1)


@given(DAYS)
def test_every_date_is_read_back_as_it_is_shown(day):
    assert typed_date(short(day)) == typed_date(in_words(day)) == typed_date(day.isoformat()) == day


@given(DAYS)
def test_every_month_is_read_back_as_it_is_shown(day):
    first = day.replace(day=1)
    assert typed_month(short_month(day)) == typed_month(month_in_words(day)) == typed_month(short(day)) == first


@given(st.text(max_size=50))
def test_any_text_is_a_date_or_none(text):
    assert typed_date(text) is None or typed_date(text).year
    assert typed_month(text) is None or typed_month(text).day == 1
