from datetime import date

import pytest

from rules import advise, load_ruleset
from rules.explain.text import explain, explain_facts
from rules.explain.whynot import say_why_not, why_not
from tests.rules.files import write_set

ON = date(2026, 11, 23)
COLD = {"slaapplek_vannacht": "geen", "geboortedatum": "1981-06-15", "kinderen_mee": 0, "melding_gemeente": "GM0599"}


@pytest.fixture
def proef(tmp_path):
    return load_ruleset(write_set(tmp_path))


def test_an_explanation_says_what_why_and_who_decides(proef):
    text = explain(advise(proef, COLD, ON), proef)
    assert "ADVIES van 23 november 2026" in text
    assert "- Hulp die past: nachtopvang" in text
    assert "U heeft vannacht geen slaapplek. (Wmo 2015 art. 2.3.3)" in text
    assert "Een medewerker neemt het besluit" in text
    assert "7 december 2026" not in text
    assert "30 november 2026" in text


def test_what_is_open_is_said_in_plain_words(proef):
    text = explain(advise(proef, COLD, ON), proef)
    assert "Geweld thuis. Kan veranderen:" in text
    assert "onbekend" not in text.split("Wat wij nog niet weten")[0]


def test_nothing_open_leaves_the_part_out(proef):
    facts = COLD | {"woongemeente": "GM0599", "acuut_gevaar": "nee", "geweld": "nee", "netwerk": ["GM0599"]}
    assert "nog niet weten" not in explain(advise(proef, facts, ON))


def test_the_facts_of_a_step_are_said_in_words(proef):
    advice = advise(proef, COLD, ON)
    step = next(step for step in advice.stappen if step.regel == "T3.2")
    assert explain_facts(step, proef) == {"kring": "binnen", "de slaapplek voor vannacht": "geen"}


def test_why_not_names_the_cell_in_the_way_and_the_smallest_change(proef):
    answers = {answer.value: answer for answer in why_not(proef, COLD, ON)}
    family = answers["gezinsopvang"]
    assert family.row == "T3.1"
    assert [item.column for item in family.obstacles] == ["kinderen_mee"]
    assert family.change == {"kinderen_mee": 1}
    assert "het aantal kinderen dat meekomt is 0, nodig is > 0" in say_why_not(proef, family)
    assert "nachtopvang" not in answers


def test_a_value_that_no_row_gives_needs_no_why_not(proef):
    assert "geen_maatwerk" not in [answer.value for answer in why_not(proef, COLD, ON)]


def test_each_smallest_change_really_brings_the_provision(proef):
    for answer in why_not(proef, COLD, ON):
        if answer.change:
            assert answer.value in advise(proef, COLD | dict(answer.change), ON).voorzieningen
