"""From a draft to a filed melding."""

from intake.melding.draft import (
    DraftClosed,
    DraftView,
    EditConflict,
    TypedPage,
    discard_draft,
    expire,
    open_draft,
    open_drafts,
    save_draft,
    start_draft,
    unchanged,
)
from intake.melding.filing import DraftIncomplete, Receipt, file_intake, submit

__all__ = [
    "DraftClosed",
    "DraftIncomplete",
    "DraftView",
    "EditConflict",
    "Receipt",
    "TypedPage",
    "discard_draft",
    "expire",
    "file_intake",
    "open_draft",
    "open_drafts",
    "save_draft",
    "start_draft",
    "submit",
    "unchanged",
]
