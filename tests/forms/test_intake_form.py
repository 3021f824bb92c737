import pytest

from forms import INTAKE_FORM, Gevoeligheid, QuestionType
from forms.definition.sections import LETTERS, RECEIVERS
from tests.forms.contract import FACTS, NOT_FOR_RULES

ORDER = (
    "spoed melding persoon verblijf wonen binding gezondheid andere_wetten huishouden "
    "kracht_en_netwerk toestemming oordeel"
)
TYPED = {"gemeente", "gemeenten", "datum", "getal", "bsn", "zrm", "verhaal"}
EACH = pytest.mark.parametrize("question", INTAKE_FORM.questions, ids=lambda one: one.key)


@pytest.mark.parametrize(("key", "values"), FACTS.items())
def test_every_agreed_fact_is_asked_with_exactly_its_values(key, values):
    question = INTAKE_FORM.question(key)
    if values in TYPED:
        assert question.type == values
    else:
        written = {option.value for option in question.options}
        assert written - {"wil_niet_zeggen", "geen", "onbekend"} == set(values.split()) - {"geen", "onbekend"}
        assert "onbekend" in written
        assert question.type is QuestionType.MEERKEUZE or ("geen" in written) == ("geen" in values.split())


def test_the_rules_may_read_the_agreed_facts_and_no_more():
    assert {one.key for one in INTAKE_FORM.questions if one.feit} == set(FACTS) - NOT_FOR_RULES


def test_the_sections_stand_in_the_order_of_the_conversation():
    assert [section.key for section in INTAKE_FORM.sections] == ORDER.split()


def test_about_eight_questions_decide_about_tonight():
    quick = [one.key for one in INTAKE_FORM.section("spoed").questions if one.spoedstart]
    assert quick == [one.key for one in INTAKE_FORM.section("spoed").questions]
    assert 8 <= len(quick) <= 10
    assert all(INTAKE_FORM.question(key).when is None for key in quick)


def test_the_seven_subjects_of_the_law_each_have_a_text():
    texts = [one.letter for one in INTAKE_FORM.questions if one.verslag and one.type is QuestionType.VERHAAL]
    assert texts == list(LETTERS)


@EACH
def test_every_question_says_why_on_what_ground_and_how_long(question):
    assert question.doel
    assert any(
        law in question.grondslag
        for law in ("Wmo", "AVG", "Awb", "wet", "Wet", "Wfz", "Wlz", "VWEU", "Richtlijn", "Vw")
    )
    assert question.bewaren in INTAKE_FORM.bewaren
    assert question.ontvangers <= set(RECEIVERS)


@EACH
def test_every_choice_has_words_and_an_answer_for_not_knowing(question):
    assert all(option.label for option in question.options)
    if question.type not in {"tekst", "verhaal", "rijen"} and question.feit:
        assert question.option("onbekend")


@EACH
def test_labels_are_plain_and_end_like_a_question_or_a_name(question):
    assert len(question.label) <= 110
    assert not question.label.endswith((".", ":")) or question.label.endswith("eigen woorden.")
    assert " je " not in f" {question.label} {question.help} "


def test_no_two_questions_have_the_same_words():
    labels = [one.label for one in INTAKE_FORM.questions]
    assert len(set(labels)) == len(labels)


@EACH
def test_what_may_be_a_crime_reaches_a_provider_only_when_it_needs_it(question):
    if question.gevoeligheid is Gevoeligheid.STRAFRECHTELIJK:
        needed = {"gevaar_voor_anderen", "gevaar_toelichting"}
        assert "aanbieder" not in question.ontvangers or question.key in needed
        assert not question.ontvangers & {"zorgkantoor", "coa"}
        assert "client" not in question.ontvangers or question.key in {
            "forensische_titel", "forensische_titel_tot", "detentie_tot",
        }  # fmt: skip


def test_the_version_changes_only_with_the_form():
    assert INTAKE_FORM.version.startswith("sha256:")
    assert len(INTAKE_FORM.version) == 71
