"""The eight waarborgen that no rule set may break, over random clients, for every regional set."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from rules.advice import Advice
from rules.consider import advise
from rules.facts import Fact, FactType, FactValue
from rules.load import read_ruleset
from rules.ruleset import RuleSet

SETS = Path(__file__).parents[2] / "rules" / "sets"
RULESETS = [read_ruleset(path.parent) for path in sorted(SETS.glob("*/*/scenarios.csv"))]
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

thousands = settings(max_examples=1_500, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
every_set = pytest.mark.parametrize("ruleset", RULESETS, ids=lambda ruleset: ruleset.regio)


def _days(fact: Fact) -> st.SearchStrategy[str]:
    if fact.name == "geboortedatum":
        ages = st.builds(
            lambda age, days: TODAY - timedelta(days=round(age * 365.25) + days),
            st.sampled_from(AGES),
            st.integers(-40, 40),
        )
        return ages.filter(lambda day: day <= TODAY).map(date.isoformat)
    return st.sampled_from(DAYS).map(lambda days: (TODAY + timedelta(days=days)).isoformat())


def _value(fact: Fact) -> st.SearchStrategy[FactValue]:
    match fact.type:
        case FactType.KEUZE | FactType.JA_NEE:
            return st.sampled_from(fact.values)
        case FactType.GEMEENTE:
            return st.sampled_from((*fact.values, *PLACES))
        case FactType.GEMEENTEN:
            return st.lists(st.sampled_from(PLACES), max_size=3, unique=True)
        case FactType.LIJST:
            return st.lists(st.sampled_from(fact.values), max_size=3, unique=True)
        case FactType.GETAL:
            return st.integers(fact.low or 0, min(fact.high or 4, 36))
        case FactType.DATUM:
            return _days(fact)
        case FactType.ZRM:
            return st.dictionaries(st.sampled_from(("financien", "huisvesting")), st.integers(1, 5), max_size=2)
        case FactType.TEKST:
            return st.just("verhaal")


ASKED = {name: fact for name, fact in RULESETS[0].facts.items() if name not in RULESETS[0].constants}
VALUES = {name: _value(fact) for name, fact in ASKED.items() if fact.type is not FactType.TEKST}


@st.composite
def clients(draw: st.DrawFn, **fixed: st.SearchStrategy[FactValue]) -> dict[str, FactValue]:
    """Random answers, from nearly none to nearly all; those named in `fixed` are always given."""
    share = draw(st.sampled_from((2, 5, 9)))
    given_facts = {name: draw(value) for name, value in VALUES.items() if draw(st.integers(0, 9)) < share}
    return given_facts | {name: draw(value) for name, value in fixed.items()}


def adults_from_abroad(**fixed: st.SearchStrategy[FactValue]) -> st.SearchStrategy[dict[str, FactValue]]:
    """Adults without Dutch nationality: where the law may exclude."""
    grown = st.sampled_from(("1970-01-01", "1990-05-05", "2005-01-01"))
    return clients(nationaliteit=st.sampled_from(FOREIGN), geboortedatum=grown, **fixed)


def anybody() -> st.SearchStrategy[dict[str, FactValue]]:
    """Any client, those whom the law may exclude more often than chance would give."""
    return st.one_of(clients(), adults_from_abroad(), adults_from_abroad(verblijfsgrond=st.just("geen")))


def advice(ruleset: RuleSet, facts: Facts) -> Advice:
    return advise(ruleset, facts, TODAY)


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
def test_1_nobody_is_turned_away_for_lack_of_regional_ties(ruleset: RuleSet, data: st.DataObject) -> None:
    facts = data.draw(anybody())
    ties = {name: data.draw(VALUES[name]) for name in TIES if data.draw(st.booleans())}
    without = advice(ruleset, {name: value for name, value in facts.items() if name not in TIES})
    with_ties = advice(ruleset, {**{name: value for name, value in facts.items() if name not in TIES}, **ties})
    assert with_ties.overbrugging == without.overbrugging
    assert with_ties.kring == without.kring
    assert exclusions(with_ties) == exclusions(without)


@every_set
@thousands
@given(data=st.data())
def test_2_who_has_no_place_tonight_always_gets_an_answer_for_tonight(ruleset: RuleSet, data: st.DataObject) -> None:
    facts = data.draw(st.one_of(anybody(), adults_from_abroad())) | {"slaapplek_vannacht": "geen"}
    found = advice(ruleset, facts)
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
    ruleset: RuleSet, data: st.DataObject
) -> None:
    status = st.sampled_from(("korter_dan_3_maanden", "werkzoekend"))
    violence = st.sampled_from(("ja", "vermoeden"))
    found = advice(ruleset, data.draw(adults_from_abroad(eu_status=status, geweld_afhankelijkheidsrelatie=violence)))
    assert found.kring != "opvang_uitgesloten"
    assert "eu_terugkeer" not in found.voorzieningen
    assert "geweldspoor" in found.veiligheid


@every_set
@thousands
@given(data=st.data())
def test_4_the_wlz_leads_to_refusal_only_when_granted_or_likely_and_not_cooperated_with(
    ruleset: RuleSet, data: st.DataObject
) -> None:
    facts = data.draw(
        st.one_of(anybody(), clients(wlz_status=VALUES["wlz_status"], nationaliteit=st.just("nederlands")))
    )
    found = advice(ruleset, facts)
    status, helps = facts.get("wlz_status"), facts.get("wlz_medewerking")
    if "geen_maatwerk" in found.voorzieningen and found.kring != "buiten":
        assert status == "toegekend" or (status == "vermoeden" and helps == "nee")
    if status == "aangevraagd":
        assert found.overbrugging != "geen"
        assert found.verantwoordelijke_gemeente


@every_set
@thousands
@given(data=st.data())
def test_5_an_answer_that_becomes_unknown_never_adds_an_exclusion(ruleset: RuleSet, data: st.DataObject) -> None:
    facts = data.draw(anybody())
    assume(facts)
    lost = data.draw(st.sampled_from(sorted(facts)))
    before = advice(ruleset, facts)
    after = advice(ruleset, {name: value for name, value in facts.items() if name != lost})
    assert exclusions(after) <= exclusions(before)


@every_set
@thousands
@given(data=st.data())
def test_5_an_answer_that_becomes_unknown_never_lowers_what_has_to_happen_today(
    ruleset: RuleSet, data: st.DataObject
) -> None:
    facts = data.draw(st.one_of(anybody(), clients(slaapplek_vannacht=st.just("geen"))))
    assume(facts)
    lost = data.draw(st.sampled_from(sorted(facts)))
    before = advice(ruleset, facts)
    after = advice(ruleset, {name: value for name, value in facts.items() if name != lost})
    reasons = {
        frozenset(step.feiten)
        for step in before.stappen
        if step.tabel == "T5-urgentie" and _urgency_of(ruleset, step.regel) == before.urgentie
    }
    other_reason = any(lost not in _sources(ruleset, reason) for reason in reasons)
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
def test_6_where_someone_comes_from_does_not_change_the_outcome(ruleset: RuleSet, data: st.DataObject) -> None:
    facts = data.draw(adults_from_abroad())
    first, *others = [advice(ruleset, {**facts, "nationaliteit": land}) for land in FOREIGN]
    assert all(_outcome(other) == _outcome(first) for other in others)


@every_set
@thousands
@given(data=st.data())
def test_6_who_may_live_here_gets_the_same_as_a_dutch_client(ruleset: RuleSet, data: st.DataObject) -> None:
    stay = {"verblijfsgrond", "eu_status", "coa_status", "coa_gemeente", "oekraine_ontheemd"}
    facts = {name: value for name, value in data.draw(clients()).items() if name not in stay}
    dutch = advice(ruleset, {**facts, "nationaliteit": "nederlands"})
    lawful = advice(ruleset, {**facts, "nationaliteit": data.draw(st.sampled_from(FOREIGN)), "verblijfsgrond": "c"})
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
def test_7_every_outcome_is_reached_by_steps_that_name_their_legal_ground(
    ruleset: RuleSet, data: st.DataObject
) -> None:
    found = advice(ruleset, data.draw(anybody()))
    assert all(step.grondslag.strip() and step.omdat.strip() for step in found.stappen)
    given_by = {
        name: {row.id for table in ruleset.tables for row in table.rows if name in row.results}
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
def test_8_children_stay_with_their_parent(ruleset: RuleSet, data: st.DataObject) -> None:
    facts = data.draw(st.one_of(anybody(), clients(slaapplek_vannacht=st.just("geen")))) | {
        "kinderen_mee": data.draw(st.integers(1, 5))
    }
    assert not ALONE & set(advice(ruleset, facts).voorzieningen)


@every_set
@thousands
@given(data=st.data())
def test_a_minor_is_never_sent_to_shelter_for_adults(ruleset: RuleSet, data: st.DataObject) -> None:
    born = st.integers(0, 17 * 365).map(lambda days: (TODAY - timedelta(days=days)).isoformat())
    found = advice(ruleset, data.draw(clients(geboortedatum=born)))
    assert found.kring in ("jeugd", "jeugd_naar_volwassen")
    assert not {"nachtopvang", "opvang_24uurs", "housing_first", "hulp_bij_huisvesting"} & set(found.voorzieningen)
