"""What must hold before a letter is printed: nothing missing, nothing endless, no hiding place given away."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from reports.letters.data import Besluit, Letter, Oordeel, Verwijsbrief
from reports.letters.errors import (
    ContradictoryLetterData,
    LetterTextTooLong,
    MissingLetterData,
    ProtectedDataInLetter,
)
from reports.letters.walk import parts, texts

MAX_CHARACTERS: Final = 4000
MAX_LINES: Final = 200
MAX_ROWS: Final = 50
OBJECTION_TERM: Final = timedelta(weeks=6)
_TELLING: Final = 4  # a shorter name ("Huis") would be found in any text


def check(letter: Letter) -> None:
    """Refuse a letter that cannot be sent.

    Raises:
        MissingLetterData: fields are empty; all are named at once.
        LetterTextTooLong: a text is over 4,000 characters or 200 lines, or a list over 50 rows.
        ContradictoryLetterData: a day lies where it cannot lie, or a referral says yes or no.
        ProtectedDataInLetter: a shielded letter names the place or address it must hide.
    """
    _check_length(letter)
    if missing := list(_missing(letter)):
        raise MissingLetterData(missing)
    _check_position(letter)
    _check_days(letter)
    if leaks := list(_leaks(letter)):
        raise ProtectedDataInLetter(leaks)


def place_is_hidden(letter: Verwijsbrief) -> bool:
    """Whether the letter must not say where the client goes."""
    return letter.afgeschermd and not letter.bestemming.openbaar


def _check_length(letter: Letter) -> None:
    for name, value, _ in parts(letter):
        if isinstance(value, tuple) and len(value) > MAX_ROWS:
            raise LetterTextTooLong(name, f"{MAX_ROWS} regels")
    for name, text in texts(letter):
        if len(text) > MAX_CHARACTERS:
            raise LetterTextTooLong(name, "4.000 tekens")
        if text.count("\n") >= MAX_LINES:
            raise LetterTextTooLong(name, f"{MAX_LINES} regels")


def _missing(letter: Letter) -> Iterator[str]:
    may_be_empty = {"gedeeld_met"}
    if isinstance(letter, Verwijsbrief) and letter.afgeschermd:
        may_be_empty |= {"bestemming.naam"}
    for name, value, required in parts(letter):
        if required and _is_blank(value) and not (name in may_be_empty and value is not None):
            yield name
    yield from _missing_together(letter)


def _is_blank(value: object) -> bool:
    return value is None or value == () or (isinstance(value, str) and not value.strip())


def _missing_together(letter: Letter) -> Iterator[str]:
    """What must be filled because of something else."""
    to = letter.geadresseerde
    if letter.afgeschermd and not to.afhalen_bij.strip():
        yield "geadresseerde.afhalen_bij"
    elif not to.adres and not to.afhalen_bij.strip():
        yield "geadresseerde.adres of geadresseerde.afhalen_bij"
    if not isinstance(letter, Verwijsbrief):
        return
    where = letter.bestemming
    if not place_is_hidden(letter) and not where.adres and not where.telefoon.strip():
        yield "bestemming.adres of bestemming.telefoon"
    if not letter.afgeschermd and not letter.eigen_bijdrage.strip():
        yield "eigen_bijdrage"


def _check_position(letter: Letter) -> None:
    """A yes or no is a decision and carries the road to objection; a referral only advises."""
    if not isinstance(letter, Verwijsbrief):
        return
    verdicts = {product.oordeel for product in letter.producten}
    decides = isinstance(letter.rechtspositie, Besluit)
    if not decides and verdicts != {Oordeel.ADVIES}:
        raise ContradictoryLetterData(
            "Deze brief is een verwijzing, maar zegt ja of nee. Een ja of nee is een besluit. "
            "Kies bij 'rechtspositie' een besluit, of geef alleen advies."
        )
    if decides and verdicts == {Oordeel.ADVIES}:
        raise ContradictoryLetterData(
            "Deze brief is een besluit, maar geeft alleen advies. Zeg bij 'producten' wat is besloten, "
            "of kies bij 'rechtspositie' een verwijzing."
        )


def _check_days(letter: Letter) -> None:
    if isinstance(letter, Verwijsbrief):
        position = letter.rechtspositie
        if isinstance(position, Besluit) and position.laatste_dag_bezwaar < letter.datum + OBJECTION_TERM:
            raise ContradictoryLetterData(
                "De laatste dag voor bezwaar ligt te vroeg. De cliënt heeft zes weken, "
                "gerekend vanaf de dag na de datum van de brief. Verander 'rechtspositie.laatste_dag_bezwaar'."
            )
    elif letter.onderzoek_uiterlijk < letter.melding_datum or letter.plan_uiterlijk < letter.melding_datum:
        raise ContradictoryLetterData(
            "Een termijn in de brief ligt voor de dag van de melding. "
            "Verander 'plan_uiterlijk' of 'onderzoek_uiterlijk'."
        )


def _leaks(letter: Letter) -> Iterator[str]:
    """Names of printed texts that hold what a shielded letter hides."""
    if not letter.afgeschermd:
        return
    secrets = [line for line in letter.geadresseerde.adres if _has_digit(line)]
    hidden = {"geadresseerde.adres"}
    if isinstance(letter, Verwijsbrief) and place_is_hidden(letter):
        where = letter.bestemming
        secrets += [where.naam, *filter(_has_digit, where.adres), where.telefoon, where.nacht]
        hidden.add("bestemming")
        if letter.regiokeuze and letter.regiokeuze.gemeente.casefold() != letter.afzender.gemeente.casefold():
            secrets.append(letter.regiokeuze.gemeente)
            hidden.add("regiokeuze.gemeente")
    known = [_flat(text) for _, text in texts(letter.afzender)]  # what the head of the letter shows is no secret
    long_enough = [flat for flat in map(_flat, secrets) if len(flat) >= _TELLING]
    wanted = [flat for flat in long_enough if not any(flat in shown for shown in known)]
    for name, text in texts(letter):
        if not _within(name, hidden) and any(secret in _flat(text) for secret in wanted):
            yield name


def _within(name: str, rooms: set[str]) -> bool:
    return any(name == room or name.startswith(f"{room}.") for room in rooms)


def _has_digit(line: str) -> bool:
    """Whether an address line tells a house or postcode; a town alone is in many a sentence."""
    return any(char.isdigit() for char in line)


def _flat(text: str) -> str:
    """`text` without case, spaces and punctuation: "Kade 12-b" and "kade 12B" are one place."""
    return "".join(char for char in text.casefold() if char.isalnum())
