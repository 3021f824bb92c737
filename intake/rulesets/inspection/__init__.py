"""Looking at a draft: its faults, the cases that change, past cases played again."""

from intake.rulesets.inspection.check import CheckReport, Examination, examine, kept_by_form, read
from intake.rulesets.inspection.inspection import INSPECTION_WORK, Inspection, ask, look
from intake.rulesets.inspection.replay import Effect, PlayedAgain, Supply, stored_cases, supply_of
from intake.rulesets.inspection.trying import TriedCase, try_answers

__all__ = [
    "INSPECTION_WORK",
    "CheckReport",
    "Effect",
    "Examination",
    "Inspection",
    "PlayedAgain",
    "Supply",
    "TriedCase",
    "ask",
    "examine",
    "kept_by_form",
    "look",
    "read",
    "stored_cases",
    "supply_of",
    "try_answers",
]
