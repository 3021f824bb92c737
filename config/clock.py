"""What time it is. Moments are UTC; a day is a day in Amsterdam."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


class Clock(Protocol):
    """Tells the time to whoever needs it; handed on as an argument, never looked up."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...

    def today(self) -> date:
        """The present day in Amsterdam."""
        ...


class SystemClock:
    """The clock of the machine."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        return datetime.now(UTC)

    def today(self) -> date:
        """The present day in Amsterdam."""
        return self.now().astimezone(AMSTERDAM).date()


@dataclass(frozen=True, slots=True)
class FixedClock:
    """A clock that stands still at `moment` (aware): for tests, replay and the demo year."""

    moment: datetime

    def __post_init__(self) -> None:
        """Refuse a moment without a time zone.

        Raises:
            ValueError: the moment is naive.
        """
        if self.moment.tzinfo is None:
            raise ValueError("FixedClock needs an aware moment")

    def now(self) -> datetime:
        """The moment, in UTC."""
        return self.moment.astimezone(UTC)

    def today(self) -> date:
        """The day of the moment in Amsterdam."""
        return self.moment.astimezone(AMSTERDAM).date()


def in_hours(moment: datetime) -> str:
    """The hour as people say it: `14.05 uur`, in Amsterdam."""
    local = moment.astimezone(AMSTERDAM)
    return f"{local.hour}.{local.minute:02d} uur"
