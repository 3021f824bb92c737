"""The values of which a form is made: questions, their options and columns, and the sections that hold them."""

from dataclasses import dataclass
from enum import StrEnum

from forms.values.condition import Condition

ONBEKEND = "onbekend"
WIL_NIET_ZEGGEN = "wil_niet_zeggen"
GEEN = "geen"


class QuestionType(StrEnum):
    """What kind of answer a question takes; the value is the word in the question files."""

    KEUZE = "keuze"
    MEERKEUZE = "meerkeuze"
    GEMEENTE = "gemeente"
    GEMEENTEN = "gemeenten"
    DATUM = "datum"
    MAAND = "maand"
    GETAL = "getal"
    TEKST = "tekst"
    VERHAAL = "verhaal"
    BSN = "bsn"
    JA_NEE = "ja_nee"
    RIJEN = "rijen"
    ZRM = "zrm"


CHOICE_TYPES = frozenset({QuestionType.KEUZE, QuestionType.JA_NEE, QuestionType.MEERKEUZE})
LIST_TYPES = frozenset({QuestionType.MEERKEUZE, QuestionType.GEMEENTEN})
TEXT_TYPES = frozenset({QuestionType.TEKST, QuestionType.VERHAAL})


class Gevoeligheid(StrEnum):
    """How sensitive an answer is: ordinary, art. 9 AVG (`bijzonder`) or art. 10 AVG (`strafrechtelijk`)."""

    GEWOON = "gewoon"
    BIJZONDER = "bijzonder"
    STRAFRECHTELIJK = "strafrechtelijk"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that can be chosen. Beside a text field: what can be ticked instead of typing."""

    value: str
    label: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One field of a row (`rijen`); it has the parts of a question that make its answer."""

    key: str
    label: str
    type: QuestionType
    options: tuple[Option, ...] = ()
    help: str = ""
    verplicht: bool = False
    bereik: tuple[int, int] | None = None
    max_lengte: int = 200


@dataclass(frozen=True, slots=True)
class Question:
    """One question: how it is put, when, and why and for whom its answer may be kept.

    `options` holds every choice that a page offers, "weet ik niet" and, where it fits, "wil niet zeggen" included.
    `bereik` is the smallest and largest number allowed (`getal`), or for a date the years before (negative) and
    after the melding within which it lies. `feit` says whether the rules may read it (contract, Facts).
    `vervolg` (never on a fact) waits until its condition surely holds. `adres` marks what a shielded address hides,
    `verslag` what the report of the investigation may not leave empty.
    """

    key: str
    label: str
    type: QuestionType
    section: str
    doel: str
    grondslag: str
    help: str = ""
    options: tuple[Option, ...] = ()
    columns: tuple[Column, ...] = ()
    when: Condition | None = None
    gevoeligheid: Gevoeligheid = Gevoeligheid.GEWOON
    bewaren: str = ""
    letter: str = ""
    ontvangers: frozenset[str] = frozenset()
    spoedstart: bool = False
    feit: bool = False
    vervolg: bool = False
    adres: bool = False
    verslag: bool = False
    bereik: tuple[int, int] | None = None
    max_lengte: int = 200

    def option(self, value: str) -> Option | None:
        """The option with this value, if there is one."""
        return next((option for option in self.options if option.value == value), None)


@dataclass(frozen=True, slots=True)
class Section:
    """One page of the form."""

    key: str
    titel: str
    uitleg: str
    questions: tuple[Question, ...]
