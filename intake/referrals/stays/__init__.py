"""Who has a place, and leaving it."""

from intake.referrals.stays.stay import REASONS, NotYetAccepted, Vertrek, leave, stays

__all__ = [
    "REASONS",
    "NotYetAccepted",
    "Vertrek",
    "leave",
    "stays",
]
