import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms import INTAKE_FORM, InvalidAnswers
from tests.forms.strategies import JSON, KEYS


def errors_of(data):
    with pytest.raises(InvalidAnswers) as refused:
        INTAKE_FORM.validate(data)
    return refused.value.errors


@given(JSON | st.dictionaries(KEYS | st.text(max_size=8), JSON, max_size=6))
@settings(max_examples=300, deadline=None)
def test_any_json_gives_answers_or_a_dutch_refusal(data):
    errors = {}
    try:
        answers = INTAKE_FORM.validate(data)
    except InvalidAnswers as refused:
        answers, errors = {}, refused.errors
    assert all(text.endswith((".", "?")) for text in errors.values())
    assert INTAKE_FORM.validate(answers) == answers


@pytest.mark.parametrize("key", ["verhaal", "slaapplek_vannacht", "lopende_hulp", "zelfredzaamheid", "kinderen", "bsn"])
def test_deep_nesting_is_refused_not_followed(key):
    deep = []
    for _ in range(10_000):
        deep = [deep]
    assert list(errors_of({key: deep})) in ([key], [f"{key}.0"])


@pytest.mark.parametrize("data", [None, [], "geen", 3, True])
def test_what_is_no_object_is_refused(data):
    assert "geen object" in errors_of(data)["bestand"]


def test_a_key_that_the_form_does_not_know_is_refused_also_when_it_is_null():
    with pytest.raises(InvalidAnswers) as refused:
        INTAKE_FORM.validate({"slaapplek_vannacht": None, "": None, "leeftijd": None})
    assert set(refused.value.errors) == {"", "leeftijd"}


def test_null_means_absent():
    assert INTAKE_FORM.validate({"slaapplek_vannacht": None, "kinderen_mee": 0}) == {"kinderen_mee": 0}


@pytest.mark.parametrize("question", [one for one in INTAKE_FORM.questions if one.feit], ids=lambda one: one.key)
def test_every_fact_may_be_unknown(question):
    answers = INTAKE_FORM.validate({question.key: "onbekend"})
    assert INTAKE_FORM.facts(answers) == {}


def test_a_misspelt_key_gets_a_suggestion():
    assert errors_of({"geboortedtum": "1981-06-15"}) == {
        "geboortedtum": "Het formulier heeft geen vraag met deze naam. Bedoelde u “geboortedatum”?"
    }


def test_a_thousand_unknown_keys_are_refused_at_once():
    assert list(errors_of({f"sleutel{number}": 1 for number in range(1000)})) == ["bestand"]


def test_every_error_is_told_at_once():
    data = {"slaapplek_vannacht": "gen", "kinderen_mee": -1, "woongemeente": "GM9999", "foo": 1}
    assert list(errors_of(data)) == ["slaapplek_vannacht", "kinderen_mee", "woongemeente", "foo"]


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        (
            "slaapplek_vannacht",
            "gen",
            "Kies uit: eigen_woning, kan_blijven, alleen_vannacht, geen, instelling, onbekend.",
        ),
        ("slaapplek_vannacht", ["geen"], "Geef één antwoord."),
        ("slaapplek_vannacht", 1, "“1” is geen antwoord"),
        ("kinderen_mee", "2", "van 0 tot en met 20"),
        ("kinderen_mee", True, "“true” kan hier niet"),
        ("kinderen_mee", 2.0, "een getal met een komma"),
        ("kinderen_mee", 10**4000, "dit grote getal"),
        ("jongste_kind", 18, "van 0 tot en met 17"),
        ("geboortedatum", "2026-02-30", "geen bestaande datum"),
        ("geboortedatum", "15-06-1981", "in een bestand: 2026-11-23"),
        ("geboortedatum", "１９81-06-15", "geen bestaande datum"),
        ("geboortedatum", "0001-01-01", "1900"),
        ("geboortedatum", 19810615, "geen bestaande datum"),
        ("woongemeente", "Rotterdam", "Bedoelde u Rotterdam (GM0599)?"),
        ("woongemeente", "GM9999", "of geen, onbekend"),
        ("woongemeente", "gm0599", "geen gemeente"),
        ("lopende_hulp", "GM0599", "geen lijst"),
        ("lopende_hulp", ["GM0599", "GM0599"], "twee keer"),
        ("lopende_hulp", ["GM0599"] * 31, "hoogstens 30"),
        ("gevraagd", ["opvang", "opvang"], "twee keer"),
        ("gevraagd", ["geen"], "Kies uit: opvang"),
        ("plaatsingseisen", ["wil_niet_zeggen", "paar"], "niet door elkaar"),
        ("bsn", "123456789", "elfproef"),
        ("bsn", "000000000", "elfproef"),
        ("bsn", "12345678", "9 cijfers"),
        ("bsn", "１１１２２２３３３", "9 cijfers"),
        ("bsn", 111222333, "9 cijfers"),
        ("verhaal", "x" * 4001, "hoogstens 4000"),
        ("verhaal", "x" * 1_000_000, "hoogstens 4000"),
        ("verhaal", "\n".join("x" * 201), "hoogstens 200"),
        ("verhaal", "goed\u202eslecht", "U+202E"),
        ("verhaal", "a\x00b", "U+0000"),
        ("verhaal", "\ud800", "U+D800"),
        ("achternaam", "twee\nregels", "Haal regeleinden weg"),
        ("achternaam", 7, "geen tekst"),
    ],
)
def test_a_bad_value_is_refused_with_what_is_allowed(key, value, told):
    assert told in errors_of({key: value})[key]


def test_a_refused_bsn_is_never_repeated():
    assert "123456789" not in str(errors_of({"bsn": "123456789"}))


def test_zrm_tells_the_domain_and_the_range():
    errors = errors_of({"zelfredzaamheid": {"financien": 6, "huisvesting": True, "geld": 2}})
    assert "1 tot en met 5" in errors["zelfredzaamheid.financien"]
    assert "1 tot en met 5" in errors["zelfredzaamheid.huisvesting"]
    assert "geen domein" in errors["zelfredzaamheid.geld"]


def test_a_row_tells_its_number_and_column():
    rows = [{"van": "2024-01"}, {"van": "2024-13"}, {"gemeente": "GM0599"}, {"van": "2024-01", "wie": "x"}, 3]
    errors = errors_of({"woongeschiedenis": rows})
    assert list(errors) == [
        "woongeschiedenis.1.van",
        "woongeschiedenis.2.van",
        "woongeschiedenis.3",
        "woongeschiedenis.4",
    ]


def test_a_birthday_after_the_melding_is_refused():
    told = errors_of({"melding_datum": "2026-11-23", "geboortedatum": "2026-11-24"})["geboortedatum"]
    assert told.endswith("Vul een datum in van 23 november 1906 tot en met 23 november 2026.")


def test_a_birthday_of_somebody_of_a_hundred_and_twenty_one_is_refused():
    assert "geboortedatum" in errors_of({"melding_datum": "2026-11-23", "geboortedatum": "1905-01-01"})


@pytest.mark.parametrize(
    "name", ["’t Hoff-d’Ablaing", "van 't Hoff", "Özgür Çelik", "José", "IJsbrand ĳ", "שרה", "李小龍", "👩‍👩‍👧"]
)
def test_a_name_as_people_have_it_is_accepted(name):
    assert INTAKE_FORM.validate({"achternaam": name}) == {"achternaam": name}


def test_a_decomposed_name_is_stored_composed():
    assert INTAKE_FORM.validate({"achternaam": "Jose\u0301 \u200b"}) == {"achternaam": "José"}
