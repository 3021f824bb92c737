"""Messages to people and organisations, on the page of their start."""

from intake.people.messages.kind import MessageKind, Told
from intake.people.messages.message import (
    Behind,
    Subject,
    To,
    about_case,
    all_messages,
    count_unread,
    mark_all_read,
    send,
    unread,
    within_reach,
)
from intake.people.messages.wording import texts

__all__ = [
    "Behind",
    "MessageKind",
    "Subject",
    "To",
    "Told",
    "about_case",
    "all_messages",
    "count_unread",
    "mark_all_read",
    "send",
    "texts",
    "unread",
    "within_reach",
]
