"""Which passwords may be chosen."""

import pytest

from intake.passwords import WeakPassword, check_choice, hash_password, matches

GOOD = (
    "rustig lopende beek",
    "dit is een zin",
    "Zon-maan-ster-12",
    "wachtwoord van oma op zolder",
    "ééngoedezin",
    "🐦🐦 vogel op dak",
    "x7#kQ9!vL2$p",
)


@pytest.mark.parametrize("password", GOOD)
def test_any_long_enough_password_that_nobody_guesses_is_good(password: str):
    check_choice(password + "...", words=("Jan", "jansen"))


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("kort", "12 tekens"),
        ("", "12 tekens"),
        ("a" * 129, "128 tekens"),
        ("welkom123456", "te bekend"),
        ("Wachtwoord123!", "te bekend"),
        ("aaaaaaaaaaaa", "te eenvoudig"),
        ("ababababababab", "te eenvoudig"),
        ("Rotterdam2026!!", "naam of bekend woord"),
        ("Capelle aan den IJssel 1", "naam of bekend woord"),
        ("0pv4ng-0pv4ng-1", "naam of bekend woord"),
        ("Jansen-jansen-99", "naam of bekend woord"),
    ],
)
def test_a_password_that_can_be_guessed_is_refused_with_why(password: str, why: str):
    with pytest.raises(WeakPassword, match=why):
        check_choice(password, words=("Jan", "jansen"))


def test_the_same_password_typed_in_another_unicode_form_is_the_same():
    assert matches(hash_password("cafe\u0301 aan de kade"), "café aan de kade")


def test_nobody_matches_without_a_hash():
    assert not matches(None, "a name that nobody has")
    assert not matches("geen hash", "a name that nobody has")
