"""Random clients for every regional rule set, and what the waarborgen look at in their advice."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from rules.engine.consider import advise
from rules.shelf.load import read_ruleset
from rules.values.advice import Advice
from rules.values.facts import Fact, FactType, FactValue

SETS = Path(__file__).parents[3] / "rules" / "sets"
RULESETS = {path.parent.parent.name: read_ruleset(path.parent) for path in sorted(SETS.glob("*/*/scenarios.csv"))}
ROTTERDAM = RULESETS["rotterdam-rijnmond"]
TODAY = date(2026, 11, 23)
PLACES = ("GM0599", "GM0502", "GM0448", "GM0096", "GM0344", "GM0014")
AGES = (0, 3, 12, 15, 16, 17, 18, 19, 22, 23, 26, 27, 30, 45, 70)
DAYS = (-400, -30, -1, 0, 1, 10, 14, 15, 40, 60, 92, 150, 400)

Facts = Mapping[str, FactValue]

TIES = (
    "maanden_in_regio_36", "regio_meeste_maanden", "positief_netwerk", "negatief_netwerk", "lopende_hulp",
    "werk_of_school", "kinderen_in", "wens_gemeente", "wens_onderbouwd", "instemming_overdracht",
    "andere_regio_reactie", "overdracht_van", "eerdere_opvang", "opvang_geweigerd_door", "woongemeente",
)  # fmt: skip
EXCLUSIONS = frozenset({"geen_maatwerk", "eu_terugkeer"})
OUTSIDE = ("buiten", "opvang_uitgesloten")
ALONE = frozenset({"nachtopvang", "opvang_24uurs", "jongerenopvang"})
FOREIGN = ("eu_eer_ch", "derdeland", "staatloos")
NO_EXCEPTION: Mapping[str, str | int] = {
    "geweld_afhankelijkheidsrelatie": "nee",
    "mensenhandel": "nee",
    "kind_met_nl_nationaliteit": "nee",
    "kinderen_mee": 0,
    "zwanger": "nee",
}
NOT_YET = ("korter_dan_3_maanden", "werkzoekend")

thousands = settings(max_examples=250, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
every_set = pytest.mark.parametrize("regio", sorted(RULESETS))


def _date(name: str, chance: Random) -> str:
    if name != "geboortedatum":
        return (TODAY + timedelta(days=chance.choice(DAYS))).isoformat()
    born = TODAY - timedelta(days=round(chance.choice(AGES) * 365.25) + chance.randint(-40, 40))
    return min(born, TODAY).isoformat()


def _value(fact: Fact, chance: Random) -> FactValue:
    """An allowed value of a fact; places from a handful, so that they often meet."""
    match fact.type:
        case FactType.GEMEENTE:
            return chance.choice((*fact.values, *PLACES))
        case FactType.GEMEENTEN | FactType.LIJST:
            return chance.sample(fact.values or PLACES, k=chance.randint(0, 3))
        case FactType.GETAL:
            return chance.randint(fact.low or 0, min(fact.high or 4, 36))
        case FactType.DATUM:
            return _date(fact.name, chance)
        case FactType.ZRM:
            return {"huisvesting": chance.randint(1, 5)}
        case _:
            return chance.choice(fact.values)


ASKED = {
    name: fact
    for name, fact in ROTTERDAM.facts.items()
    if name not in ROTTERDAM.constants and fact.type is not FactType.TEKST
}

Choice = str | int | tuple[str, ...]
SHARES = (0.15, 0.5, 0.9)


def a_client(seed: int, share: float, fixed: Mapping[str, Choice]) -> dict[str, FactValue]:
    """Random answers, each given with this chance; those in `fixed` are always given, a tuple means one of these."""
    chance = Random(seed)
    answers = {name: _value(fact, chance) for name, fact in ASKED.items() if chance.random() < share}
    for name, value in fixed.items():
        answers[name] = chance.choice(value) if isinstance(value, tuple) else value
    return answers


def clients(**fixed: Choice) -> st.SearchStrategy[dict[str, FactValue]]:
    """Random answers, from nearly none to nearly all, with those in `fixed`."""
    return st.builds(a_client, st.integers(0, 2**40), st.sampled_from(SHARES), st.just(fixed))


FROM_ABROAD: Mapping[str, Choice] = {
    "nationaliteit": FOREIGN,
    "geboortedatum": ("1970-01-01", "1990-05-05", "2005-01-01"),
}
"""Adults without Dutch nationality: where the law may exclude."""


def adults_from_abroad(**fixed: Choice) -> st.SearchStrategy[dict[str, FactValue]]:
    """Adults without Dutch nationality, with these answers."""
    return clients(**FROM_ABROAD, **fixed)


KINDS: tuple[Mapping[str, Choice], ...] = (
    {},
    {**FROM_ABROAD, "verblijfsgrond": "geen"},
    {"verblijfsgrond": "geen", "eu_status": NOT_YET},
    {**FROM_ABROAD, "verblijfsgrond": "geen", **NO_EXCEPTION},
    {**FROM_ABROAD, "eu_status": NOT_YET, "geweld_afhankelijkheidsrelatie": "nee"},
    {"nationaliteit": "nederlands", "wlz_status": ("toegekend", "vermoeden", "aangevraagd")},
)
"""Any client, those whom the law may exclude more often than chance would give."""


def anybody() -> st.SearchStrategy[dict[str, FactValue]]:
    """A client of any kind."""
    return st.one_of(*(clients(**kind) for kind in KINDS))


def advice(regio: str, facts: Facts) -> Advice:
    return advise(RULESETS[regio], facts, TODAY)


def has_an_answer_for_tonight(found: Advice) -> bool:
    """Contract, waarborg 2."""
    safe = "geweldspoor" in found.veiligheid and "vrouwenopvang" in found.voorzieningen
    if found.kring in OUTSIDE and found.expertise and found.bestemming.naam:
        return True
    return found.overbrugging != "geen" or "crisisdienst" in found.veiligheid or safe


def exclusions(found: Advice) -> set[str]:
    """What keeps this person from help: provisions that are a no, and being outside the circle."""
    outside = {"buiten de kring"} if found.kring in OUTSIDE else set()
    return outside | (EXCLUSIONS & set(found.voorzieningen))
