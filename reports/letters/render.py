"""From a letter to a PDF: the one door of this room."""

import contextlib
import hashlib
import io
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Final, TypeVar

from reports.letters.checks import check
from reports.letters.data import Letter
from reports.letters.errors import RendererUnavailable
from reports.letters.page import html_of
from reports.letters.theme import NEUTRAAL, Thema
from reports.letters.walk import with_texts
from reports.letters.words import printable, unbroken

if TYPE_CHECKING:
    from reports.letters.press import Press

T = TypeVar("T")
INSTALL: Final = "sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"

_one_at_a_time = Lock()  # Pango's font map is not made for several threads


@dataclass(frozen=True, slots=True)
class RenderedLetter:
    """A finished letter.

    Attributes:
        pdf: PDF/A-2a and PDF/UA-1 in one file; the same data give the same bytes.
        sha256: hex digest of `pdf`.
        pages: number of pages.
        vervangen: signs that our fonts lack and that are printed as a box, such as an emoji.
    """

    pdf: bytes
    sha256: str
    pages: int
    vervangen: tuple[str, ...] = ()


def render_letter(letter: Letter, taal: str = "nl", thema: Thema = NEUTRAAL) -> RenderedLetter:
    """Print `letter`. Fetches nothing and knows no clock: same data, same bytes.

    Raises:
        MissingLetterData: the letter would have holes; names all of them.
        LetterTextTooLong: a text is too long for a letter.
        ContradictoryLetterData: a day lies where it cannot lie.
        ProtectedDataInLetter: a shielded letter names what it must hide.
        UnknownLanguage: there is no letter in `taal`.
        RendererUnavailable: the libraries for PDF are not on this machine.
    """
    clean = with_texts(letter, printable)
    check(clean)
    with _one_at_a_time:
        press = _press()
        shown = with_texts(clean, lambda text: unbroken(press.in_our_fonts(text)))
        pdf, pages = press.print(html_of(shown, taal, thema), clean.datum, thema)
        replaced = press.lacking(clean)
    return RenderedLetter(pdf, hashlib.sha256(pdf).hexdigest(), pages, replaced)


def render_document(document: T, html_of: Callable[[T], str], day: date, thema: Thema = NEUTRAAL) -> RenderedLetter:
    """Print any other plain data dated `day` as `html_of` writes it, the same way as a letter.

    Raises:
        RendererUnavailable: the libraries for PDF are not on this machine.
    """
    clean = with_texts(document, printable)
    with _one_at_a_time:
        press = _press()
        shown = with_texts(clean, lambda text: unbroken(press.in_our_fonts(text)))
        pdf, pages = press.print(html_of(shown), day, thema)
        replaced = press.lacking(clean)
    return RenderedLetter(pdf, hashlib.sha256(pdf).hexdigest(), pages, replaced)


def available() -> str | None:
    """None when letters can be made here; else one Dutch line on what to install."""
    try:
        with _one_at_a_time:
            _press()
    except RendererUnavailable as missing:
        return str(missing)
    return None


@cache
def _press() -> "Press":
    """The press, warmed up once: importing WeasyPrint takes seconds."""
    try:
        with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            from reports.letters.press import Press  # noqa: PLC0415  # slow, and fails without Pango
    except (ImportError, OSError) as cause:
        raise RendererUnavailable(
            f"Brieven kunnen hier nog niet: er ontbreken onderdelen voor PDF. Installeer ze met: {INSTALL}"
        ) from cause
    return Press()
