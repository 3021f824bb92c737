"""From facts to advice: evaluate, keep the guard rails, and say what is still open."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from rules.advice import Advice, Bestemming, OpenVraag, Stap
from rules.evaluate import Evaluation, evaluate
from rules.facts import GEMEENTE_CODE, UNKNOWN_WORD, FactValue, Value
from rules.guard import keep_guards
from rules.ruleset import RuleSet
from rules.states import OpenList, OpenValue, is_open, now_of
from rules.table import places_in
from rules.terms import terms

TONIGHT = MappingProxyType({"veiligheid": 16, "urgentie": 8, "overbrugging": 4, "kring": 2, "voorzieningen": 1})
"""How heavy an outcome weighs for the order of the open questions: tonight before all else."""
HEAVIEST = 1_000_000
OUTCOME = 10_000
"""Then the number of outcomes, and last the number of rows, which stays below this."""
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
    keep_guards(ruleset, evaluation, advice, facts=facts, on=on)
    return Consideration(advice, evaluation)


def advice_of(ruleset: RuleSet, evaluation: Evaluation, on: date) -> Advice:
    """The advice that an evaluation gives, guard rails not yet weighed."""
    states = evaluation.states
    steps, reasons = _steps(evaluation)
    urgency = _word(evaluation, "urgentie")
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
        expertise=now_of(states.get(EXPERTISE)) == "ja",
        expertise_redenen=tuple(dict.fromkeys((*reasons, *_words(evaluation, EXPERTISE_REASONS)))),
        bestemming=destination(ruleset, evaluation, _word(evaluation, "bestemming")),
        termijnen=terms(_melding(evaluation, on), urgency, ruleset.constants),
        taken=_words(evaluation, "taken"),
        stappen=steps,
        open_vragen=_questions(ruleset, evaluation),
        open_uitkomsten=tuple(
            name for name, outcome in ruleset.outcomes.items() if not outcome.own and _doubtful(states.get(name))
        ),
    )


def _steps(evaluation: Evaluation) -> tuple[tuple[Stap, ...], list[str]]:
    """The rows that decided, and the ids of those that ask for expertise."""
    states = evaluation.states
    steps: list[Stap] = []
    reasons: list[str] = []
    for hit in evaluation.hits:
        table = hit.table
        for place in places_in(hit.masks.now):
            row = table.rows[place]
            facts = MappingProxyType({name: _shown(states.get(name)) for name in table.asks[place]})
            certain, unknown = bool(hit.masks.surely >> place & 1), bool(table.provisional >> place & 1)
            steps.append(Stap(table.name, row.id, row.because, row.ground, facts, certain, unknown))
            if row.results.get(EXPERTISE) == ("ja",):
                reasons.append(row.id)
    return tuple(steps), reasons


def _shown(state: object) -> Value:
    if state is None:
        return UNKNOWN_WORD
    if isinstance(state, OpenValue | OpenList):
        return UNKNOWN_WORD if state.now is None else state.now
    assert isinstance(state, str | int | tuple)
    return state


def _word(evaluation: Evaluation, name: str) -> str:
    value = now_of(evaluation.states.get(name))
    return value if isinstance(value, str) else ""


def _words(evaluation: Evaluation, name: str) -> tuple[str, ...]:
    value = now_of(evaluation.states.get(name))
    return value if isinstance(value, tuple) else ()


def _doubtful(state: object) -> bool:
    if isinstance(state, OpenValue):
        return state.possible is None or len(state.possible) > 1
    return isinstance(state, OpenList)


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


def _questions(ruleset: RuleSet, evaluation: Evaluation) -> tuple[OpenVraag, ...]:
    """The unknown answers that can change something, those about tonight first, then by how much they change."""
    states, facts = evaluation.states, ruleset.facts
    changes: dict[str, list[str]] = {}
    weights: dict[str, int] = {}
    for name in ruleset.outcomes:
        if name not in evaluation.weights or not is_open(states.get(name)):
            continue
        tonight = TONIGHT.get(name, 0) * HEAVIEST
        for fact, count in evaluation.weights[name].items():
            if fact in changes:
                changes[fact].append(name)
                weights[fact] += tonight + OUTCOME + count
            elif fact in facts and fact not in states:
                changes[fact] = [name]
                weights[fact] = tonight + OUTCOME + count
    ranked = sorted(changes, key=weights.__getitem__, reverse=True)
    return tuple([OpenVraag(fact, tuple(changes[fact])) for fact in ranked])
