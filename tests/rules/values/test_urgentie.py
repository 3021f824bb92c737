"""How soon: one list, in the order of the outcomes that all rule sets share."""

from rules.values import TODAY, Urgentie
from tests.rules.sets.clients import RULESETS, every_set


@every_set
def test_the_urgencies_are_those_of_the_rules_and_in_their_order_of_weight(regio):
    assert tuple(Urgentie) == RULESETS[regio].outcomes["urgentie"].fact.values


def test_the_most_urgent_sorts_first_as_an_urgency_and_as_text():
    mixed = [Urgentie.HOOG, Urgentie.REGULIER, Urgentie.NU, Urgentie.VERHOOGD, Urgentie.VANDAAG]
    assert sorted(mixed) == list(Urgentie)
    assert sorted(one.value for one in Urgentie) == [one.value for one in Urgentie]
    assert min(Urgentie.HOOG, Urgentie.NU) is Urgentie.NU


def test_now_and_today_count_in_hours_and_nothing_else_does():
    assert [one for one in Urgentie if one.is_today] == list(TODAY) == [Urgentie.NU, Urgentie.VANDAAG]
