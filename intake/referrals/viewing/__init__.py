"""A referral as its receiver and its sender may see it, and the lists of them."""

from intake.referrals.viewing.view import (
    WAITING,
    covered,
    first_to_answer,
    inbox,
    open_referral,
    referrals_of,
    show_bsn,
)

__all__ = [
    "WAITING",
    "covered",
    "first_to_answer",
    "inbox",
    "open_referral",
    "referrals_of",
    "show_bsn",
]
