"""The advice as people read it: the route in one glance, each reason in a sentence, what is still open."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from config.gemeenten import naam_van
from forms import INTAKE_FORM
from intake.advice import display_of
from intake.web.frame.request import session
from intake.web.frame.words import CAN_CHANGE, HEADING, HOE_SNEL, KRING, OVERBRUGGING, VEILIGHEID, VOORZIENING, word
from rules import Advice, Stap
from rules.explain import Display
from rules.values import Urgentie

CRISIS_FIRST = "Eerst de crisisdienst"
MOST_CHANGES = 1
THE_REST = "Verder"
MOST_TOLD = 1


@dataclass(frozen=True, slots=True)
class Reason:
    """One step: why, on which ground, the answers that led to it, and whether an open answer can still undo it."""

    sentence: str
    ground: str
    answers: tuple[tuple[str, str], ...]
    provisional: bool


@dataclass(frozen=True, slots=True)
class ReasonGroup:
    """The reasons for one thing that was decided: the most telling ones, and the others behind a fold."""

    title: str
    told: tuple[Reason, ...]
    more: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question whose answer can still change the advice: where it stands in the form, and what it can change."""

    key: str
    section: str
    label: str
    can_change: str


@dataclass(frozen=True, slots=True)
class Route:
    """What `parts/route.html` shows of an advice."""

    what: str
    also: tuple[str, ...]
    first_other_law: tuple[str, ...]
    where: str
    how_soon: str
    urgentie: Urgentie
    today: bool
    who: str
    tonight: str
    safety: tuple[str, ...]
    circle: str
    crisis: bool
    expertise: bool
    region: str
    level: str
    reasons: tuple[ReasonGroup, ...]
    open_questions: tuple[OpenQuestion, ...]


def route_of(advice: Advice) -> Route:
    """The advice in words, its reasons where the rule set that gave it wants them read."""
    urgentie = advice.urgentie or Urgentie.VANDAAG
    laws = tuple(word(code, "voorliggend") for code in advice.voorliggend)
    wanted = [word(code, "voorziening") for code in advice.voorzieningen] or list(laws[:1]) or ["Nog niet te zeggen"]
    if advice.bestemming.soort == "crisisdienst":
        wanted = [CRISIS_FIRST, *(one for one in wanted if one in VOORZIENING.values())]
    return Route(
        what=wanted[0],
        also=tuple(wanted[1:]),
        first_other_law=laws,
        where=_destination(advice),
        how_soon=HOE_SNEL[urgentie],
        urgentie=urgentie,
        today=urgentie.is_today,
        who=naam_van(advice.verantwoordelijke_gemeente or "") or "Nog niet duidelijk",
        tonight=_tonight(advice),
        safety=tuple(VEILIGHEID.get(code, code) for code in advice.veiligheid),
        circle=KRING.get(advice.kring, advice.kring),
        crisis="crisisdienst" in advice.veiligheid,
        expertise=advice.expertise,
        region=word(advice.regiokeuze, "regiokeuze"),
        level=word(advice.niveau, "niveau"),
        reasons=tuple(_grouped(advice.stappen, display_of(session(), advice))),
        open_questions=tuple(_open_questions(advice)),
    )


def _grouped(steps: Sequence[Stap], display: Display) -> Iterator[ReasonGroup]:
    """The reasons by what they decide; a table that declares no heading comes last, so that nothing is left out."""
    others = tuple(dict.fromkeys(step.tabel for step in steps if step.tabel not in display.tables))
    for title, tables in (*((title, display.under(one)) for one, title in HEADING.items()), (THE_REST, others)):
        found = [_reason(step) for table in tables for step in steps if step.tabel == table]
        if found:
            yield ReasonGroup(title, tuple(found[:MOST_TOLD]), tuple(found[MOST_TOLD:]))


def _reason(step: Stap) -> Reason:
    return Reason(step.omdat, step.grondslag, _answers(step.feiten), step.voorlopig)


def _tonight(advice: Advice) -> str:
    """What happens tonight; who is under 18 sleeps where the crisis help for youth finds a place."""
    if advice.overbrugging == "geen" and "crisis_jeugd" in advice.voorliggend:
        return "De crisishulp voor jeugd helpt vandaag, ook aan een veilige slaapplek."
    return OVERBRUGGING.get(advice.overbrugging, advice.overbrugging)


def _destination(advice: Advice) -> str:
    name = advice.bestemming.naam or word(advice.bestemming.soort, "bestemming")
    place = naam_van(advice.bestemming.gemeente or "")
    return name if not place or place in name else f"{name}, {place}"


def _open_questions(advice: Advice) -> list[OpenQuestion]:
    known = {question.key: question for question in INTAKE_FORM.questions}
    found = []
    for one in advice.open_vragen:
        question = known.get(one.feit)
        if question is not None:
            found.append(OpenQuestion(question.key, question.section, question.label, _changes(one.kan_veranderen)))
    return found


def _changes(outcomes: Collection[str]) -> str:
    """What an answer can change, in words: the weightiest few."""
    changes = [text for key, text in CAN_CHANGE.items() if key in outcomes]
    return ", ".join(changes[:MOST_CHANGES]) + (" en meer" if len(changes) > MOST_CHANGES else "")


def _answers(facts: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    """The facts of a step that people gave, as question and answer; derived ones follow from these."""
    known = {question.key: question for question in INTAKE_FORM.questions}
    return tuple(
        (known[key].label, INTAKE_FORM.as_text(key, list(value) if isinstance(value, tuple) else value))
        for key, value in facts.items()
        if key in known and value not in (None, "onbekend")
    )
