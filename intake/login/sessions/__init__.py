"""Sessions on the server: begun, renewed, ended; and what was typed when one ran out."""

from intake.login.sessions.login_session import (
    ABSOLUTE,
    WARN,
    Started,
    end,
    end_all,
    exchange,
    find,
    find_any,
    is_fresh,
    living,
    renew,
    seconds_left,
)
from intake.login.sessions.typed_text import Posted, discard_typed, keep_typed, typed_for

__all__ = [
    "ABSOLUTE",
    "WARN",
    "Posted",
    "Started",
    "discard_typed",
    "end",
    "end_all",
    "exchange",
    "find",
    "find_any",
    "is_fresh",
    "keep_typed",
    "living",
    "renew",
    "seconds_left",
    "typed_for",
]
