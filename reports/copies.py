"""A copy of a file for the client, to print: titles, labels and texts, as an accessible PDF."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from reports.letters import RenderedLetter
from reports.letters.render import render_document

TEMPLATES: Final = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class Line:
    """A label with its text."""

    label: str
    tekst: str


@dataclass(frozen=True, slots=True)
class Part:
    """A titled part of the copy."""

    titel: str
    regels: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Copy:
    """A whole copy; `kenmerk` is the number of the file, `naam` whose it is."""

    titel: str
    kenmerk: str
    naam: str
    datum: date
    delen: tuple[Part, ...]


def render_copy(copy: Copy) -> RenderedLetter:
    """Print `copy`. Fetches nothing and knows no clock: same data, same bytes.

    Raises:
        RendererUnavailable: the libraries for PDF are not on this machine.
    """
    return render_document(copy, _html_of, copy.datum)


def _html_of(copy: Copy) -> str:
    return _ENVIRONMENT.get_template("kopie.html").render(copy=copy)


_ENVIRONMENT: Final = Environment(
    loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)
