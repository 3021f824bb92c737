"""What each failure is called behind every door: its status and title, and what a person and a system read of it."""

from intake.failures.broken import BROKEN, of_status
from intake.failures.failure import Failure, ToPerson
from intake.failures.table import FAILURES

__all__ = [
    "BROKEN",
    "FAILURES",
    "Failure",
    "ToPerson",
    "of_status",
]
