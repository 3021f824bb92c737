"""Drafts of a rule set: written, saved, exchanged with spreadsheets."""

from intake.rulesets.drafts.draft import (
    DraftChanged,
    DraftGone,
    DraftView,
    NotAllowed,
    Planning,
    discard,
    drafts,
    open_draft,
    plan,
    save_files,
    start,
    texts_of,
)
from intake.rulesets.drafts.sheets import KINDS, SheetRefused, from_file, to_file

__all__ = [
    "KINDS",
    "DraftChanged",
    "DraftGone",
    "DraftView",
    "NotAllowed",
    "Planning",
    "SheetRefused",
    "discard",
    "drafts",
    "from_file",
    "open_draft",
    "plan",
    "save_files",
    "start",
    "texts_of",
    "to_file",
]
