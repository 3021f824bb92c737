"""From a checked letter to HTML: templates in parts, escaped, strict about every name."""

from pathlib import Path
from typing import Final, TypeVar

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from reports.letters import words
from reports.letters.checks import place_is_hidden
from reports.letters.data import Besluit, Letter, Oordeel, Verwijsbrief
from reports.letters.errors import MissingLetterData, UnknownLanguage
from reports.letters.theme import Thema

T = TypeVar("T")

TEMPLATES: Final = Path(__file__).parent / "templates"
LANGUAGES: Final = ("nl",)


def html_of(letter: Letter, taal: str, thema: Thema) -> str:
    """The letter as one HTML page in language `taal`.

    Raises:
        UnknownLanguage: there are no templates in `taal`.
        MissingLetterData: a template wants a value that is not there.
    """
    if taal not in LANGUAGES:
        raise UnknownLanguage(taal, LANGUAGES)
    name = "verwijsbrief" if isinstance(letter, Verwijsbrief) else "ontvangstbevestiging"
    return _ENVIRONMENT.get_template(f"{taal}/{name}.html").render(
        letter=letter, thema=thema, taal=taal, **_seen(letter)
    )


def _seen(letter: Letter) -> dict[str, object]:
    """What the templates ask about the letter."""
    if not isinstance(letter, Verwijsbrief):
        return {}
    return {
        "is_besluit": isinstance(letter.rechtspositie, Besluit),
        "geheime_plek": place_is_hidden(letter),
        "afwijzing": any(product.oordeel is Oordeel.NEE for product in letter.producten),
        "gronden": words.grounds(
            [b.grond for b in letter.bevindingen] + [b.grond for p in letter.producten for b in p.waarom]
        ),
        "krijgt": [product for product in letter.producten if product.oordeel in {Oordeel.JA, Oordeel.TIJDELIJK}],
    }


def _no_hole(value: T) -> T:
    """`value`, unless there is none: "None" is never printed."""
    if value is None:
        raise MissingLetterData(["een waarde die het sjabloon van de brief nodig heeft"])
    return value


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_no_hole,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(dag=words.day, weekdag=words.weekday)
    return environment


_ENVIRONMENT: Final = _environment()
