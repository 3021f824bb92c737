"""What the client may ask: inzage, correction, restriction, and who looked."""

from intake.rights.correction import (
    CorrectionConflict,
    CorrectionRefused,
    Improvement,
    correct,
    corrections_of,
    to_correct,
)
from intake.rights.inzage import give_inzage
from intake.rights.who_looked import Days, who_looked_at

__all__ = [
    "CorrectionConflict",
    "CorrectionRefused",
    "Days",
    "Improvement",
    "correct",
    "corrections_of",
    "give_inzage",
    "to_correct",
    "who_looked_at",
]
