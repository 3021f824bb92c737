import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms import INTAKE_FORM, QuestionType
from tests.forms.strategies import answers

FACTS = [question.key for question in INTAKE_FORM.questions if question.feit]
ROWS = [question.key for question in INTAKE_FORM.questions if question.type is QuestionType.RIJEN]


@given(answers(*FACTS, *ROWS), st.data())
@settings(max_examples=200, deadline=None)
def test_forgetting_an_answer_never_drops_a_question_about_a_fact(given_answers, data):
    forgotten = data.draw(st.sampled_from(sorted(given_answers)))
    fewer = {key: value for key, value in given_answers.items() if key != forgotten}
    asked = {key for key in INTAKE_FORM.asked(given_answers) if key in FACTS}
    assert asked <= INTAKE_FORM.asked(fewer)
    assert asked <= INTAKE_FORM.asked(given_answers | {forgotten: "onbekend"})


@given(answers())
@settings(max_examples=100, deadline=None)
def test_dropping_what_is_not_asked_changes_nothing_for_the_rules(given_answers):
    kept = INTAKE_FORM.only_asked(given_answers)
    assert INTAKE_FORM.only_asked(kept) == kept
    assert INTAKE_FORM.facts(kept) == INTAKE_FORM.facts(given_answers)


def test_with_nothing_known_every_fact_is_asked():
    assert set(FACTS) <= INTAKE_FORM.asked({})


@pytest.mark.parametrize(
    ("known", "hidden"),
    [
        (
            {"nationaliteit": "nederlands"},
            {
                "verblijfsgrond",
                "eu_status",
                "coa_status",
                "coa_gemeente",
                "oekraine_ontheemd",
                "kind_met_nl_nationaliteit",
            },
        ),
        ({"nationaliteit": "eu_eer_ch"}, {"coa_status", "coa_gemeente", "oekraine_ontheemd"}),
        ({"slaapplek_vannacht": "geen"}, {"verlies_woonruimte_op"}),
        ({"slaapplek_vannacht": "eigen_woning"}, {"dakloos_sinds"}),
        ({"kinderen_mee": 0}, {"jongste_kind"}),
        ({"wlz_status": "geen"}, {"wlz_medewerking"}),
        ({"forensische_titel": "geen"}, {"forensische_titel_tot"}),
        ({"melding_datum": "2026-11-23", "geboortedatum": "1981-06-15"}, {"jeugdhulp"}),
        (
            {"geweld_afhankelijkheidsrelatie": "nee", "dreiging_buiten_relatie": "nee", "mensenhandel": "nee"},
            {"onveilige_gemeenten"},
        ),
    ],
)
def test_what_is_known_hides_what_no_longer_matters(known, hidden):
    assert hidden == set(FACTS) - INTAKE_FORM.asked(known)


def test_answers_to_questions_that_are_not_asked_are_dropped():
    both = {"nationaliteit": "nederlands", "eu_status": "korter_dan_3_maanden", "woonsituatie": "1_buiten"}
    assert INTAKE_FORM.only_asked(both) == {"nationaliteit": "nederlands", "woonsituatie": "1_buiten"}
    assert "eu_status" not in INTAKE_FORM.facts(both)


@pytest.mark.parametrize("unknown", [{}, {"nationaliteit": "onbekend"}, {"nationaliteit": "wil_niet_zeggen"}])
def test_an_answer_is_kept_while_its_condition_is_unknown(unknown):
    assert INTAKE_FORM.facts(unknown | {"verblijfsgrond": "c"}) == {"verblijfsgrond": "c"}


def test_a_follow_up_waits_for_its_condition():
    assert "melder_naam" not in INTAKE_FORM.asked({})
    assert "melder_naam" in INTAKE_FORM.asked({"melder_rol": "naaste"})
    assert "melder_naam" not in INTAKE_FORM.asked({"melder_rol": "client"})


def test_an_answered_follow_up_stays_while_its_condition_is_unknown():
    assert INTAKE_FORM.only_asked({"melder_naam": "J. de Vries"}) == {"melder_naam": "J. de Vries"}


def test_no_place_tonight_still_asks_when_somebody_is_released():
    known = {"slaapplek_vannacht": "kan_blijven", "woonsituatie": "4_instelling", "detentie_tot": "2026-12-05"}
    assert INTAKE_FORM.facts(known) == known
