"""What may be tried only so often, and what may be shown only once."""

from intake.login.attempts.spent import spend
from intake.login.attempts.throttle import FIVE_MINUTES, Limit, TooManyAttempts, admit, give_back

__all__ = [
    "FIVE_MINUTES",
    "Limit",
    "TooManyAttempts",
    "admit",
    "give_back",
    "spend",
]
