from datetime import UTC, date, datetime, timedelta

import pytest

from config.clock import FixedClock, SystemClock


def test_the_day_is_the_day_in_amsterdam():
    assert FixedClock(datetime(2026, 11, 22, 23, 30, tzinfo=UTC)).today() == date(2026, 11, 23)
    assert FixedClock(datetime(2026, 7, 1, 21, 59, tzinfo=UTC)).today() == date(2026, 7, 1)


def test_a_moment_without_time_zone_is_refused():
    with pytest.raises(ValueError):
        FixedClock(datetime(2026, 11, 22, 23, 30))  # noqa: DTZ001


def test_the_system_clock_tells_utc():
    assert SystemClock().now().utcoffset() == timedelta(0)
