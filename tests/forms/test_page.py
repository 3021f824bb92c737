import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.gemeenten import GEMEENTEN
from forms import INTAKE_FORM
from tests.forms.strategies import answers

SECTIONS = st.sampled_from([section.key for section in INTAKE_FORM.sections])
NAMES = st.sampled_from(
    [question.key for question in INTAKE_FORM.questions]
    + [f"{one.key}.{row}.{two.key}" for one in INTAKE_FORM.questions for two in one.columns for row in ("0", "7", "x")]
    + [f"{one.key}.{two.key}" for one in INTAKE_FORM.questions for two in one.columns]
)

NAUGHTY = (
    "=1+1", "@SUM(A1)", "<script>alert(1)</script>", "{{7*7}}", "${7*7}", "%s%n", "../../etc/passwd",
    "'; DROP TABLE x;--", "\\", '"', "null", "None", "NaN", "0x0", "1e3", "Ω≈ç√∫", "田中さん", "👩‍👩‍👧‍👦", "ا لعربية",
    "a\u202eb", "\ufffe", "\x7f", "a\x00",
)  # fmt: skip


def read(section, raw, already=None):
    return INTAKE_FORM.read(
        section, {name: [texts] if isinstance(texts, str) else texts for name, texts in raw.items()}, already or {}
    )


@given(answers())
@settings(max_examples=80, deadline=None)
def test_what_a_page_shows_is_read_back_as_the_same_answers(given_answers):
    for section in INTAKE_FORM.sections:
        raw = INTAKE_FORM.raw_of(section.key, given_answers)
        reading = INTAKE_FORM.read(section.key, raw, given_answers)
        assert reading.errors == {}
        assert reading.answers == given_answers


@given(SECTIONS, st.dictionaries(NAMES, st.lists(st.text(max_size=20), max_size=3), max_size=8))
@settings(max_examples=300, deadline=None)
def test_any_page_gives_answers_or_errors_and_keeps_what_was_typed(section, raw):
    reading = INTAKE_FORM.read(section, raw, {})
    assert reading.raw == raw
    assert INTAKE_FORM.validate(reading.answers) == reading.answers
    again = INTAKE_FORM.read(section, INTAKE_FORM.raw_of(section, reading.answers), {})
    assert (again.answers, again.errors) == (reading.answers, {})
    assert {name.partition(".")[0] for name in reading.errors} <= {
        one.key for one in INTAKE_FORM.section(section).questions
    }


@pytest.mark.parametrize(
    "typed", ["23-11-2026", "23/11/2026", "23.11.2026", "23 11 2026", "23 november 2026", "23 Nov. 2026", "2026-11-23"]
)
def test_a_date_is_read_as_people_type_it(typed):
    assert read("melding", {"melding_datum": typed}).answers == {"melding_datum": "2026-11-23"}


@pytest.mark.parametrize(
    "typed", ["30-02-2026", "23-11-26", "morgen", "0-1-2026", "２３-11-2026", "1-1-0001", "1-1-9999", "11-2026"]
)
def test_what_is_no_plausible_date_is_refused_in_dutch(typed):
    reading = read("melding", {"melding_datum": typed})
    assert reading.answers == {}
    assert "Typ dag, maand en jaar" in reading.errors["melding_datum"] or "1900" in reading.errors["melding_datum"]


@pytest.mark.parametrize("typed", ["Capelle aan den IJssel", "capelle aan den ijssel ", "GM0502", "gm0502"])
def test_a_gemeente_is_read_by_name_or_code(typed):
    assert read("spoed", {"melding_gemeente": typed}).answers == {"melding_gemeente": "GM0502"}


@pytest.mark.parametrize("typed", ["’s-Gravenhage", "Den Haag", "den haag"])
def test_a_gemeente_with_two_names_is_read_by_both(typed):
    assert read("spoed", {"melding_gemeente": typed}).answers == {"melding_gemeente": "GM0518"}


def test_a_misspelt_gemeente_gets_a_suggestion():
    assert (
        "Bedoelde u Rotterdam (GM0599)?" in read("spoed", {"melding_gemeente": "Roterdam"}).errors["melding_gemeente"]
    )


def test_gemeenten_may_be_typed_in_one_field_even_one_with_a_comma_in_its_name():
    typed = {"eerdere_opvang": ["Rotterdam, Utrecht", "Nuenen, Gerwen en Nederwetten; Den Haag"]}
    assert read("wonen", typed).answers == {"eerdere_opvang": ["GM0599", "GM0344", "GM0820", "GM0518"]}


def test_ticking_none_gives_an_empty_list_and_ticking_nothing_gives_no_answer():
    assert read("wonen", {"eerdere_opvang": "geen"}).answers == {"eerdere_opvang": []}
    assert read("wonen", {"eerdere_opvang": ""}).answers == {}


def test_dont_know_is_an_answer_beside_a_typed_field():
    assert read("spoed", {"geboortedatum": ["", "onbekend"]}).answers == {"geboortedatum": "onbekend"}


def test_a_typed_answer_and_dont_know_together_are_refused():
    reading = read("spoed", {"geboortedatum": ["15-6-1981", "onbekend"]})
    assert reading.errors == {"geboortedatum": "Geef één antwoord. Vul iets in of kies: onbekend."}


def test_full_width_digits_are_no_number():
    assert "heel getal" in read("spoed", {"kinderen_mee": "３"}).errors["kinderen_mee"]


def test_a_bsn_may_be_typed_with_spaces():
    assert read("persoon", {"bsn": "111 222 333"}).answers == {"bsn": "111222333"}


def test_an_error_in_a_row_stands_at_the_field_that_was_posted():
    raw = {
        "woongeschiedenis.0.gemeente": "",
        "woongeschiedenis.4.gemeente": "Nergenshuizen",
        "woongeschiedenis.4.van": "3-2024",
    }
    assert list(read("wonen", raw).errors) == ["woongeschiedenis.4.gemeente"]


def test_rows_that_end_before_they_begin_are_refused():
    raw = {"woongeschiedenis.0.van": "3-2024", "woongeschiedenis.0.tot": "1-2024"}
    assert "eindigt vóór maart 2024" in read("wonen", raw).errors["woongeschiedenis.0.tot"]


def test_emptying_a_field_takes_the_answer_away():
    assert read("spoed", {"slaapplek_vannacht": ""}, {"slaapplek_vannacht": "geen"}).answers == {}


def test_a_question_that_was_not_on_the_page_keeps_its_answer():
    before = {"nationaliteit": "nederlands", "verblijfsgrond": "c", "woonsituatie": "1_buiten"}
    assert read("verblijf", {}, before).answers == before


def test_a_wrong_answer_leaves_the_other_answers_in_place():
    reading = read("spoed", {"kinderen_mee": "veel", "slaapplek_vannacht": "geen"}, {"verhaal": "Drie nachten buiten."})
    assert reading.answers == {"slaapplek_vannacht": "geen", "verhaal": "Drie nachten buiten."}
    assert list(reading.errors) == ["kinderen_mee"]


def test_names_that_are_no_question_are_passed_over():
    assert read("spoed", {"csrf_token": "x", "verder": ""}).answers == {}


def test_line_ends_of_a_browser_become_one_kind():
    assert read("melding", {"verhaal": " Een.\r\nTwee. \r\n"}).answers == {"verhaal": "Een.\nTwee."}


@pytest.mark.parametrize("gemeente", GEMEENTEN.values(), ids=lambda one: one.code)
def test_every_gemeente_is_read_back_from_its_name(gemeente):
    raw = INTAKE_FORM.raw_of("wonen", {"eerdere_opvang": [gemeente.code]})
    assert raw == {"eerdere_opvang": (gemeente.naam,)}
    assert INTAKE_FORM.read("wonen", raw, {}).answers == {"eerdere_opvang": [gemeente.code]}


@pytest.mark.parametrize("text", NAUGHTY)
def test_awkward_text_is_kept_as_typed_or_refused(text):
    reading = read("melding", {"verhaal": text})
    assert reading.errors or reading.answers == {"verhaal": text}


def test_a_very_long_list_of_gemeenten_is_refused_and_not_taken_apart():
    assert "geen gemeente" in read("wonen", {"eerdere_opvang": "Rotterdam, " * 50_000}).errors["eerdere_opvang"]
