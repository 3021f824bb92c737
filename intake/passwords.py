"""Choosing and checking passwords: argon2id, 12 to 128 characters, a list of what everybody guesses."""

import unicodedata
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from config.gemeenten import GEMEENTEN

SHORTEST = 12
LONGEST = 128
OWN_LETTERS = 4
"""How many letters must stand beside a word that anybody would guess; also the shortest such word."""
DENIED = Path(__file__).parent / "passwords.txt"
CONTEXT_WORDS = ("toegang", "wijkteam", "opvang", "gemeente", "wachtwoord", "welkom", "password", "maatschappelijk")
HASHER = PasswordHasher()
"""argon2id with the library's parameters (RFC 9106, low memory): 64 MiB, three passes."""


class WeakPassword(ValueError):
    """The password cannot be chosen; the message is Dutch and says why and what then."""


def hash_password(password: str) -> str:
    """The argon2id hash of a password that may be chosen."""
    return HASHER.hash(_normal(password))


def check_choice(password: str, *, words: tuple[str, ...] = ()) -> None:
    """Whether this password may be chosen. There are no rules for kinds of characters, and it never expires.

    Args:
        password: what the person typed.
        words: words about this person (name, e-mail address, organisation) on which it may not lean.

    Raises:
        WeakPassword: too short, too long, widely known, or made of a word that anybody would guess.
    """
    text = _normal(password)
    if len(text) < SHORTEST:
        raise WeakPassword(f"Kies een wachtwoord van {SHORTEST} tekens of meer. Een zin van een paar woorden is goed.")
    if len(text) > LONGEST:
        raise WeakPassword(f"Kies een wachtwoord van ten hoogste {LONGEST} tekens.")
    letters = _letters(text)
    if text.casefold() in _denied() or letters in _denied() or len(set(text)) < OWN_LETTERS:
        raise WeakPassword("Dit wachtwoord is te bekend of te eenvoudig. Kies een zin van een paar woorden.")
    leaned_on = {_letters(word) for word in (*CONTEXT_WORDS, *words)} | _gemeente_words()
    if any(len(letters.replace(word, "")) < OWN_LETTERS for word in leaned_on if len(word) >= OWN_LETTERS):
        raise WeakPassword(
            "Dit wachtwoord is te raden, omdat het bijna alleen uit een naam of bekend woord bestaat. "
            "Kies een zin van een paar woorden."
        )


def matches(password_hash: str | None, password: str) -> bool:
    """Whether the password belongs to the hash; takes as long for somebody without a hash, who never matches."""
    try:
        HASHER.verify(password_hash or _dummy(), _normal(password[: LONGEST * 4]))
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


def needs_rehash(password_hash: str) -> bool:
    """Whether the hash was made with older parameters than ours."""
    return HASHER.check_needs_rehash(password_hash)


@cache
def _dummy() -> str:
    """A hash for unknown names, so that a wrong name and a wrong password take the same time."""
    return HASHER.hash("a name that nobody has")


@cache
def _denied() -> frozenset[str]:
    return frozenset(DENIED.read_text(encoding="utf-8").split())


@cache
def _gemeente_words() -> frozenset[str]:
    return frozenset(_letters(gemeente.naam) for gemeente in GEMEENTEN.values())


def _letters(text: str) -> str:
    plain = text.casefold().translate(str.maketrans("013457@$", "oieastas"))
    return "".join(sign for sign in plain if sign.isalpha())


def _normal(password: str) -> str:
    return unicodedata.normalize("NFC", password)
