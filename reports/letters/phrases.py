"""The client's words for what the rules and the form call by a code: products, tasks, the night, the money.

Who makes a letter looks here first and writes over what he knows better ("U slaapt vannacht aan de Kade 12").
A code without words is refused, never printed.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar

from reports.letters.data import Bevinding, Oordeel, Pgb, Product, Taak
from reports.letters.errors import LetterError

T = TypeVar("T")

WORKER: Final = ""  # stands for the worker's own name in TASKS


class NoWords(LetterError):
    """There are no words for the client for this code yet."""

    def __init__(self, code: str) -> None:
        super().__init__(f"Voor '{code}' is nog geen gewone tekst. Vul die zelf in de brief in.")


@dataclass(frozen=True, slots=True)
class ProductWords:
    """`gives` reads on after "u krijgt", `denies` after "u krijgt geen"."""

    gives: str
    denies: str
    means: str


def _a_place(where: str, means: str) -> ProductWords:
    return ProductWords(f"een {where}", where, means)


def _help(what: str, means: str) -> ProductWords:
    return ProductWords(what, what, means)


REFUSED: Final = "geen_maatwerk"
DAY_AND_NIGHT: Final = "U heeft daar een bed. Er is dag en nacht iemand die u helpt."

PRODUCTS: Final[Mapping[str, ProductWords]] = {
    "preventie": _help("hulp om uw woning te houden", "Wij praten met uw verhuurder en helpen u met uw geld."),
    "begeleiding_thuis": _help("begeleiding thuis", "Iemand komt bij u thuis en helpt u met wat moeilijk is."),
    "beschermd_thuis": _help(
        "beschermd thuis", "U woont in uw eigen huis. Iemand komt vaak langs. U kunt dag en nacht bellen voor hulp."
    ),
    "beschermd_wonen": _help("beschermd wonen", "U woont op een plek waar begeleiders zijn. Zij helpen u elke dag."),
    "nachtopvang": _a_place("plek in de nachtopvang", "U heeft daar ’s nachts een bed."),
    "opvang_24uurs": _a_place("plek in de opvang, dag en nacht", DAY_AND_NIGHT),
    "jongerenopvang": _a_place("plek in de opvang voor jongeren", DAY_AND_NIGHT),
    "gezinsopvang": _a_place("plek in de opvang voor gezinnen", "U en uw kinderen blijven samen. " + DAY_AND_NIGHT),
    "vrouwenopvang": _a_place("veilige plek", "U bent daar veilig. " + DAY_AND_NIGHT),
    "verpleegkundige_opvang": _a_place(
        "plek in de opvang met verpleging", "U heeft daar een bed. Een verpleegkundige zorgt voor u."
    ),
    "housing_first": ProductWords(
        "een eigen woning met hulp",
        "eigen woning met hulp",
        "U huurt een eigen woning. U krijgt hulp zo lang als u die nodig heeft.",
    ),
    "hulp_bij_huisvesting": _help("hulp bij het zoeken van een woning", "Wij zoeken samen met u een plek om te wonen."),
    "eu_terugkeer": _help(
        "korte opvang en hulp bij werk of terugreis", "U heeft even een bed. Wij helpen u aan werk of met de reis."
    ),
    REFUSED: _help("extra hulp van de gemeente", "U kunt het zelf, of met de hulp die er al is."),
}

NIGHT: Final[Mapping[str, str]] = {
    "tijdelijke_opvang_vandaag": "U krijgt vandaag een plek om te slapen. Wij vertellen u waar. "
    "Hoort u niets? Bel dan meteen: {telefoon}.",
    "overbruggingszorg": "U slaapt waar u nu bent. U krijgt daar hulp tot er een goede plek is. "
    "Kan dat niet meer? Bel dan meteen: {telefoon}.",
    "blijft_waar_veilig": "U slaapt waar u nu bent. Is het daar niet veilig meer? Bel dan meteen: {telefoon}. "
    "Is er gevaar? Bel 112.",
    "geen": "U slaapt waar u nu slaapt. Kan dat niet meer? Bel dan meteen: {telefoon}.",
}
YOUTH_NIGHT: Final = (
    "De crisishulp voor jeugd helpt u vandaag. Heeft u vannacht geen veilige plek om te slapen? "
    "Dan zorgt de crisishulp daarvoor. Hoort u niets? Bel dan meteen: {telefoon}. Is er gevaar? Bel 112."
)
"""In place of "geen" for who is under 18 and gets crisis help."""

UNTIL_THEN: Final[Mapping[str, str]] = {
    "tijdelijke_opvang_vandaag": "U houdt een plek om te slapen tot bekend is welke hulp u krijgt.",
    "overbruggingszorg": "Tot de nieuwe hulp begint, houdt u de hulp die u nu heeft.",
    "blijft_waar_veilig": "Tot die tijd blijft u waar u nu bent.",
    "geen": "",
}
"""What holds until the help begins; nothing to say where nothing is bridged."""

BRIDGES: Final[Mapping[str, str]] = {
    "tijdelijke_opvang_vandaag": "een plek om vannacht te slapen",
    "overbruggingszorg": "hulp tot er een goede plek is",
    "blijft_waar_veilig": "blijven waar u nu bent, als het daar veilig is",
    "geen": "geen tijdelijke plek",
}
"""The same by name, where decisions are listed."""

BED: Final = ("een plek om te slapen", "U hoort vandaag van ons waar dat is.")
OTHER_HELP: Final = ("hulp van een andere organisatie", "In deze brief staat wie u helpt.")
"""What to call it when the advies names no voorziening of the Wmo."""
BY_OTHER_LAW: Final[Mapping[str, tuple[str, str]]] = {
    "crisis_jeugd": ("hulp van de crisishulp voor jeugd", "De crisishulp zoekt vandaag een veilige plek voor u."),
    "jeugdwet": ("jeugdhulp", "Een hulpverlener voor jongeren helpt u verder."),
    "wlz": ("langdurige zorg", "Het zorgkantoor helpt u aan een plek."),
    "zvw_opname": ("hulp in een kliniek", "Daar krijgt u een behandeling en een bed."),
    "wfz": ("zorg die bij uw straf of maatregel hoort", "De reclassering helpt u verder."),
}
"""The same, where the advies says which law goes first; crisis help before all."""

TASKS: Final[Mapping[str, tuple[str, str]]] = {
    "veilig_thuis": ("Veilig Thuis", "Praat met u over hoe u veilig bent."),
    "identiteit": (WORKER, "Helpt u aan een bewijs van wie u bent, zoals een identiteitskaart."),
    "verblijfsstatus": (WORKER, "Kijkt samen met u welke verblijfspapieren u heeft."),
    "briefadres": (WORKER, "Helpt u om een briefadres te krijgen. Dan kunt u weer post krijgen."),
    "inkomen": (WORKER, "Helpt u om geld om van te leven te regelen."),
    "schulden": (WORKER, "Zoekt hulp bij uw schulden, als u dat wilt."),
    "ciz_aanvraag": (WORKER, "Helpt u om langdurige zorg aan te vragen."),
    "clientondersteuning_aanbieden": (WORKER, "Vertelt u wie u gratis kan helpen."),
    "persoonlijk_plan": ("U", "Schrijft een eigen plan, als u dat wilt."),
    "warme_overdracht": (WORKER, "Belt met de plek waar u naartoe gaat. U hoeft uw verhaal niet opnieuw te vertellen."),
    "overdracht_bespreken": (WORKER, "Praat met u over de gemeente die het beste bij u past."),
    "doorzenden": (WORKER, "Stuurt uw vraag door en vertelt u naar wie."),
    "huisverbod_nagaan": (WORKER, "Zoekt uit of de ander het huis uit kan, in plaats van u."),
    "ggz_verwijzing": (WORKER, "Helpt u om via uw huisarts psychische hulp te krijgen."),
    "ontslag_voorbereiden": (WORKER, "Maakt afspraken voor de dag dat u weggaat uit de instelling."),
    "plan_na_titel": (WORKER, "Maakt met u een plan voor als uw straf of maatregel stopt."),
    "reintegratie": (WORKER, "Maakt met u een plan voor als u vrijkomt."),
    "jeugdhulp_verlengen": (WORKER, "Vraagt of uw jeugdhulp door kan gaan."),
    "beschikking_nachtopvang": (WORKER, "Geeft u het besluit over de nachtopvang op papier."),
    "pgb_uitleg": (WORKER, "Legt u uit wat een persoonsgebonden budget is."),
    "tolk": (WORKER, "Regelt een tolk. Dat kost u niets."),
}

_WITH_CAK: Final = frozenset({"beschermd_wonen", "beschermd_thuis", "begeleiding_thuis"})
_SHELTER: Final = frozenset(
    {"nachtopvang", "opvang_24uurs", "jongerenopvang", "gezinsopvang", "vrouwenopvang", "verpleegkundige_opvang"}
)


def product(code: str, oordeel: Oordeel, waarom: tuple[Bevinding, ...]) -> Product:
    """The product `code` in the client's words, without days.

    Raises:
        NoWords: there are none for this code.
    """
    words = _found(PRODUCTS, code)
    naam = words.denies if oordeel is Oordeel.NEE else words.gives
    return Product(naam=naam, oordeel=oordeel, uitleg=words.means, waarom=waarom)


def night(overbrugging: str, telefoon: str) -> str:
    """Where the client sleeps tonight, as far as the advice tells.

    Raises:
        NoWords: there are none for this code.
    """
    return _found(NIGHT, overbrugging).format(telefoon=telefoon)


def decided(voorzieningen: Collection[str], overbrugging: str) -> str:
    """What was decided, by name, as one part of a list: "beschermd wonen, een plek in de nachtopvang".

    Raises:
        NoWords: there are none for one of the codes.
    """
    named = [
        f"geen {_found(PRODUCTS, code).denies}" if code == REFUSED else _found(PRODUCTS, code).gives
        for code in voorzieningen
    ]
    return ", ".join(named) or _found(BRIDGES, overbrugging)


def task(code: str, worker: str, voor: date | None = None) -> Taak:
    """A task of the advice; `worker` is the person who does what nobody else does.

    Raises:
        NoWords: there are none for this code.
    """
    who, what = _found(TASKS, code)
    return Taak(wie=who or worker, wat=what, voor=voor)


def contribution(codes: Collection[str]) -> str:
    """What these products may cost (Wmo 2015 art. 2.1.4 to 2.1.4b), without amounts: those differ and change."""
    if _WITH_CAK & set(codes):
        return "Voor deze hulp betaalt u misschien zelf een deel. Hoeveel? Dat vertelt het CAK u in een brief."
    if _SHELTER & set(codes):
        return "Voor de opvang betaalt u misschien zelf een deel. De opvang vertelt u vooraf hoeveel."
    return "Wij vertellen u vooraf of u iets moet betalen."


def budget(codes: Collection[str]) -> Pgb | None:
    """Whether the letter explains a persoonsgebonden budget (Wmo 2015 art. 2.3.2 lid 6 and 2.3.6)."""
    return Pgb.MOGELIJK if _WITH_CAK & set(codes) else None


def _found(words: Mapping[str, T], code: str) -> T:
    if code not in words:
        raise NoWords(code)
    return words[code]
