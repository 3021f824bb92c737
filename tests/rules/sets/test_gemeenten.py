"""The list of gemeenten that facts, rules and letters name people's places with."""

import csv
import re
from pathlib import Path

import pytest

LIST = Path(__file__).parents[3] / "config" / "gemeenten.csv"

ROTTERDAM_REGION = {
    "GM0613": "Albrandswaard",
    "GM0489": "Barendrecht",
    "GM0502": "Capelle aan den IJssel",
    "GM0542": "Krimpen aan den IJssel",
    "GM1621": "Lansingerland",
    "GM0597": "Ridderkerk",
    "GM0599": "Rotterdam",
}
ELSEWHERE = {
    "GM0344": "Utrecht",
    "GM0014": "Groningen",
    "GM0518": "Den Haag",
    "GM0363": "Amsterdam",
    "GM0772": "Eindhoven",
}


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    with LIST.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter=";"))


def test_every_gemeente_of_2026_stands_in_the_list_once(rows: list[dict[str, str]]) -> None:
    codes = [row["code"] for row in rows]
    assert len(codes) == len(set(codes)) == 342
    assert len({row["naam"] for row in rows}) == 342


def test_every_code_has_the_form_of_the_cbs(rows: list[dict[str, str]]) -> None:
    assert [row["code"] for row in rows if not re.fullmatch(r"GM[0-9]{4}", row["code"])] == []


def test_the_gemeenten_that_rules_and_cases_name_have_their_own_name(
    rows: list[dict[str, str]],
) -> None:
    names = {row["code"]: row["naam"] for row in rows}
    expected = ROTTERDAM_REGION | ELSEWHERE
    assert {code: names[code] for code in expected} == expected


def test_the_rotterdam_region_is_its_seven_gemeenten(rows: list[dict[str, str]]) -> None:
    region = {row["code"]: row["naam"] for row in rows if row["centrumregio"] == "Rotterdam"}
    assert region == ROTTERDAM_REGION


def test_a_centrumregio_is_named_after_a_gemeente_that_lies_in_it(
    rows: list[dict[str, str]],
) -> None:
    region_of = {row["naam"]: row["centrumregio"] for row in rows}
    regions = {region for region in region_of.values() if region}
    assert len(regions) == 44
    assert {region for region in regions if region_of.get(region) != region} == set()


def test_no_field_of_the_list_has_stray_spaces_or_holes(rows: list[dict[str, str]]) -> None:
    fields = [value for row in rows for value in row.values()]
    assert [value for value in fields if value != value.strip()] == []
    assert [row for row in rows if not row["naam"]] == []
