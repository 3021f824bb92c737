"""Whether the gemeente of a destination can still turn out another, although its code is certain.

A destination may take its gemeente from an outcome or a fact (`verantwoordelijke_gemeente`, `wens_gemeente`); while
that is open, so is where the client is sent.
"""

from collections.abc import Iterator

from rules.engine.evaluate import Evaluation
from rules.engine.ruleset import RuleSet
from rules.values.states import OpenList, OpenValue, State

DESTINATION = "bestemming"


def is_doubtful(state: State | None) -> bool:
    """Whether an outcome could still be something else; an outcome of which nothing was said is not."""
    if isinstance(state, OpenValue):
        return state.possible is None or len(state.possible) > 1
    return isinstance(state, OpenList)


def open_places(ruleset: RuleSet, evaluation: Evaluation) -> tuple[str, ...]:
    """The names, still open, from which the possible destinations take their gemeente."""
    states = evaluation.states
    names = dict.fromkeys(ruleset.destinations[code].gemeente for code in _codes(ruleset, states.get(DESTINATION)))
    public = ruleset.outcomes
    return tuple(
        name
        for name in names
        if (name in public and is_doubtful(states.get(name))) or (name in ruleset.facts and states.get(name) is None)
    )


def _codes(ruleset: RuleSet, state: State | None) -> Iterator[str]:
    """The destinations that can come out."""
    if isinstance(state, str):
        possible: frozenset[str | int | None] = frozenset({state})
    elif isinstance(state, OpenValue) and state.possible is not None:
        possible = state.possible
    else:
        possible = frozenset(ruleset.destinations)
    return (code for code in ruleset.destinations if code in possible)
