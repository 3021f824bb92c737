"""The warm hand-over to another region (Wmo 2015 art. 1.2.1)."""

from intake.referrals.transfers.transfer import (
    ask_region,
    confirm_arrival,
    discussed,
    dispute,
    escalate,
    hand_over,
    propose,
    record_answer,
    regions,
    shelter_kept,
)

__all__ = [
    "ask_region",
    "confirm_arrival",
    "discussed",
    "dispute",
    "escalate",
    "hand_over",
    "propose",
    "record_answer",
    "regions",
    "shelter_kept",
]
