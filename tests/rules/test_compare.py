from datetime import date

import pytest

from rules import advise
from rules.compare import compare
from rules.load import read_ruleset
from rules.replay import Case, replay
from tests.rules.sets import HEAD, T1, T3, T5, write_set

ON = date(2026, 3, 2)


@pytest.fixture
def old(tmp_path):
    return read_ruleset(write_set(tmp_path / "oud"))


def changed(tmp_path, **files):
    return read_ruleset(write_set(tmp_path / "nieuw", **files))


def test_a_set_is_no_different_from_itself(old, tmp_path):
    difference = compare(old, changed(tmp_path))
    assert difference.lines == ()
    assert difference.kinds == ()
    assert difference.complete


def test_a_changed_threshold_reads_as_one_line(old, tmp_path):
    new = changed(tmp_path, T1=T1.replace("< [min_leeftijd]", "< 17"))
    assert compare(old, new).lines == ("T1.1: leeftijd van „< [min_leeftijd] = ..17” naar „< 17”.",)


def test_a_changed_parameter_shows_in_the_parameter_and_in_the_rows_it_fills(old, tmp_path):
    lines = compare(old, changed(tmp_path, head=HEAD.replace("waarde: 18", "waarde: 17"))).lines
    assert lines[0] == "parameter min_leeftijd: waarde van „18” naar „17”."
    assert "T1.1" in lines[1]
    assert "door een parameter" in lines[1]


def test_a_kind_of_case_that_changes_comes_with_an_example_that_shows_it(old, tmp_path):
    new = changed(tmp_path, head=HEAD.replace("waarde: 18", "waarde: 17"))
    kinds = [kind for kind in compare(old, new).kinds if kind.outcome == "kring"]
    assert [(kind.before, kind.after) for kind in kinds] == [("jeugd", "binnen")]
    example = kinds[0].example
    assert advise(old, example, new.valid_from).kring == "jeugd"
    assert advise(new, example, new.valid_from).kring == "binnen"


def test_rows_that_came_went_and_moved_are_told(old, tmp_path):
    rows = T5.splitlines()
    moved = "\n".join([rows[0], rows[2], rows[1], rows[4]]) + "\nT5.9;-;kan_blijven;U3;Later.;Wmo 2015 art. 2.3.2;\n"
    lines = compare(old, changed(tmp_path, T5=moved)).lines
    assert "T5.3: vervallen." in lines
    assert "T5.9: nieuw, als slaapplek_vannacht kan_blijven dan urgentie U3." in lines
    first = T3.splitlines()
    order = "\n".join([first[0], first[2], first[1], *first[3:]]) + "\n"
    assert "tabel T3: de regels staan in een andere volgorde." in compare(old, changed(tmp_path, T3=order)).lines


def test_a_replay_counts_what_goes_from_where_to_where(old, tmp_path):
    new = changed(
        tmp_path, T3=T3.replace("T3.2;niet jeugd;geen;-;nachtopvang", "T3.2;niet jeugd;geen;-;begeleiding_thuis")
    )
    cold = {"slaapplek_vannacht": "geen", "kinderen_mee": 0, "woongemeente": "GM0599", "melding_gemeente": "GM0599"}
    cases = [Case(cold, ON, {"gemeente": "GM0599"})] * 3 + [Case(cold, ON, {"gemeente": "GM0597"}), Case({}, ON)]
    result = replay(old, new, cases)
    assert (result.cases, result.changed, result.unreadable) == (5, 4, 0)
    assert result.table("voorzieningen") == {("nachtopvang", "begeleiding_thuis"): 4}
    assert [(item.groups, item.count) for item in result.transitions if item.outcome == "voorzieningen"] == [
        ({"gemeente": "GM0599"}, 3),
        ({"gemeente": "GM0597"}, 1),
    ]


def test_a_replay_tells_cases_it_cannot_read_and_answers_it_would_not_give(old, tmp_path):
    cold = T3.replace("nachtopvang;tijdelijke_opvang_vandaag", "nachtopvang;-")
    new = read_ruleset(write_set(tmp_path / "koud", national={}, T3=cold))
    facts = {"slaapplek_vannacht": "geen", "woongemeente": "GM0599", "melding_gemeente": "GM0599", "netwerk": []}
    result = replay(old, new, [Case(facts, ON), Case({"slaapplek_vannacht": "gen"}, ON)])
    assert (result.unreadable, result.broken, result.changed) == (1, 1, 1)
    assert result.table("overbrugging") == {("tijdelijke_opvang_vandaag", "geen"): 1}


def test_a_replay_of_the_same_rules_changes_nothing(old, tmp_path):
    cases = [Case({}, ON), Case({"geweld": "ja"}, ON)]
    same = replay(old, changed(tmp_path), cases, unchanged=True)
    assert same.changed == 0
    assert same.table("expertise") == {("ja", "ja"): 1, ("nee", "nee"): 1}
