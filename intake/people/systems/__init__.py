"""Other systems of an organisation: their keys, and who acts with one."""

from intake.people.systems.api_actor import ACTIONS, NoSuchPerson, find, person_behind, system_behind
from intake.people.systems.api_token import (
    LONGEST_LIFE,
    NewToken,
    TokenRefused,
    make_token,
    remind_of_end,
    tokens,
    withdraw,
)

__all__ = [
    "ACTIONS",
    "LONGEST_LIFE",
    "NewToken",
    "NoSuchPerson",
    "TokenRefused",
    "find",
    "make_token",
    "person_behind",
    "remind_of_end",
    "system_behind",
    "tokens",
    "withdraw",
]
