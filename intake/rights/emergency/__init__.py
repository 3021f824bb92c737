"""Emergency access to a case, with a reason, told to everybody whom it concerns."""

from intake.rights.emergency.break_glass import (
    LONGEST_REFERENCE,
    EmergencyRefused,
    break_open,
    count_attempt,
    emergencies,
    end,
    mark_seen,
)

__all__ = [
    "LONGEST_REFERENCE",
    "EmergencyRefused",
    "break_open",
    "count_attempt",
    "emergencies",
    "end",
    "mark_seen",
]
