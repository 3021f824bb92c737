"""The log read by people: looking through it, reviewing it, and saying it in words."""

from intake.log.reviewing import (
    LogQuery,
    Reviewed,
    ReviewIncomplete,
    find_signals,
    is_overdue,
    read_log,
    references,
    review,
    reviews,
    state,
    state_of,
)
from intake.log.words import OUTCOMES, act, because

__all__ = [
    "OUTCOMES",
    "LogQuery",
    "ReviewIncomplete",
    "Reviewed",
    "act",
    "because",
    "find_signals",
    "is_overdue",
    "read_log",
    "references",
    "review",
    "reviews",
    "state",
    "state_of",
]
