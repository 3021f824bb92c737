"""Each table declares where its reasons are read; a wrong declaration is refused at its place."""

import pytest

from rules import RuleSetErrors
from rules.reading.display import DISPLAY_FILE
from rules.shelf.load import read_ruleset
from rules.shelf.shelf import declared
from rules.values.display import Display, Heading, LetterPart
from tests.rules.files import write_set
from tests.rules.sets.clients import RULESETS, every_set

TABLES = ("T0", "T1", "T3", "T5", "T6", "T8")
RIGHT = "tabellen:\n" + "".join(f"  - {{naam: {name}, kopje: hulp, brief: [waarom]}}\n" for name in TABLES)


def read(root, text):
    folder = write_set(root)
    (folder / DISPLAY_FILE).write_text(text, encoding="utf-8")
    return read_ruleset(folder)


@every_set
def test_every_table_that_comes_with_the_program_says_where_it_is_read(regio):
    ruleset = RULESETS[regio]
    assert set(ruleset.display.tables) == {table.name for table in ruleset.tables}
    assert all(ruleset.display.under(heading) for heading in Heading)
    assert all(ruleset.display.in_letter(part) for part in LetterPart)


def test_what_is_declared_first_stands_first_under_its_heading(tmp_path):
    turned = "tabellen:\n" + "".join(f"  - {{naam: {name}, kopje: wet}}\n" for name in reversed(TABLES))
    assert read(tmp_path, turned).display.under(Heading.WET) == TABLES[::-1]


def test_a_declaration_leaves_the_hash_of_the_rules_alone(tmp_path):
    before = read_ruleset(write_set(tmp_path / "zonder"))
    after = read(tmp_path / "met", RIGHT)
    assert after.hash == before.hash
    assert before.display == Display()


@pytest.mark.parametrize(
    ("change", "line", "said", "meant"),
    [
        (("naam: T3,", "naam: T33,"), 4, "T33", "T3"),
        (("naam: T3,", "naam: T1,"), 4, "twee keer", ""),
        (("naam: T3, kopje: hulp", "naam: T3, kopje: hulpp"), 4, "hulpp", "hulp"),
        (("naam: T3, kopje: hulp", "naam: T3"), 4, "kopje ontbreekt", ""),
        (("naam: T3, kopje: hulp, brief: [waarom]", "naam: T3, kopje: hulp, brief: [warom]"), 4, "warom", "waarom"),
        (("naam: T3, kopje: hulp", "naam: T3, kop: hulp"), 4, "kop", "kopje"),
        (("  - {naam: T3, kopje: hulp, brief: [waarom]}\n", ""), 0, "T3 ontbreekt", ""),
        (("tabellen:", "tabel:"), 1, "tabel", "tabellen"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(tmp_path, change, line, said, meant):
    old, new = change
    assert old in RIGHT
    with pytest.raises(RuleSetErrors) as caught:
        read(tmp_path, RIGHT.replace(old, new))
    found = [one for one in caught.value.findings if said in one.message and one.line == line]
    assert found
    assert all(one.file == DISPLAY_FILE for one in caught.value.findings)
    assert not meant or meant in {one.meant for one in found}


def test_a_region_without_a_declaration_of_its_own_gets_the_usual_one():
    assert declared(None, "rotterdam-rijnmond") == RULESETS["rotterdam-rijnmond"].display
    assert declared(None, "nergens").tables
