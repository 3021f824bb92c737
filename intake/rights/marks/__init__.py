"""Marks on a case: its processing is restricted (AVG art. 18), or many people know the client."""

from intake.rights.marks.mark import NAMES, MarkRefused, Verb, lift, marks_of, put

__all__ = [
    "NAMES",
    "MarkRefused",
    "Verb",
    "lift",
    "marks_of",
    "put",
]
