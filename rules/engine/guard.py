"""The guard rails at run time: an advice that breaks one is refused, and there is still an answer for tonight."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from rules.derive.derive import derive
from rules.engine.evaluate import Evaluation
from rules.engine.ruleset import Guards, RuleSet
from rules.tables.grammar import Reference
from rules.tables.table import Row, Table, places_in
from rules.values.advice import Advice, Bestemming, Stap
from rules.values.derived import Source
from rules.values.facts import FactValue, read_facts
from rules.values.states import State, now_of
from rules.values.terms import terms
from rules.values.urgentie import Urgentie

COMPLETE = "volledig"
GUARD_TABLE = "waarborgen"
NEEDED = ("kring", "overbrugging", "niveau", "urgentie", "regiokeuze", "verantwoordelijke_gemeente")
SAFE_WORDS = MappingProxyType(
    {"kring": "onduidelijk", "niveau": "regionaal", "regiokeuze": "niet_van_toepassing", "overbrugging": "geen"}
)
TONIGHT = "tijdelijke_opvang_vandaag"
INCOMPLETE = "De regels geven voor deze situatie geen volledig antwoord. Een mens moet kijken."
GROUND = "Wmo 2015 art. 2.3.3"


class WaarborgBroken(Exception):
    """The rules gave an advice that breaks a guard rail.

    `waarborg` and `because` say which; `facts` are the keys (never the values) of the facts that were known; `safe` is
    the answer to give instead: shelter for tonight and the regional expertise function.
    """

    def __init__(self, waarborg: str, because: str, *, facts: tuple[str, ...], safe: Advice) -> None:
        self.waarborg, self.because, self.facts, self.safe = waarborg, because, facts, safe
        super().__init__(f"waarborg {waarborg}: {because}")


@dataclass(frozen=True, slots=True)
class Weighed:
    """One evaluation with what went in."""

    ruleset: RuleSet
    evaluation: Evaluation
    facts: Mapping[str, FactValue]
    on: date


def keep_guards(weighed: Weighed, advice: Advice) -> None:
    """Refuse an advice that breaks a guard rail or leaves an outcome empty.

    Raises:
        WaarborgBroken: with the safe answer.
    """
    missing = missing_outcomes(weighed.ruleset, advice)
    broken = broken_guards(weighed)
    if not missing and not broken:
        return
    row = broken[0] if broken else None
    name, because = (row.id, row.because) if row else (COMPLETE, f"{INCOMPLETE} Er ontbreekt: {', '.join(missing)}.")
    known = tuple(read_facts(weighed.facts, weighed.ruleset.facts))
    raise WaarborgBroken(name, because, facts=known, safe=_safe(weighed, advice, name))


def missing_outcomes(ruleset: RuleSet, advice: Advice) -> tuple[str, ...]:
    """The outcomes that an advice must have and this one has not."""
    found = [name for name in NEEDED if name in ruleset.outcomes and not getattr(advice, name)]
    if "bestemming" in ruleset.outcomes and not advice.bestemming.soort:
        found.append("bestemming")
    return tuple(found)


def broken_guards(weighed: Weighed) -> tuple[Row, ...]:
    """The guard rails that the outcomes of this evaluation break."""
    guards = weighed.ruleset.guards
    if guards is None:
        return ()
    states = _states(weighed, guards)
    broken = rows_now(guards.when, states)
    if broken:
        broken &= ~rows_now(guards.must, states)
    return tuple(guards.when.rows[place] for place in places_in(broken))


def _states(weighed: Weighed, guards: Guards) -> Mapping[str, State]:
    if not guards.derived and not guards.constants:
        return weighed.evaluation.values
    states = {**weighed.evaluation.states, **guards.constants}
    answers = read_facts(weighed.facts, weighed.ruleset.facts) if guards.derived else {}
    source = Source(states, answers, weighed.on, weighed.ruleset.region)
    for item in guards.derived:
        state = derive(item, source)
        if state is not None:
            states[item.fact.name] = state
    return states


def rows_now(table: Table, states: Mapping[str, State]) -> int:
    """The rows of a table that hold as it stands."""
    rows = table.all_rows
    for name, index in table.indexes:
        value = now_of(states.get(name))
        rows &= index.unknown_now if value is None else index.mask(value)
    return rows


def _safe(weighed: Weighed, advice: Advice, waarborg: str) -> Advice:
    """Shelter for tonight and the expertise function, whatever the region's rules said."""
    evaluation = weighed.evaluation
    row = _emergency_row(weighed)
    words = {name: _value(result[0], evaluation) for name, result in row.results.items()} if row else {}
    lists = {name: tuple(str(word) for word in result) for name, result in row.results.items()} if row else {}
    urgency = min(filter(None, (advice.urgentie, Urgentie(words.get("urgentie") or Urgentie.VANDAAG))))
    place = _safe_destination(weighed.ruleset, evaluation)
    chosen = {name: words.get(name) or getattr(advice, name) or SAFE_WORDS[name] for name in SAFE_WORDS}
    melding = now_of(evaluation.states.get("melding_datum"))
    start = date.fromisoformat(melding) if isinstance(melding, str) else weighed.on
    said = (row.id, row.because, row.ground) if row else (waarborg, INCOMPLETE, GROUND)
    step = Stap(GUARD_TABLE, *said, feiten={})
    return replace(
        advice,
        kring=chosen["kring"],
        niveau=chosen["niveau"],
        regiokeuze=chosen["regiokeuze"],
        overbrugging=words.get("overbrugging") or TONIGHT,
        voorzieningen=lists.get("voorzieningen") or advice.voorzieningen,
        voorliggend=lists.get("voorliggend") or advice.voorliggend,
        veiligheid=tuple(dict.fromkeys((*advice.veiligheid, *lists.get("veiligheid", ())))),
        taken=tuple(dict.fromkeys((*advice.taken, *lists.get("taken", ())))),
        urgentie=urgency,
        expertise=True,
        expertise_redenen=tuple(dict.fromkeys((waarborg, *advice.expertise_redenen))),
        bestemming=advice.bestemming if advice.bestemming.soort == "crisisdienst" else place,
        verantwoordelijke_gemeente=_responsible(advice, evaluation, place),
        termijnen=terms(start, urgency, weighed.ruleset.constants),
        stappen=(*advice.stappen, step),
    )


def _emergency_row(weighed: Weighed) -> Row | None:
    guards = weighed.ruleset.guards
    if guards is None or guards.emergency is None:
        return None
    states = _states(weighed, guards)
    places = places_in(rows_now(guards.emergency, states))
    return guards.emergency.rows[places[0]] if places else None


def _value(said: str | int | Reference, evaluation: Evaluation) -> str:
    value = now_of(evaluation.states.get(said.name)) if isinstance(said, Reference) else said
    return value if isinstance(value, str) else ""


def _safe_destination(ruleset: RuleSet, evaluation: Evaluation) -> Bestemming:
    found = ruleset.destinations.get(ruleset.emergency_destination)
    if found is None:
        return Bestemming("regionale_toegang", "de regionale toegang", "")
    place = found.gemeente
    value = now_of(evaluation.states.get(place))
    return Bestemming(found.kind, found.name, value if isinstance(value, str) else place)


def _responsible(advice: Advice, evaluation: Evaluation, place: Bestemming) -> str:
    melding = now_of(evaluation.states.get("melding_gemeente"))
    return advice.verantwoordelijke_gemeente or (melding if isinstance(melding, str) else place.gemeente)
