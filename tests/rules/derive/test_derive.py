from datetime import date
from types import MappingProxyType

import pytest

from rules.derive.derive import FUNCTIONS
from rules.values.derived import Source
from rules.values.states import OpenValue

ON = date(2026, 3, 1)
REGION = frozenset({"GM0599", "GM0597"})


def derived(function, arguments, **facts):
    answers = {name: value for name, value in facts.items() if value is not None}
    plain = str | int | tuple | OpenValue
    states = {name: value if isinstance(value, plain) else "" for name, value in answers.items()}
    return FUNCTIONS[function].run(MappingProxyType(arguments), Source(states, answers, ON, REGION))


@pytest.mark.parametrize(
    ("born", "age"),
    [("2008-03-01", 18), ("2008-03-02", 17), ("2008-02-29", 18), ("2026-03-01", 0), ("1926-03-01", 100)],
)
def test_age_counts_birthdays(born, age):
    assert derived("leeftijd", {"van": "geboren"}, geboren=born) == age


def test_who_is_born_on_leap_day_grows_older_on_the_first_of_march():
    day_before = Source({}, {"geboren": "2008-02-29"}, date(2026, 2, 28), REGION)
    assert FUNCTIONS["leeftijd"].run({"van": "geboren"}, day_before) == 17


@pytest.mark.parametrize(
    ("function", "arguments", "day", "number"),
    [
        ("dagen_tot", {"van": "dag"}, "2026-03-15", 14),
        ("dagen_tot", {"van": "dag"}, "2026-02-28", -1),
        ("dagen_sinds", {"van": "dag"}, "2026-02-28", 1),
        ("maanden_sinds", {"van": "dag"}, "2025-03-02", 11),
        ("maanden_tot", {"van": "dag"}, "2026-05-31", 2),
        ("leeftijd_in_maanden", {"van": "dag"}, "2008-08-15", 210),
        ("dagen_tot_leeftijd", {"van": "dag", "leeftijd": 18}, "2008-03-31", 30),
    ],
)
def test_days_and_months_are_counted_in_whole(function, arguments, day, number):
    assert derived(function, arguments, dag=day) == number


@pytest.mark.parametrize("name", [name for name, function in FUNCTIONS.items() if "van" in function.takes])
def test_not_knowing_gives_no_certain_answer(name):
    function = FUNCTIONS[name]
    arguments = {"van": ("a", "b") if function.many else "a", "is": "ja", "leeftijd": 18, "waarde": "c", "hoogstens": 2}
    value = FUNCTIONS[name].run(arguments, Source({}, {}, ON, REGION))
    assert value is None or (isinstance(value, OpenValue) and value.now in (None, 0))


def test_the_region_is_a_list_of_gemeenten():
    assert derived("in_regio", {"van": "g"}, g="GM0597") == "ja"
    assert derived("in_regio", {"van": "g"}, g="geen") == "nee"
    assert derived("bevat_regio", {"van": "l"}, l=("GM0014", "GM0599")) == "ja"
    assert derived("bevat_buiten_regio", {"van": "l"}, l=("GM0599",)) == "nee"
    assert derived("bevat_regio", {"van": "l"}, l=()) == "nee"


def test_nothing_is_the_same_as_no_gemeente():
    assert derived("zelfde", {"van": ("a", "b")}, a="geen", b="geen") == "nee"
    assert derived("zelfde", {"van": ("a", "b")}, a="GM0599", b="GM0599") == "ja"
    assert derived("zelfde", {"van": ("a", "b")}, a="GM0599").now is None


def test_points_say_what_they_could_still_become():
    posts = ({"feit": "a", "is": "ja", "punten": 3}, {"feit": "b", "is": "ja", "punten": -5})
    assert derived("punten", {"posten": posts}, a="ja", b="nee") == 3
    assert derived("punten", {"posten": posts}, a="ja") == OpenValue(3, frozenset({3, -2}))
    assert derived("verschil", {"van": ("p", "q")}, p=OpenValue(3, frozenset({3, -2})), q=1) == OpenValue(
        2, frozenset({2, -3})
    )


def test_a_count_says_at_least_and_at_most():
    arguments = {"van": ("a", "b", "c"), "is": ("ja", "vermoeden")}
    assert derived("aantal_met", arguments, a="ja", b="vermoeden", c="nee") == 2
    assert derived("aantal_met", arguments, a="ja", c="nee") == OpenValue(1, frozenset({1, 2}))
    assert derived("een_van", arguments, a="nee", b="nee", c="nee") == "nee"
    assert derived("een_van", arguments, a="ja") == "ja"
    assert derived("een_van", arguments, a="nee").now is None


def test_zrm_counts_only_opened_domains_and_says_so():
    state = derived("zrm_aantal", {"van": "z", "hoogstens": 2}, z={"financien": 1, "huisvesting": 2, "justitie": 5})
    assert state.now == 2
    assert state.possible == frozenset(range(2, 13))


def test_the_first_known_gemeente_is_in_doubt_while_an_earlier_is_unknown():
    assert derived("eerste_bekende", {"van": ("a", "b")}, a="geen", b="GM0599") == "GM0599"
    assert derived("eerste_bekende", {"van": ("a", "b")}, b="GM0599") == OpenValue("GM0599")
