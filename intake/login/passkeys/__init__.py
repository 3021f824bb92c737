"""Passkeys: kept with an account, and entering with one (WebAuthn)."""

from intake.login.passkeys.entry import count_passkey, enter_with_passkey
from intake.login.passkeys.passkey import (
    LONGEST_ANSWER,
    LONGEST_NAME,
    Answer,
    Asked,
    PasskeyRefused,
    Purpose,
    TooManyPasskeys,
    add,
    challenge,
    ids_of,
    passkeys,
    remove,
    show,
)

__all__ = [
    "LONGEST_ANSWER",
    "LONGEST_NAME",
    "Answer",
    "Asked",
    "PasskeyRefused",
    "Purpose",
    "TooManyPasskeys",
    "add",
    "challenge",
    "count_passkey",
    "enter_with_passkey",
    "ids_of",
    "passkeys",
    "remove",
    "show",
]
