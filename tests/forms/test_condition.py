import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.values.condition import MAX_DEPTH, ConditionError, Mark, parse_condition


def holds(text, **answers):
    return parse_condition(text).holds(lambda key: answers.get(key, Mark.UNKNOWN))


@pytest.mark.parametrize(
    ("text", "answers", "truth"),
    [
        ("nationaliteit is niet nederlands", {"nationaliteit": "derdeland"}, True),
        ("nationaliteit is niet nederlands", {"nationaliteit": "nederlands"}, False),
        ("nationaliteit is niet nederlands", {}, None),
        ("wlz is een van (vermoeden, aangevraagd)", {"wlz": "aangevraagd"}, True),
        ("wlz is niet een van (vermoeden, aangevraagd)", {"wlz": "aangevraagd"}, False),
        ("kinderen > 0", {"kinderen": 0}, False),
        ("kinderen >= 1", {"kinderen": 1}, True),
        ("leeftijd < 23", {"leeftijd": 22}, True),
        ("leeftijd <= 22", {"leeftijd": 23}, False),
        ("kinderen = 2", {"kinderen": 2}, True),
        ("hulp niet leeg", {"hulp": ()}, False),
        ("hulp leeg", {"hulp": ()}, True),
        ("hulp niet leeg", {}, None),
        ("hulp bevat GM0599", {"hulp": ("GM0599", "GM0344")}, True),
        ("a is ja en b is ja", {"a": "nee"}, False),
        ("a is ja en b is ja", {"a": "ja"}, None),
        ("a is ja of b is ja", {"a": "ja"}, True),
        ("a is ja of b is ja", {"a": "nee"}, None),
        ("a is ja of b is ja en c is ja", {"a": "nee", "b": "ja", "c": "nee"}, False),
        ("(a is ja of b is ja) en c is ja", {"a": "ja", "c": "ja"}, True),
        ("a is niet ja", {"a": Mark.NOT_ASKED}, False),
    ],
)
def test_a_condition_is_true_false_or_unknown(text, answers, truth):
    assert holds(text, **answers) is truth


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "de naam van een vraag"),
        ("a", "is geen vergelijking"),
        ("a is", "een waarde"),
        ("a is ja b", "“en” of “of”"),
        ("a is ja of", "de naam van een vraag"),
        ("a is een van ja", "“(” verwacht"),
        ("a is een van (ja", "“)” verwacht"),
        ("a == 3", "een waarde"),
        ("a < veel", "een getal"),
        ("a niet ja", "“leeg” verwacht"),
        ("A is ja", "de naam van een vraag"),
        ("a is __import__('os')", "“en” of “of”"),
        ("a is ja; rm", "“en” of “of”"),
        ("(" * (MAX_DEPTH + 5) + "a is ja" + ")" * (MAX_DEPTH + 5), "haakjes diep"),
    ],
)
def test_what_is_not_in_the_grammar_is_refused_in_dutch(text, told):
    with pytest.raises(ConditionError) as refused:
        parse_condition(text)
    assert told in str(refused.value)


@given(st.text(max_size=60) | st.text("abisnetofv ()<>=,01", max_size=60))
def test_any_text_is_a_condition_or_is_refused(text):
    try:
        condition = parse_condition(text)
    except ConditionError as refused:
        condition = None
        told = str(refused)
    assert condition is not None or "“" in told or "haakjes" in told


def test_parentheses_nested_ten_thousand_deep_are_refused():
    with pytest.raises(ConditionError):
        parse_condition("(" * 10_000)
