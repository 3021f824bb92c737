"""The eight waarborgen that no rule set may break, over random clients, for every regional set."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from rules.advice import Advice
from rules.consider import advise
from rules.facts import Fact, FactType, FactValue
from rules.load import read_ruleset
from rules.ruleset import RuleSet

SETS = Path(__file__).parents[2] / "rules" / "sets"
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


def clients(**fixed: Choice) -> st.SearchStrategy[dict[str, FactValue]]:
    """Random answers, from nearly none to nearly all; those in `fixed` are always given, a tuple means one of these."""

    def client(seed: int, share: float) -> dict[str, FactValue]:
        chance = Random(seed)
        answers = {name: _value(fact, chance) for name, fact in ASKED.items() if chance.random() < share}
        for name, value in fixed.items():
            answers[name] = chance.choice(value) if isinstance(value, tuple) else value
        return answers

    return st.builds(client, st.integers(0, 2**40), st.sampled_from((0.15, 0.5, 0.9)))


def adults_from_abroad(**fixed: Choice) -> st.SearchStrategy[dict[str, FactValue]]:
    """Adults without Dutch nationality: where the law may exclude."""
    return clients(nationaliteit=FOREIGN, geboortedatum=("1970-01-01", "1990-05-05", "2005-01-01"), **fixed)


def anybody() -> st.SearchStrategy[dict[str, FactValue]]:
    """Any client, those whom the law may exclude more often than chance would give."""
    return st.one_of(
        clients(),
        adults_from_abroad(verblijfsgrond="geen"),
        clients(verblijfsgrond="geen", eu_status=NOT_YET),
        adults_from_abroad(verblijfsgrond="geen", **NO_EXCEPTION),
        adults_from_abroad(eu_status=NOT_YET, geweld_afhankelijkheidsrelatie="nee"),
        clients(nationaliteit="nederlands", wlz_status=("toegekend", "vermoeden", "aangevraagd")),
    )


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


@every_set
@thousands
@given(data=st.data())
def test_1_nobody_is_turned_away_for_lack_of_regional_ties(regio: str, data: st.DataObject) -> None:
    facts = data.draw(anybody())
    others = data.draw(clients())
    ties = {name: others[name] for name in TIES if name in others}
    without = advice(regio, {name: value for name, value in facts.items() if name not in TIES})
    with_ties = advice(regio, {**{name: value for name, value in facts.items() if name not in TIES}, **ties})
    assert with_ties.overbrugging == without.overbrugging
    assert with_ties.kring == without.kring
    assert exclusions(with_ties) == exclusions(without)


@every_set
@thousands
@given(data=st.data())
def test_2_who_has_no_place_tonight_always_gets_an_answer_for_tonight(regio: str, data: st.DataObject) -> None:
    facts = data.draw(anybody()) | {"slaapplek_vannacht": "geen"}
    found = advice(regio, facts)
    assert found.urgentie in ("U0", "U1")
    assert found.bestemming.soort
    if found.kring == "jeugd":
        assert "crisis_jeugd" in found.voorliggend
    else:
        assert has_an_answer_for_tonight(found)


@every_set
@thousands
@given(data=st.data())
def test_3_violence_in_a_dependency_relation_lifts_the_exclusion_of_eu_citizens(
    regio: str, data: st.DataObject
) -> None:
    violence = ("ja", "vermoeden")
    facts = data.draw(adults_from_abroad(eu_status=NOT_YET, geweld_afhankelijkheidsrelatie=violence))
    found = advice(regio, facts)
    assert found.kring != "opvang_uitgesloten"
    assert "eu_terugkeer" not in found.voorzieningen
    assert "geweldspoor" in found.veiligheid


@every_set
@thousands
@given(data=st.data())
def test_4_the_wlz_leads_to_refusal_only_when_granted_or_likely_and_not_cooperated_with(
    regio: str, data: st.DataObject
) -> None:
    facts = data.draw(anybody())
    found = advice(regio, facts)
    status, helps = facts.get("wlz_status"), facts.get("wlz_medewerking")
    if "geen_maatwerk" in found.voorzieningen and found.kring != "buiten":
        assert status == "toegekend" or (status == "vermoeden" and helps == "nee")
    if status == "aangevraagd":
        assert found.overbrugging != "geen"
        assert found.verantwoordelijke_gemeente


@every_set
@settings(thousands, max_examples=60)
@given(data=st.data())
def test_5_an_answer_that_becomes_unknown_never_adds_an_exclusion(regio: str, data: st.DataObject) -> None:
    facts = data.draw(anybody())
    allowed = exclusions(advice(regio, facts))
    for lost in facts:
        after = advice(regio, {name: value for name, value in facts.items() if name != lost})
        assert exclusions(after) <= allowed, lost


@every_set
@thousands
@given(data=st.data())
def test_5_an_answer_that_becomes_unknown_never_lowers_what_has_to_happen_today(
    regio: str, data: st.DataObject
) -> None:
    facts = data.draw(st.one_of(anybody(), clients(slaapplek_vannacht="geen")))
    assume(facts)
    lost = data.draw(st.sampled_from(sorted(facts)))
    before = advice(regio, facts)
    after = advice(regio, {name: value for name, value in facts.items() if name != lost})
    reasons = {
        frozenset(step.feiten)
        for step in before.stappen
        if step.tabel == "T5-urgentie" and _urgency_of(RULESETS[regio], step.regel) == before.urgentie
    }
    other_reason = any(lost not in _sources(RULESETS[regio], reason) for reason in reasons)
    if before.urgentie in ("U0", "U1") and (other_reason or lost == "slaapplek_vannacht"):
        assert after.urgentie <= "U1"
    if before.urgentie == "U0" and other_reason:
        assert after.urgentie == "U0"


def _urgency_of(ruleset: RuleSet, row_id: str) -> str:
    table = next(table for table in ruleset.tables if table.name == "T5-urgentie")
    return next(str(row.results["urgentie"][0]) for row in table.rows if row.id == row_id)


def _sources(ruleset: RuleSet, names: frozenset[str]) -> set[str]:
    """The answers behind the facts that a row asked."""
    behind = {item.fact.name: item.needs for item in ruleset.derived}
    return {source for name in names for source in behind.get(name, (name,))}


@every_set
@thousands
@given(data=st.data())
def test_6_where_someone_comes_from_does_not_change_the_outcome(regio: str, data: st.DataObject) -> None:
    facts = data.draw(adults_from_abroad())
    first, *others = [advice(regio, {**facts, "nationaliteit": land}) for land in FOREIGN]
    assert all(_outcome(other) == _outcome(first) for other in others)


@every_set
@thousands
@given(data=st.data())
def test_6_who_may_live_here_gets_the_same_as_a_dutch_client(regio: str, data: st.DataObject) -> None:
    stay = {"verblijfsgrond", "eu_status", "coa_status", "coa_gemeente", "oekraine_ontheemd"}
    facts = {name: value for name, value in data.draw(clients()).items() if name not in stay}
    dutch = advice(regio, {**facts, "nationaliteit": "nederlands"})
    lawful = advice(regio, {**facts, "nationaliteit": data.draw(st.sampled_from(FOREIGN)), "verblijfsgrond": "c"})
    assert _outcome(lawful) == _outcome(dutch)


def test_6_name_and_sex_are_no_facts_at_all() -> None:
    words = ("naam", "geslacht", "sekse", "gender", "voornaam", "geboorteland", "geloof")
    assert [name for name in ASKED for word in words if word in name.split("_")] == []


def _outcome(found: Advice) -> dict[str, object]:
    kept = found.to_dict()
    for key in ("stappen", "open_vragen", "open_uitkomsten"):
        kept.pop(key, None)
    return kept


@every_set
@thousands
@given(data=st.data())
def test_7_every_outcome_is_reached_by_steps_that_name_their_legal_ground(regio: str, data: st.DataObject) -> None:
    found = advice(regio, data.draw(anybody()))
    assert all(step.grondslag.strip() and step.omdat.strip() for step in found.stappen)
    given_by = {
        name: {row.id for table in RULESETS[regio].tables for row in table.rows if name in row.results}
        for name in (
            "kring",
            "niveau",
            "urgentie",
            "overbrugging",
            "regiokeuze",
            "verantwoordelijke_gemeente",
            "bestemming",
        )
    }
    fired = {step.regel for step in found.stappen}
    assert [name for name, rows in given_by.items() if not rows & fired] == []


@every_set
@thousands
@given(data=st.data())
def test_8_children_stay_with_their_parent(regio: str, data: st.DataObject) -> None:
    facts = data.draw(st.one_of(anybody(), clients(slaapplek_vannacht="geen"))) | {
        "kinderen_mee": data.draw(st.integers(1, 5))
    }
    assert not ALONE & set(advice(regio, facts).voorzieningen)


@every_set
@thousands
@given(data=st.data())
def test_a_minor_is_never_sent_to_shelter_for_adults(regio: str, data: st.DataObject) -> None:
    found = advice(regio, data.draw(clients(geboortedatum=("2026-01-01", "2011-05-05", "2009-03-03", "2008-11-24"))))
    assert found.kring in ("jeugd", "jeugd_naar_volwassen")
    assert not {"nachtopvang", "opvang_24uurs", "housing_first", "hulp_bij_huisvesting"} & set(found.voorzieningen)


def test_the_random_clients_reach_every_circle_and_every_provision() -> None:
    seen: set[str] = set()

    @settings(max_examples=800, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(facts=anybody())
    def look(facts: dict[str, FactValue]) -> None:
        found = advice("rotterdam-rijnmond", facts)
        seen.update((found.kring, found.regiokeuze, found.overbrugging, found.urgentie, *found.voorzieningen))

    look()
    outcomes = ("kring", "voorzieningen", "overbrugging", "urgentie", "regiokeuze")
    wanted = {word for name in outcomes for word in ROTTERDAM.outcomes[name].fact.values}
    assert wanted - seen <= {"housing_first", "afweging"}
