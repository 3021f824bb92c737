import json
from pathlib import Path

import pytest

from forms import INTAKE_FORM

CASES = json.loads(Path(__file__).with_name("cases.json").read_text(encoding="utf-8"))
MELDING = {"melding_datum": "2026-11-23", "melding_gemeente": "GM0502"}


def facts(**answers):
    return INTAKE_FORM.facts(INTAKE_FORM.validate(MELDING | answers))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["verhaal"][:40])
def test_every_known_fact_of_a_case_reaches_the_rules(case):
    known = {key: tuple(value) if isinstance(value, list) else value for key, value in case["feiten"].items()}
    assert INTAKE_FORM.facts(INTAKE_FORM.validate(case["feiten"])) == {
        key: value for key, value in known.items() if value != "onbekend"
    }


@pytest.mark.parametrize("said", ["onbekend", "wil_niet_zeggen"])
def test_what_is_not_said_is_no_fact_but_is_remembered(said):
    answers = INTAKE_FORM.validate({"nationaliteit": said})
    assert answers == {"nationaliteit": said}
    assert INTAKE_FORM.facts(answers) == {}


def test_who_somebody_is_never_reaches_the_rules():
    assert facts(bsn="111222333", achternaam="Jansen", verhaal="Ik slaap buiten.", telefoon="0612345678") == MELDING


def test_a_list_that_is_known_to_be_empty_is_a_fact():
    assert facts(lopende_hulp=[])["lopende_hulp"] == ()


def test_a_list_that_only_says_unknown_is_unknown_and_not_empty():
    assert INTAKE_FORM.facts({"gevraagd": ["onbekend"]}) == {}
    assert INTAKE_FORM.facts({"gevraagd": ["onbekend", "opvang"]}) == {"gevraagd": ("opvang",)}


def test_scores_reach_the_rules_as_numbers():
    assert facts(zelfredzaamheid={"financien": 2})["zelfredzaamheid"] == {"financien": 2}


def lived(*rows):
    return [{"gemeente": gemeente, "van": start} | ({"tot": end} if end else {}) for gemeente, start, end in rows]


def test_months_in_the_region_are_counted_from_where_somebody_lived():
    derived = facts(woongeschiedenis=lived(("GM0599", "2020-01", "2025-06"), ("GM0518", "2025-07", "")))
    assert derived["maanden_in_regio_36"] == 19
    assert derived["regio_meeste_maanden"] == "GM0599"


def test_all_gemeenten_of_the_region_count_together():
    derived = facts(woongeschiedenis=lived(("GM0599", "2023-12", "2024-11"), ("GM0502", "2024-12", "")))
    assert derived["maanden_in_regio_36"] == 36


def test_a_month_of_moving_counts_for_the_later_place_and_never_twice():
    derived = facts(woongeschiedenis=lived(("GM0599", "2023-01", "2025-01"), ("GM0518", "2025-01", "")))
    assert derived["maanden_in_regio_36"] == 13


def test_months_that_nobody_knows_are_not_counted_as_elsewhere():
    derived = facts(woongeschiedenis=lived(("GM0599", "2025-01", "")))
    assert "maanden_in_regio_36" not in derived
    assert derived["regio_meeste_maanden"] == "GM0599"


def test_no_gemeente_has_most_months_while_the_unknown_ones_could_outweigh_it():
    assert "regio_meeste_maanden" not in facts(woongeschiedenis=lived(("GM0599", "2026-01", "")))


def test_a_typed_number_counts_when_the_rows_do_not_tell():
    assert facts(maanden_in_regio_36=30)["maanden_in_regio_36"] == 30
    rows = lived(("GM0599", "2025-01", ""))
    assert facts(maanden_in_regio_36=30, woongeschiedenis=rows)["maanden_in_regio_36"] == 30


def test_complete_rows_replace_a_typed_number():
    rows = lived(("GM0599", "2020-01", ""))
    assert facts(maanden_in_regio_36=3, woongeschiedenis=rows)["maanden_in_regio_36"] == 36


def test_months_abroad_are_known_and_outside_the_region():
    derived = facts(woongeschiedenis=lived(("buitenland", "2020-01", "2026-10"), ("GM0599", "2026-11", "")))
    assert derived["maanden_in_regio_36"] == 1
    assert "regio_meeste_maanden" not in derived


def test_an_unknown_end_is_not_read_as_now():
    assert "maanden_in_regio_36" not in facts(
        woongeschiedenis=[{"gemeente": "GM0599", "van": "2020-01", "tot": "onbekend"}]
    )


def test_a_melding_outside_every_region_counts_no_months():
    answers = {"melding_datum": "2026-11-23", "melding_gemeente": "GM0014"}
    rows = {"woongeschiedenis": lived(("GM0014", "2020-01", ""))}
    assert "maanden_in_regio_36" not in INTAKE_FORM.facts(INTAKE_FORM.validate(answers | rows))


def test_people_and_help_add_their_gemeenten():
    derived = facts(
        positief_netwerk=["GM0344"],
        netwerkpersonen=[
            {"naam": "Zus", "gemeente": "GM0014", "invloed": "steunt"},
            {"gemeente": "GM0518", "invloed": "schaadt"},
        ],
        hulpverleners=[
            {"organisatie": "FACT", "gemeente": "GM0014", "loopt_nu": "ja"},
            {"organisatie": "Oud", "gemeente": "GM0344", "loopt_nu": "nee"},
        ],
    )
    assert derived["positief_netwerk"] == ("GM0344", "GM0014")
    assert derived["negatief_netwerk"] == ("GM0518",)
    assert derived["lopende_hulp"] == ("GM0014",)


def test_children_in_rows_count_only_where_no_number_was_given():
    rows = [{"naam": "A", "geboortedatum": "2022-01-02", "gaat_mee": "ja", "gemeente": "GM0599"}, {"gaat_mee": "nee"}]
    derived = facts(kinderen=rows)
    assert (derived["kinderen_mee"], derived["jongste_kind"], derived["kinderen_in"]) == (1, 4, ("GM0599",))
    assert facts(kinderen=rows, kinderen_mee=3)["kinderen_mee"] == 3
