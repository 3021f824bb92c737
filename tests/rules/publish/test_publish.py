"""A rule set made public: readable, complete, and nothing in it that the set does not say."""

import importlib.util
import re
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from lxml import etree

from rules.publish.algoritmeregister import ABOUT_FILE, laws_of, read_about, record_of, status_of
from rules.publish.dmn import NAMESPACE, feel_test, to_dmn
from rules.publish.document import document_of
from rules.publish.plain import plain_text
from rules.publish.words import cell_text
from rules.shelf.bundle import parse_bundle, read_bundle
from rules.shelf.shelf import SETS
from rules.values import cells as cell_words
from rules.values.facts import FactType
from rules.values.findings import RuleSetErrors
from tests.rules.files import write_set

ROTTERDAM = SETS / "rotterdam-rijnmond" / "2026-01-01"
REGIONS = ("rotterdam-rijnmond", "voorbeeldregio")
TODAY = date(2026, 11, 23)
STANDARD_FIELDS = {
    "name", "description_short", "organization", "category", "status", "begin_date", "end_date", "contact_email",
    "website", "publication_category", "url", "goal", "proportionality", "human_intervention", "risks", "lawful_basis",
    "lawful_basis_grouping", "process_index_url", "impacttoetsen", "impacttoetsen_grouping", "source_data",
    "source_data_grouping", "methods_and_models", "provider", "publiccode", "lang", "standard_version", "source_id",
    "tags",
}  # fmt: skip


@pytest.fixture(scope="module")
def bundle():
    return read_bundle(ROTTERDAM)


@pytest.fixture(scope="module")
def ruleset(bundle):
    return parse_bundle(bundle)


@pytest.fixture
def small(tmp_path):
    return parse_bundle(read_bundle(write_set(tmp_path, national={})))


def test_every_rule_stands_in_the_document_once_with_its_ground(ruleset):
    document = document_of(ruleset)
    rules = [rule for table in document.tables for rule in table.rules]
    assert [rule.id for rule in rules] == [row.id for table in ruleset.tables for row in table.rows]
    assert all(rule.ground and rule.because and rule.then for rule in rules)


def test_no_two_places_in_the_document_have_the_same_anchor(ruleset):
    document = document_of(ruleset)
    anchors = [table.anchor for table in document.tables]
    anchors += [rule.anchor for table in document.tables for rule in table.rules]
    assert len(anchors) == len(set(anchors))
    assert all(re.fullmatch(r"[a-z][a-z0-9-]*", anchor) for anchor in anchors)


def test_a_cell_reads_as_plain_dutch(small):
    table = small.table("T3")
    said = [
        cell_text(cell, fact)
        for row in table.rows
        for cell, fact in zip(row.cells, table.columns, strict=True)
        if not cell.is_any
    ]
    assert said == ["geen", "1 of meer", "niet jeugd", "geen", "jeugd", "geen"]


def test_a_parameter_is_told_with_its_value(small):
    assert "minder dan 18 [min_leeftijd]" in plain_text(document_of(small))


def test_one_table_can_be_shown_alone(small):
    text = plain_text(document_of(small), table="t6")
    assert "T6.3" in text
    assert "T1.1" not in text


@pytest.mark.parametrize("regio", REGIONS)
def test_the_record_has_every_field_of_the_standard(regio):
    bundle = read_bundle(SETS / regio / "2026-01-01")
    ruleset = parse_bundle(bundle)
    record = record_of(ruleset, bundle, public_page="https://voorbeeld.invalid/regels/openbaar", on=TODAY)
    assert set(record) == STANDARD_FIELDS
    assert record["status"] == "In gebruik"
    assert record["begin_date"] == "2026-01"
    assert ruleset.hash in record["methods_and_models"]
    titles = {law["title"] for law in record["lawful_basis_grouping"]}
    assert "Wet maatschappelijke ondersteuning 2015" in titles


def test_the_record_names_only_answers_that_some_rule_reads(ruleset, bundle):
    record = record_of(ruleset, bundle, public_page="", on=TODAY)
    assert ruleset.facts["slaapplek_vannacht"].label in record["source_data"]
    assert ruleset.facts["verhaal"].label not in record["source_data"]


def test_a_law_stands_in_the_record_only_when_a_rule_rests_on_it(small):
    titles = {title for title, _ in laws_of(small)}
    assert titles == {
        "Wet maatschappelijke ondersteuning 2015",
        "Jeugdwet",
        "Wet verplichte geestelijke gezondheidszorg",
    }


@pytest.mark.parametrize(
    ("on", "status"),
    [(date(2025, 12, 31), "In ontwikkeling"), (TODAY, "In gebruik"), (date(2030, 1, 1), "Buiten gebruik")],
)
def test_the_status_follows_the_days_in_force(ruleset, on, status):
    assert status_of(ruleset, on) == status


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "„naam” ontbreekt"),
        ("naam: [", "geen leesbare YAML"),
        ("[" * 20_000, "velden met waarden"),
        ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]", "velden met waarden"),
        ("- naam", "velden met waarden"),
        ("naam: x\nonzin: y", "„onzin” bestaat niet"),
        (f"naam: {'x' * 101}", "te lang"),
        ("publicatiecategorie: Geheim", "publicatiecategorie"),
    ],
)
def test_what_people_must_say_is_asked_for_by_name(text, message):
    with pytest.raises(RuleSetErrors, match=message):
        read_about(text)


def test_what_is_said_in_the_register_does_not_change_the_rules(bundle, ruleset):
    assert parse_bundle(bundle.with_file(ABOUT_FILE, "naam: iets anders")).hash == ruleset.hash


def test_the_dmn_holds_every_table_row_and_column(ruleset):
    root = ET.fromstring(to_dmn(ruleset))
    tables = root.findall(f".//{{{NAMESPACE}}}decisionTable")
    assert len(tables) == len(ruleset.tables)
    for shape, table in zip(tables, ruleset.tables, strict=True):
        rules = shape.findall(f"{{{NAMESPACE}}}rule")
        assert len(rules) == len(table.rows)
        assert len(shape.findall(f"{{{NAMESPACE}}}input")) == len(table.columns)
        for rule in rules:
            assert len(rule.findall(f"{{{NAMESPACE}}}inputEntry")) == len(table.columns)
            assert len(rule.findall(f"{{{NAMESPACE}}}outputEntry")) == len(table.outcomes)


@pytest.mark.parametrize("regio", REGIONS)
def test_the_dmn_follows_the_schema_of_the_standard(regio):
    carrier = importlib.util.find_spec("SpiffWorkflow")
    if carrier is None or not carrier.submodule_search_locations:
        pytest.skip("SpiffWorkflow, which carries the schema of DMN 1.3, is not installed: run bin/test once")
    folder = Path(carrier.submodule_search_locations[0], "dmn", "parser", "schema")
    schema = etree.XMLSchema(etree.parse(folder / "DMN13.xsd"))
    made = etree.fromstring(to_dmn(parse_bundle(read_bundle(SETS / regio / "2026-01-01"))))
    assert made.tag == f"{{{schema_namespace(folder)}}}definitions"
    assert schema.validate(made), list(schema.error_log)[:5]


def schema_namespace(folder):
    return etree.parse(folder / "DMN13.xsd").getroot().get("targetNamespace")


def test_every_reference_in_the_dmn_leads_somewhere(ruleset):
    root = ET.fromstring(to_dmn(ruleset))
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    targets = {element.get("href", "").removeprefix("#") for element in root.iter() if element.get("href")}
    assert targets <= set(ids)


def test_the_same_set_gives_the_same_dmn(ruleset):
    assert to_dmn(ruleset) == to_dmn(ruleset)


def test_not_knowing_is_a_test_on_null_in_the_dmn(small):
    cells = [cell for table in small.tables for row in table.rows for cell in row.cells]
    unknown = next(cell for cell in cells if cell.test is cell_words.Test.NEVER_KNOWN)
    either = next(cell for cell in cells if cell.or_unknown and cell.test is cell_words.Test.ONE_OF)
    assert feel_test(unknown) == "null"
    assert feel_test(either) == '? = null or (list contains(["ja"], ?))'
    assert FactType.GETAL in {fact.type for table in small.tables for fact in table.columns}
