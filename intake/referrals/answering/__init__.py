"""What comes back of a referral: accepted, declined, asked about, withdrawn, run out."""

from intake.referrals.answering.answer import (
    LONGEST_TEXT,
    accept,
    answer_question,
    ask_back,
    decline,
    expire,
    withdraw_referral,
)

__all__ = [
    "LONGEST_TEXT",
    "accept",
    "answer_question",
    "ask_back",
    "decline",
    "expire",
    "withdraw_referral",
]
