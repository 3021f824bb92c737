"""The terms of law, with the values that the region agreed on."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.calendar import is_working_day
from intake.case.days import (
    Pause,
    aanvraag_from,
    besluit_end,
    bezwaar_end,
    destroy_from,
    destroy_withdrawn_from,
    destruction_request_end,
    onderzoek_end,
    plan_end,
)
from intake.case.terms import ClockState, clock_state
from intake.tables.deadline import DeadlineState

MELDING = date(2026, 3, 2)


def test_the_personal_plan_has_seven_days():
    assert plan_end(MELDING) == date(2026, 3, 9)


def test_the_investigation_has_six_weeks():
    assert onderzoek_end(MELDING) == date(2026, 4, 13)


def test_after_six_weeks_the_client_may_apply_at_once():
    assert aanvraag_from(MELDING) == date(2026, 4, 14)


def test_a_decision_due_on_koningsdag_is_due_the_day_after():
    assert besluit_end(date(2026, 4, 13)) == date(2026, 4, 28)


def test_days_on_which_the_client_was_asked_something_do_not_count():
    pause = Pause(date(2026, 4, 20), date(2026, 4, 27))
    assert besluit_end(date(2026, 4, 13), [pause]) == date(2026, 5, 4)


def test_a_suspended_term_that_would_end_on_bevrijdingsdag_ends_the_day_after():
    pause = Pause(date(2026, 4, 20), date(2026, 4, 28))
    assert besluit_end(date(2026, 4, 13), [pause]) == date(2026, 5, 6)


def test_while_the_answer_is_awaited_the_term_moves_with_the_days():
    open_pause = Pause(date(2026, 4, 20))
    assert besluit_end(date(2026, 4, 13), [open_pause], today=date(2026, 4, 27)) == date(2026, 5, 4)


def test_objection_runs_six_weeks_from_the_day_after():
    assert bezwaar_end(date(2026, 4, 28)) == date(2026, 6, 9)


def test_data_are_kept_fifteen_years_after_their_last_change():
    assert destroy_from(date(2026, 6, 9)) == date(2041, 6, 9)


def test_a_leap_day_plus_fifteen_years_is_the_first_of_march():
    assert destroy_from(date(2028, 2, 29)) == date(2043, 3, 1)


def test_a_withdrawn_melding_is_kept_six_weeks():
    assert destroy_withdrawn_from(date(2026, 6, 9)) == date(2026, 7, 21)


@pytest.mark.parametrize(
    ("asked", "last"),
    [
        (date(2026, 6, 9), date(2026, 9, 9)),
        (date(2026, 11, 30), date(2027, 2, 28)),
        (date(2026, 12, 31), date(2027, 3, 31)),
    ],
)
def test_a_request_for_destruction_is_done_within_three_months(asked, last):
    assert destruction_request_end(asked) == last


def test_a_term_says_that_it_is_near_and_that_it_is_late():
    due = date(2026, 4, 13)
    assert clock_state(DeadlineState.LOOPT, due, date(2026, 4, 5)) is ClockState.LOOPT
    assert clock_state(DeadlineState.LOOPT, due, date(2026, 4, 13)) is ClockState.BIJNA
    assert clock_state(DeadlineState.LOOPT, due, date(2026, 4, 14)) is ClockState.TE_LAAT
    assert clock_state(DeadlineState.GEHAALD, due, date(2026, 4, 14)) is ClockState.GEHAALD
    assert clock_state(DeadlineState.OPGESCHORT, due, date(2026, 4, 14)) is ClockState.OPGESCHORT


@given(st.dates(date(2024, 1, 1), date(2040, 12, 31)))
def test_no_statutory_term_ends_on_a_day_of_rest(start):
    for end in (plan_end(start), onderzoek_end(start), besluit_end(start), bezwaar_end(start)):
        assert is_working_day(end)
        assert end > start
