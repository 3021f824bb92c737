"""Emergency access to a case, with a reason, told to everybody whom it concerns."""

from intake.rights.emergency.break_glass import (
    LONGEST_REFERENCE,
    break_open,
    count_attempt,
    emergencies,
    end,
    mark_seen,
)
from intake.rights.emergency.recipients import NobodyHears, escalate, require_recipients
from intake.rights.emergency.why import LONGEST_REASON, REASONS, EmergencyRefused, Why

__all__ = [
    "LONGEST_REASON",
    "LONGEST_REFERENCE",
    "REASONS",
    "EmergencyRefused",
    "NobodyHears",
    "Why",
    "break_open",
    "count_attempt",
    "emergencies",
    "end",
    "escalate",
    "mark_seen",
    "require_recipients",
]
