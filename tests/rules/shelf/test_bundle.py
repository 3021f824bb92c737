"""A rule set as texts is the same rule set as in its folder."""

import pytest

from rules.shelf.bundle import load_bundle, read_bundle
from rules.shelf.load import load_ruleset
from rules.values.findings import RuleSetErrors
from tests.rules.files import write_set


@pytest.fixture
def folder(tmp_path):
    return write_set(tmp_path, national={})


def test_a_set_as_texts_has_the_hash_of_its_folder(folder):
    assert load_bundle(read_bundle(folder)).hash == load_ruleset(folder).hash


def test_a_broken_text_is_found_with_its_place(folder):
    bundle = read_bundle(folder).with_file("T1.csv", "regel;leeftijd\n")
    with pytest.raises(RuleSetErrors, match=r"T1\.csv"):
        load_bundle(bundle)


def test_another_text_gives_another_digest(folder):
    bundle = read_bundle(folder)
    assert bundle.with_file("scenarios.csv", "x").digest != bundle.digest
    assert bundle.with_file("T1.csv", bundle.own["T1.csv"]).digest == bundle.digest


@pytest.mark.parametrize("name", ["../T1.csv", "/etc/passwd", ".env", "a/b.csv", "T1.exe", "x" * 80 + ".csv"])
def test_a_file_name_that_leads_elsewhere_is_refused(folder, name):
    with pytest.raises(RuleSetErrors, match="zo kan een bestand niet heten"):
        load_bundle(read_bundle(folder).with_file(name, "x"))


def test_a_text_that_is_too_large_is_refused(folder):
    with pytest.raises(RuleSetErrors, match="te groot"):
        load_bundle(read_bundle(folder).with_file("T1.csv", "x" * 2_000_000))
