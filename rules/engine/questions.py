"""Which unknown answers can still change the advice, those first that are needed first."""

from collections.abc import Mapping, Sequence

from rules.engine.evaluate import Evaluation
from rules.engine.ruleset import RuleSet
from rules.engine.whereabouts import DESTINATION, open_places
from rules.values.advice import OpenVraag
from rules.values.states import is_open
from rules.values.tonight import STAKES


def open_questions(ruleset: RuleSet, evaluation: Evaluation) -> tuple[OpenVraag, ...]:
    """One question per unknown answer that can change something.

    In order of the heaviest stake it could bring (`rules.values.tonight`), then the others in turn; then by how many
    outcomes it can change, and in how many rows.
    """
    lanes, states = evaluation.board.lanes, evaluation.states
    changing = [
        name
        for name, outcome in ruleset.outcomes.items()
        if not outcome.own and evaluation.counts.get(name) and is_open(states.get(name))
    ]
    where = _where(ruleset, evaluation)
    if where and DESTINATION not in changing:
        changing.append(DESTINATION)
    if not changing:
        return ()
    flags = {name: lanes.flags(evaluation.counts.get(name, 0)) for name in changing}
    if where:
        flags[DESTINATION] |= where
    outcomes = rows = 0
    for place, name in enumerate(changing):
        outcomes |= flags[name] << place
        rows += evaluation.counts.get(name, 0)
    which, room = lanes.read(outcomes), lanes.width
    last = (1 << room) - 1
    weighed = zip(lanes.read(_stakes(evaluation, flags)), which, lanes.read(rows), strict=True)
    ranked = sorted(
        [
            ((stakes << room | bits.bit_count()) << room | count) << room | last - place
            for place, (stakes, bits, count) in enumerate(weighed)
            if bits
        ],
        reverse=True,
    )
    return _said(lanes.names, changing, [(place, which[place]) for place in [last - (rank & last) for rank in ranked]])


def _said(names: Sequence[str], changing: list[str], ranked: list[tuple[int, int]]) -> tuple[OpenVraag, ...]:
    """The questions in this order, each with the outcomes whose bits it has."""
    said: dict[int, tuple[str, ...]] = {}
    found = []
    for place, bits in ranked:
        if bits not in said:
            said[bits] = tuple([name for bit, name in enumerate(changing) if bits >> bit & 1])
        found.append(OpenVraag(names[place], said[bits]))
    return tuple(found)


def _where(ruleset: RuleSet, evaluation: Evaluation) -> int:
    """One for every unknown answer that can change the gemeente of the destination."""
    lanes, found = evaluation.board.lanes, 0
    for name in open_places(ruleset, evaluation):
        found |= lanes.flags(evaluation.counts.get(name, 0)) | lanes.one.get(name, 0)
    return found


def _stakes(evaluation: Evaluation, flags: Mapping[str, int]) -> int:
    """Per unknown answer one bit for each stake, the heaviest stake in the highest bit."""
    found = 0
    for place, stake in enumerate(STAKES):
        found <<= 1
        if stake.outcome in flags:
            found |= flags[stake.outcome] if stake.heaviest is None else evaluation.stakes[place]
    return found
