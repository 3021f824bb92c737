"""Messages to people and organisations, on the page of their start."""

from intake.people.messages.message import (
    HOW_SOON,
    Subject,
    all_messages,
    count_unread,
    mark_all_read,
    send,
    shown_text,
    unread,
    within_reach,
)

__all__ = [
    "HOW_SOON",
    "Subject",
    "all_messages",
    "count_unread",
    "mark_all_read",
    "send",
    "shown_text",
    "unread",
    "within_reach",
]
