"""Facts, values and days in plain Dutch, as a letter or page says them."""

from collections.abc import Mapping
from datetime import date

from rules.values.coined import spoken
from rules.values.facts import UNKNOWN_WORD, Fact, FactType

MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip


def say_day(iso: str) -> str:
    """An ISO date as people write it: 23 november 2026."""
    day = date.fromisoformat(iso)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def say_value(fact: Fact, value: object) -> str:
    """A value of a fact in plain words."""
    if value is None or value == UNKNOWN_WORD:
        return "nog niet bekend"
    if isinstance(value, Mapping):
        return ", ".join(f"{spoken(key)}: {level}" for key, level in value.items())
    if isinstance(value, list | tuple):
        return say_list([say_word(fact, str(word)) for word in value]) or "geen"
    if fact.type is FactType.DATUM and isinstance(value, str):
        return say_day(value)
    return say_word(fact, str(value))


def say_word(fact: Fact, word: str) -> str:
    """One word of a fact: the text that the facts file gives, else the word that was coined."""
    return fact.texts.get(word) or spoken(word)


def say_list(words: list[str]) -> str:
    """Words joined as in a sentence: a, b en c."""
    return " en ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)


def sentence(text: str) -> str:
    """A text with a capital and a full stop."""
    text = text.strip()
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text[-1] in ".?!" else ".")
