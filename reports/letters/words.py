"""Plain words: days as people write them, laws by their full name, text without invisible signs."""

import re
import unicodedata
from datetime import date
from typing import Final

MONTHS: Final = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)
DAYS: Final = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")

LAWS: Final = {
    "Awb": "Algemene wet bestuursrecht",
    "Wmo": "Wet maatschappelijke ondersteuning",
    "Wlz": "Wet langdurige zorg",
    "Zvw": "Zorgverzekeringswet",
    "Wfz": "Wet forensische zorg",
    "Wvggz": "Wet verplichte geestelijke gezondheidszorg",
    "Vw": "Vreemdelingenwet",
    "AVG": "Algemene verordening gegevensbescherming",
    "BRP": "Basisregistratie Personen",
    "Pbv": "Penitentiaire beginselenwet",
    "IVRK": "Internationaal Verdrag inzake de Rechten van het Kind",
}
_SHORT: Final = {"art.": "artikel", "artt.": "artikelen", "lid": "lid", "e.v.": "en verder"}

_WHOLE: Final = re.compile(
    r"\b0\d{1,3}(?: \d{2,4}){1,4}\b"  # 010 555 01 00
    r"|\b[1-9]\d{3} [A-Z]{2}\b"  # 2901 AA
    rf"|\b\d{{1,2}} (?:{'|'.join(MONTHS)})\b"  # 23 november
)
_NOT_PRINTED: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_JOINERS: Final = frozenset("\u200c\u200d")  # Persian and Indic words need them


def day(value: date) -> str:
    """`value` as people write it: "23 november 2026", with a space that holds day and month together."""
    return unbroken(f"{value.day} {MONTHS[value.month - 1]} {value.year}")


def weekday(value: date) -> str:
    """`value` with its day of the week: "maandag 23 november 2026"."""
    return f"{DAYS[value.weekday()]} {day(value)}"


def ground(text: str) -> str:
    """A legal ground without abbreviations: "Wmo 2015 art. 2.3.3" gives the full name of the law."""
    full = re.sub(r"[\w.]+", lambda found: LAWS.get(found[0]) or _SHORT.get(found[0]) or found[0], text)
    return re.sub(r"(?<![,;(]) (?=artikel)", ", ", full)


def grounds(texts: list[str]) -> list[str]:
    """`texts` in full words, the articles of one law together: "Wet langdurige zorg, artikel 3.2.1 en 3.2.3"."""
    articles: dict[str, list[str]] = {}
    for text in dict.fromkeys(texts):
        for part in filter(None, map(str.strip, ground(text).split(";"))):
            law, _, article = part.partition(", artikel ")
            articles.setdefault(law, []).extend(re.split(r"(?: en|,) (?=\d)", article))
    return [
        _with_articles(law, sorted(dict.fromkeys(filter(None, which)), key=_order)) for law, which in articles.items()
    ]


def _order(article: str) -> list[tuple[int, str]]:
    """Articles as a law numbers them: 2.3.2 before 2.3.10."""
    return [(int(part), "") if part.isdigit() else (0, part) for part in re.findall(r"\d+|[^\d.\s]+", article)]


def unbroken(text: str) -> str:
    """`text` in which a telephone number, a postcode or a day is not split over two lines."""
    return _WHOLE.sub(lambda found: found[0].replace(" ", "\u00a0"), text)


def _with_articles(law: str, articles: list[str]) -> str:
    if not articles:
        return law
    *first, last = articles
    return f"{law}, artikel {', '.join(first)} en {last}" if first else f"{law}, artikel {last}"


def printable(text: str) -> str:
    """`text` in NFC without control signs, lone surrogates and marks that turn the reading direction.

    Line ends stay; a tab becomes a space.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    kept = (char for char in plain if char == "\n" or char in _JOINERS or _is_printed(char))
    return unicodedata.normalize("NFC", "".join(kept)).strip()


def _is_printed(char: str) -> bool:
    return unicodedata.category(char) not in _NOT_PRINTED
