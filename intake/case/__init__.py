"""What one case carries through its life: timeline, terms, tasks, its caseworker, and how it is found."""

from intake.case.caseworker import NoColleague, caseworker_name, colleagues, hand_to
from intake.case.decisions import CaseClosed, besluiten_of, newest
from intake.case.lookup import cases_with_bsn
from intake.case.task import complete_task, task_name
from intake.case.terms import TermError, receive_aanvraag, resume, suspend, tick_off

__all__ = [
    "CaseClosed",
    "NoColleague",
    "TermError",
    "besluiten_of",
    "cases_with_bsn",
    "caseworker_name",
    "colleagues",
    "complete_task",
    "hand_to",
    "newest",
    "receive_aanvraag",
    "resume",
    "suspend",
    "task_name",
    "tick_off",
]
