"""What post can say: a subject and a text for each notice. It holds nothing of a client, and asks for no password."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from string import Formatter

from config.clock import AMSTERDAM, in_hours
from reports.letters.words import day


class Notice(StrEnum):
    """What somebody is told outside the browser."""

    NIEUW_APPARAAT = "nieuw_apparaat"
    SPOEDTOEGANG = "spoedtoegang"
    RECHTEN = "rechten"


@dataclass(frozen=True, slots=True)
class Words:
    """The subject, and the text below the greeting."""

    subject: str
    text: str


TEXTS: Mapping[Notice, Words] = {
    Notice.NIEUW_APPARAAT: Words(
        "Er is ingelogd op een nieuw apparaat",
        "Op {wanneer} is met uw naam en wachtwoord ingelogd op een apparaat dat wij niet kennen.\n\n"
        "Was u dat? Dan hoeft u niets te doen.\n\n"
        "Was u dat niet? Log dan meteen in op {adres}, kies “Uw account” en verander uw wachtwoord. "
        "Bel daarna de beheerder van uw organisatie.",
    ),
    Notice.RECHTEN: Words(
        "Er verandert iets aan uw account",
        "Iemand vroeg om uw rechten of uw tweede stap te veranderen, of dat is nu gebeurd.\n\n"
        "Log in op {adres} om te zien wat. Klopt het niet? Bel dan meteen de beheerder van uw organisatie.",
    ),
    Notice.SPOEDTOEGANG: Words(
        "Iemand opende een dossier met spoed",
        "Iemand opende een dossier zonder gewone toegang, omdat het volgens die persoon niet kon wachten.\n\n"
        "Kijk vandaag of dat klopt: log in op {adres}. Op uw startpagina staat wie het was en waarom.",
    ),
}
"""Complete by test; gaps are filled by `Told.words` and by the address of the installation."""


def _moment(kept: str) -> str:
    local = datetime.fromisoformat(kept).astimezone(AMSTERDAM)
    return f"{day(local.date())}, {in_hours(local)}"


SAID: Mapping[str, Callable[[str], str]] = {"wanneer": _moment, "adres": str}
"""How each word is said: moments in ISO 8601, the rest as it is."""


def gaps(notice: Notice) -> frozenset[str]:
    """What the text of this notice leaves open."""
    return frozenset(name for _, name, _, _ in Formatter().parse(TEXTS[notice].text) if name)


def worded(notice: Notice, words: Mapping[str, str], *, naam: str, adres: str) -> Words:
    """The notice to this person, with the address of the installation, as plain text."""
    values = {name: SAID[name](told) for name, told in {**words, "adres": adres}.items() if name in gaps(notice)}
    text = TEXTS[notice].text.format(**values)
    return Words(TEXTS[notice].subject, f"Beste {naam},\n\n{text}\n\nMet vriendelijke groet,\nToegang\n")
