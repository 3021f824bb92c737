"""From facts to advice: evaluate, keep the guard rails, and say what is still open."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from rules.engine.evaluate import Evaluation, evaluate
from rules.engine.guard import Weighed, keep_guards
from rules.engine.questions import open_questions
from rules.engine.ruleset import RuleSet
from rules.engine.whereabouts import DESTINATION, is_doubtful, open_places
from rules.tables.table import places_in
from rules.values.advice import Advice, Bestemming, Stap
from rules.values.facts import GEMEENTE_CODE, UNKNOWN_WORD, FactValue
from rules.values.terms import terms
from rules.values.urgentie import Urgentie

EXPERTISE = "expertise"
EXPERTISE_REASONS = "expertise_redenen"


@dataclass(frozen=True, slots=True)
class Consideration:
    """An advice with everything behind it: the evaluation for explaining, checking and comparing."""

    advice: Advice
    evaluation: Evaluation


def advise(ruleset: RuleSet, facts: Mapping[str, FactValue], on: date) -> Advice:
    """The advice on these facts as they stand on the day `on`.

    Raises:
        InvalidFacts: a fact has a value that is not allowed.
        WaarborgBroken: the advice breaks a guard rail; the error carries a safe answer for tonight.
    """
    return consider(ruleset, facts, on).advice


def consider(ruleset: RuleSet, facts: Mapping[str, FactValue], on: date) -> Consideration:
    """As `advise`, with the evaluation behind it."""
    evaluation = evaluate(ruleset, facts, on)
    advice = advice_of(ruleset, evaluation, on)
    keep_guards(Weighed(ruleset, evaluation, facts, on), advice)
    return Consideration(advice, evaluation)


def advice_of(ruleset: RuleSet, evaluation: Evaluation, on: date) -> Advice:
    """The advice that an evaluation gives, guard rails not yet weighed."""
    states = evaluation.states
    steps, reasons = _steps(evaluation)
    urgency = Urgentie(word) if (word := _word(evaluation, "urgentie")) else None
    return Advice(
        regio=ruleset.regio,
        regelset=ruleset.version,
        regelset_hash=ruleset.hash,
        peildatum=on.isoformat(),
        veiligheid=_words(evaluation, "veiligheid"),
        kring=_word(evaluation, "kring"),
        voorliggend=_words(evaluation, "voorliggend"),
        voorzieningen=_words(evaluation, "voorzieningen"),
        overbrugging=_word(evaluation, "overbrugging"),
        niveau=_word(evaluation, "niveau"),
        urgentie=urgency,
        regiokeuze=_word(evaluation, "regiokeuze"),
        verantwoordelijke_gemeente=_word(evaluation, "verantwoordelijke_gemeente"),
        expertise=evaluation.values.get(EXPERTISE) == "ja",
        expertise_redenen=tuple(dict.fromkeys((*reasons, *_words(evaluation, EXPERTISE_REASONS)))),
        bestemming=destination(ruleset, evaluation, _word(evaluation, "bestemming")),
        termijnen=terms(_melding(evaluation, on), urgency, ruleset.constants),
        taken=_words(evaluation, "taken"),
        stappen=steps,
        open_vragen=open_questions(ruleset, evaluation),
        open_uitkomsten=tuple(
            name
            for name, outcome in ruleset.outcomes.items()
            if not outcome.own
            and (is_doubtful(states.get(name)) or (name == DESTINATION and open_places(ruleset, evaluation)))
        ),
    )


def _steps(evaluation: Evaluation) -> tuple[tuple[Stap, ...], list[str]]:
    """The rows that decided, and the ids of those that ask for expertise."""
    values = evaluation.values
    steps: list[Stap] = []
    reasons: list[str] = []
    for hit, seat in zip(evaluation.hits, evaluation.board.seats, strict=True):
        surely = hit.masks.surely
        for place in places_in(hit.masks.now):
            table, row, because, ground, asks, provisional = seat.told[place]
            facts = MappingProxyType({name: values.get(name, UNKNOWN_WORD) for name in asks})
            steps.append(Stap(table, row, because, ground, facts, bool(surely >> place & 1), provisional))
        asking = hit.table.same_results.get(EXPERTISE)
        if asking is not None:
            reasons += [hit.table.rows[place].id for place in places_in(hit.masks.now & asking.get(("ja",), 0))]
    return tuple(steps), reasons


def _word(evaluation: Evaluation, name: str) -> str:
    value = evaluation.values.get(name)
    return value if isinstance(value, str) else ""


def _words(evaluation: Evaluation, name: str) -> tuple[str, ...]:
    value = evaluation.values.get(name)
    return value if isinstance(value, tuple) else ()


def destination(ruleset: RuleSet, evaluation: Evaluation, code: str) -> Bestemming:
    """The destination with this code; empty when the code is."""
    found = ruleset.destinations.get(code)
    if found is None:
        return Bestemming("", "", "")
    place = found.gemeente
    if place and GEMEENTE_CODE.fullmatch(place) is None:
        place = _word(evaluation, place)
    return Bestemming(found.kind, found.name, place)


def _melding(evaluation: Evaluation, on: date) -> date:
    value = evaluation.states.get("melding_datum")
    return date.fromisoformat(value) if isinstance(value, str) else on
