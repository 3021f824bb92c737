"""The staff of an organisation: invited, given roles, blocked."""

from intake.people.staff.staff import ROLES, UNUSED, managed, people, person
from intake.people.staff.staffing import (
    StaffRefused,
    block,
    end_role,
    end_sessions,
    give_role,
    invite,
    new_link,
    unblock,
)

__all__ = [
    "ROLES",
    "UNUSED",
    "StaffRefused",
    "block",
    "end_role",
    "end_sessions",
    "give_role",
    "invite",
    "managed",
    "new_link",
    "people",
    "person",
    "unblock",
]
