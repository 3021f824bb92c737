"""What other rules ask of places and receivers, counted from a replay."""

from rules.cases.demands import Demand, demand
from rules.cases.past_cases import Transition


def moved(before, after, count=1, outcome="voorzieningen"):
    return Transition(outcome, before, after, {}, count)


def test_each_provision_counts_the_cases_that_come_and_those_that_go():
    found = demand(
        [moved("nachtopvang", "opvang_24uurs, nachtopvang", 3), moved("opvang_24uurs", "niets", 1)], "voorzieningen"
    )
    assert found == (Demand("opvang_24uurs", 3, 1),)


def test_another_order_or_another_outcome_asks_nothing_more():
    other = moved("eigen", "overdracht", outcome="regiokeuze")
    assert demand([moved("a, b", "b, a"), other], "voorzieningen") == ()
