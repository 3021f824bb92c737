"""Choosing a receiver and sending the case there; who is next in line."""

from intake.referrals.sending.choice import (
    ChoiceRefused,
    HandOverNeeded,
    HasPlace,
    KeepsCase,
    NoBesluit,
    candidates,
    refer,
)
from intake.referrals.sending.line import StateConflict, referrals_of, waiting
from intake.referrals.sending.send import NoPlace
from intake.referrals.sending.start import Sent
from intake.referrals.sending.steps import ACTIVE, Side

__all__ = [
    "ACTIVE",
    "ChoiceRefused",
    "HandOverNeeded",
    "HasPlace",
    "KeepsCase",
    "NoBesluit",
    "NoPlace",
    "Sent",
    "Side",
    "StateConflict",
    "candidates",
    "refer",
    "referrals_of",
    "waiting",
]
