"""From answers and advies to the sentences of a letter. Pure: the same for a stored case and for an answers file."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from config.gemeenten import naam_van
from forms import INTAKE_FORM
from forms.client import NAME_UNKNOWN
from reports import letters as paper
from reports.letters import phrases
from rules import Advice
from rules.explain import Display, LetterPart
from rules.values import BED_TONIGHT

LONGEST_QUESTION = 600
IN_CIRCLE = "binnen"
MOST_FOUND, MOST_WHY, MOST_PRODUCTS = 4, 3, 2
NO_REGION = frozenset({"", "niet_van_toepassing"})
OWN_REGION = "eigen"
NOTHING_TONIGHT, YOUTH_CRISIS = "geen", "crisis_jeugd"

QUESTION_UNKNOWN = "U vroeg ons om hulp bij wonen of opvang."
QUESTION_SAFETY = "U vroeg ons om een veilige plek."
OPINION_UNKNOWN = "nog niets"
SHARED = "uw naam, uw vraag en de antwoorden die nodig zijn om u te helpen"
SUPPORT = "een onafhankelijke cliëntondersteuner"


@dataclass(frozen=True, slots=True)
class Reasoned:
    """An advies, and where the rule set that gave it wants its reasons read."""

    advice: Advice
    display: Display

    def tables(self, part: LetterPart) -> frozenset[str]:
        """The tables whose reasons are this in a letter."""
        return self.display.in_letter(part)


def question(answers: Mapping[str, Any], *, shielded: bool = False) -> str:
    """The client's own words, cut at a whole sentence when there are very many.

    Never in a `shielded` letter: whoever finds it must not read what was told, or where.
    """
    if shielded:
        return QUESTION_SAFETY
    told = str(answers.get("verhaal", "")).strip()
    if not told:
        asked = answers.get("gevraagd")
        return f"U vroeg om: {INTAKE_FORM.as_text('gevraagd', asked)}." if asked else QUESTION_UNKNOWN
    if len(told) <= LONGEST_QUESTION:
        return told
    cut = told[:LONGEST_QUESTION]
    return cut[: cut.rfind(".") + 1] or cut.rsplit(" ", 1)[0] + " …"


def call(day: str, night: str) -> str:
    """How to reach us at any hour; reads on after "Bel dan meteen: "."""
    return f"overdag {day}, ’s avonds en ’s nachts {night}" if night and night != day else day


@dataclass(frozen=True, slots=True, kw_only=True)
class Bed:
    """Where a bed is kept for tonight, when that may be named.

    Attributes:
        at: the name of the place; empty when there is none to name.
        agreed: the place has accepted the client.
        until: by when we know more ("vandaag", "vóór 4.00 uur").
    """

    at: str = ""
    agreed: bool = False
    until: str = "vandaag"


NO_BED = Bed()


def tonight(given: Advice, overbrugging: str, telefoon: str, bed: Bed = NO_BED) -> str:
    """Where the client sleeps tonight.

    Until the place has agreed, the letter promises no more than that a bed is kept free, and by when we know more.

    Who is under 18 and gets crisis help for youth is never told to sleep where they are now: that help finds the place.
    """
    if bed.at and overbrugging == BED_TONIGHT:
        if bed.agreed:
            return f"U slaapt vannacht bij {bed.at}. Verandert er iets? Bel ons dan meteen: {telefoon}."
        return (
            f"Wij houden een plek voor u vrij bij {bed.at}. Wij vertellen u {bed.until} of u daar kunt slapen. "
            f"Hoort u niets? Bel dan meteen: {telefoon}."
        )
    if overbrugging == NOTHING_TONIGHT and YOUTH_CRISIS in given.voorliggend:
        return phrases.YOUTH_NIGHT.format(telefoon=telefoon)
    return phrases.night(overbrugging, telefoon)


def findings(told: Reasoned, products: Iterable[paper.Product] = ()) -> tuple[paper.Bevinding, ...]:
    """What we found: safety and what goes first, then the first sentences about the person.

    What the `products` tell already as a reason is not said again, unless there is nothing else.
    """
    known = {reason.zin for one in products for reason in one.waarom}
    found = _found(told)
    return tuple(one for one in found if one.zin not in known) or found


def _found(told: Reasoned) -> tuple[paper.Bevinding, ...]:
    """That no other law goes first, and that the Wmo counts, is no news to a client."""
    first, also, quiet = told.tables(LetterPart.EERST), told.tables(LetterPart.GEVONDEN), set[str]()
    if not told.advice.voorliggend:
        quiet |= told.tables(LetterPart.ANDERE_WET)
    if told.advice.kring == IN_CIRCLE:
        quiet |= told.tables(LetterPart.KRING)
    found = _sentences(told, first - quiet, MOST_FOUND)
    found += _sentences(told, also - quiet, MOST_FOUND - len(found))
    return found or _sentences(told, first | also, 1)


def products(
    told: Reasoned, voorzieningen: Sequence[str], overbrugging: str, *, competent: bool
) -> tuple[paper.Product, ...]:
    """What the client gets, and why; `competent`: who decided may decide, else it is advice."""
    why = _sentences(told, told.tables(LetterPart.WAAROM), MOST_WHY) or _found(told)[:1]
    if not voorzieningen:
        voorliggend = told.advice.voorliggend
        law = next((words for one, words in phrases.BY_OTHER_LAW.items() if one in voorliggend), None)
        name, meaning = phrases.BED if overbrugging == BED_TONIGHT else law or phrases.OTHER_HELP
        why = _sentences(told, told.tables(LetterPart.ANDERE_WET), MOST_WHY) or why if law else why
        return (paper.Product(name, _verdict("", competent=competent), meaning, why),)
    return tuple(phrases.product(one, _verdict(one, competent=competent), why) for one in voorzieningen[:MOST_PRODUCTS])


def region(answers: Mapping[str, Any], told: Reasoned) -> paper.Regiokeuze | None:
    """Which region, for which reasons, and what the client thinks; left out when nothing was chosen or said."""
    given, tables = told.advice, told.tables(LetterPart.REGIO)
    reasons = [step.omdat for step in given.stappen if step.tabel in tables]
    opinion = str(answers.get("mening_client", "")).strip()
    quiet = given.regiokeuze in NO_REGION or (given.regiokeuze == OWN_REGION and not opinion)
    if quiet or not reasons:
        return None
    return paper.Regiokeuze(
        gemeente=naam_van(given.verantwoordelijke_gemeente),
        waarom=" ".join(reasons),
        mening_client=opinion or OPINION_UNKNOWN,
        overdracht=given.regiokeuze == "overdracht",
    )


def enumerated(names: Sequence[str]) -> str:
    """Names in a row: "A, B en C"; empty for none."""
    *first, last = names or ("",)
    return f"{', '.join(first)} en {last}" if first else last


def opening(hours: str) -> str:
    """When a desk is open, as a sentence; empty when that is not known."""
    return f"Open {hours[:1].lower()}{hours[1:].rstrip('.')}." if hours else ""


def complaint(telefoon: str) -> str:
    """How to complain; reads on after "Dan kunt u een klacht indienen."."""
    return f"Bel {telefoon} en vraag hoe dat gaat."


def _sentences(told: Reasoned, tables: Collection[str], most: int) -> tuple[paper.Bevinding, ...]:
    """Sentences of the steps of these tables, each once."""
    sentences = {step.omdat: step.grondslag for step in told.advice.stappen if step.tabel in tables}
    return tuple(paper.Bevinding(zin, grond) for zin, grond in list(sentences.items())[:most] if zin)


def salutation(name: str) -> str:
    """How the letter greets; nothing special when the name is known."""
    return "Beste mevrouw of meneer" if name == NAME_UNKNOWN else ""


def _verdict(voorziening: str, *, competent: bool) -> paper.Oordeel:
    if not competent:
        return paper.Oordeel.ADVIES
    return paper.Oordeel.NEE if voorziening == "geen_maatwerk" else paper.Oordeel.JA
