"""What may stand in a text: one Unicode form, no invisible tricks, no endless length."""

import unicodedata

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200e\u200f\u2060\ufeff\u061c\u00ad"))
_NEWLINES = str.maketrans({"\r": "\n", "\x0b": "\n", "\x0c": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n"})
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_FORBIDDEN = frozenset({"Cc", "Cs", "Co"})
_NONCHARACTERS = range(0xFDD0, 0xFDF0)
_SHOWN = 40


class TextError(ValueError):
    """A text that is not accepted; the message is Dutch and says what to do."""


def clean(text: str, *, max_length: int, max_lines: int = 1) -> str:
    """`text` in NFC, with one kind of line end, without invisible marks and without space around it.

    Raises:
        TextError: it holds a control, private, surrogate or direction character, or is too long.
    """
    if len(text) > 4 * max_length + 100:
        raise TextError(_too_long(max_length, len(text)))
    tidy = text.replace("\r\n", "\n").translate(_NEWLINES).replace("\t", " ").translate(_INVISIBLE)
    _refuse_forbidden(tidy)
    tidy = unicodedata.normalize("NFC", "\n".join(line.rstrip() for line in tidy.split("\n"))).strip()
    if len(tidy) > max_length:
        raise TextError(_too_long(max_length, len(tidy)))
    lines = tidy.count("\n") + 1
    if lines > max_lines:
        raise TextError(f"Deze tekst heeft {lines} regels; hoogstens {max_lines} mag. Haal regeleinden weg.")
    return tidy


def quoted(value: object) -> str:
    """A given value as it can be repeated in a message: short, printable, and never more than text or a number."""
    if isinstance(value, str):
        shown = "".join(char if char.isprintable() else "?" for char in value[:_SHOWN])
        return f"“{shown}{'…' if len(value) > _SHOWN else ''}”"
    if isinstance(value, bool):
        return "“true”" if value else "“false”"
    if isinstance(value, int) and abs(value) < 10**12:
        return f"“{value}”"
    return _KINDS.get(type(value), "deze waarde")


_KINDS: dict[type, str] = {
    list: "een lijst",
    tuple: "een lijst",
    dict: "een object",
    int: "dit grote getal",
    float: "een getal met een komma",
}


def _refuse_forbidden(text: str) -> None:
    for place, char in enumerate(text, start=1):
        if char != "\n" and _is_forbidden(char):
            raise TextError(
                f"Op plaats {place} staat een onzichtbaar teken (U+{ord(char):04X}) dat niet mag. "
                "Haal het weg of typ de tekst opnieuw."
            )


def _is_forbidden(char: str) -> bool:
    code = ord(char)
    noncharacter = code in _NONCHARACTERS or code & 0xFFFE == 0xFFFE  # noqa: PLR2004 - the last two of each plane
    return noncharacter or char in _BIDI or unicodedata.category(char) in _FORBIDDEN


def _too_long(allowed: int, given: int) -> str:
    return f"Deze tekst heeft {given} tekens; hoogstens {allowed} mag. Maak de tekst korter."
