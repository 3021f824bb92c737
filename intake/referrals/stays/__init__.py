"""Who has a place, and leaving it."""

from intake.places.leaving import REASONS, Vertrek
from intake.referrals.stays.stay import NotYetAccepted, leave, stays

__all__ = [
    "REASONS",
    "NotYetAccepted",
    "Vertrek",
    "leave",
    "stays",
]
