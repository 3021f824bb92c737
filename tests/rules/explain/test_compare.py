from dataclasses import replace
from datetime import date
from random import Random

import pytest

from rules import advise
from rules.cases.past_cases import Case, replay
from rules.explain.comparison import compare
from rules.explain.unchanged import unchanged_outcomes
from rules.shelf.load import read_ruleset
from rules.tables.grammar import read_cell
from rules.tables.table import Grid, build_table
from tests.rules.files import HEAD, T1, T3, T5, write_set
from tests.rules.oracle import naive, random_cell, random_facts, random_ruleset

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
    assert lines[0] == "parameter min_leeftijd: waarde van „18” naar „17”. Dit is: de leeftijd."
    assert "T1.1" in lines[1]
    assert "door een parameter" in lines[1]


def test_a_kind_of_case_that_changes_comes_with_an_example_that_shows_it(old, tmp_path):
    new = changed(tmp_path, head=HEAD.replace("waarde: 18", "waarde: 17"))
    kinds = [kind for kind in compare(old, new).kinds if kind.outcome == "kring"]
    assert [(kind.before, kind.after) for kind in kinds] == [("jeugd", "binnen")]
    example = kinds[0].example
    assert advise(old, example, new.valid_from).kring == "jeugd"
    assert advise(new, example, new.valid_from).kring == "binnen"


def test_what_is_only_worded_otherwise_is_proved_to_change_nothing(old, tmp_path):
    words = T1.replace("Wij weten uw leeftijd nog niet.", "Uw leeftijd is nog niet bekend.").replace("T1.2", "T1.2b")
    difference = compare(old, changed(tmp_path, T1=words))
    assert difference.lines
    assert difference.complete
    assert difference.limits == ("Vastgesteld: geen enkel geval komt anders uit.",)


def test_rows_that_never_hold_together_may_change_places(old, tmp_path):
    rows = T1.splitlines()
    difference = compare(old, changed(tmp_path, T1="\n".join([rows[0], rows[2], rows[1], rows[3]]) + "\n"))
    assert "tabel T1: de regels staan in een andere volgorde." in difference.lines
    assert difference.complete


def test_outcomes_that_no_changed_row_reaches_are_proved_to_stay_the_same(old, tmp_path):
    difference = compare(
        old, changed(tmp_path, T5=T5.replace("T5.3;bevat geweldspoor;-;U1", "T5.3;bevat geweldspoor;-;U2"))
    )
    assert {kind.outcome for kind in difference.kinds} == {"urgentie"}
    assert set(old.outcomes) - set(difference.unchanged) == {"urgentie"}
    assert not difference.complete
    assert not difference.stopped
    assert difference.limits[0].startswith("Niet vastgesteld")
    assert "kring" in difference.limits[-1]


def test_a_search_that_stops_at_its_limit_says_so(old, tmp_path):
    difference = compare(old, changed(tmp_path, head=HEAD.replace("waarde: 18", "waarde: 17")), most=2)
    assert difference.stopped
    assert any("gestopt" in line for line in difference.limits)


@pytest.mark.parametrize("seed", range(150))
def test_what_is_proved_unchanged_never_changes(seed):
    """Random sets with one cell, row or order changed: no random case moves an outcome that was proved the same."""
    random = Random(seed)
    one = random_ruleset(random)
    other = altered(one, random)
    same = unchanged_outcomes(one, other)
    for _ in range(60):
        facts = random_facts(random, random.random())
        before, after = naive(one, facts)[0], naive(other, facts)[0]
        assert {name: before[name] for name in same} == {name: after[name] for name in same}


def altered(ruleset, random):
    """The set with one of its tables changed somewhere."""
    place = random.randrange(len(ruleset.tables))
    table = ruleset.tables[place]
    rows = list(table.rows)
    row = random.randrange(len(rows))
    match random.randrange(3):
        case 0:
            column = random.randrange(len(table.columns))
            cell = read_cell(random_cell(random, table.columns[column]), table.columns[column], {})
            cells = (*rows[row].cells[:column], cell, *rows[row].cells[column + 1 :])
            rows[row] = replace(rows[row], cells=cells)
        case 1:
            random.shuffle(rows)
        case _:
            rows.insert(row, replace(rows[random.randrange(len(rows))], id="nieuw"))
    grid = Grid(columns=table.columns, outcomes=table.outcomes, rows=rows)
    made = build_table(table.name, "", table.policy, grid)
    return replace(ruleset, tables=(*ruleset.tables[:place], made, *ruleset.tables[place + 1 :]))


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
