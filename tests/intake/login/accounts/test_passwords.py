"""Which passwords may be chosen."""

import random

import pytest

from intake.login.accounts import passwords
from intake.login.accounts.known_passwords import LIST, count, is_listed
from intake.login.accounts.passwords import (
    WeakPassword,
    _stems,
    check_choice,
    hash_password,
    matches,
    needs_rehash,
)
from tests.thrift import CAREFUL, CHEAP

GOOD = (
    "rustig lopende beek",
    "dit is een zin",
    "Zon-maan-ster-12",
    "wachtwoord van oma op zolder",
    "ééngoedezin",
    "🐦🐦 vogel op dak",
    "x7#kQ9!vL2$p",
)
KNOWN = (
    "totheextreme",
    "worldoftanks",
    "leedsunited1991",
    "thebeatles123",
    "blumentopf11!",
    "karateschlag88#",
    "luxaeterna47",
    "123dr4gonhunter",
    "wonderment-77",
    "drawtheline12",
)
"""Of those that stand in the list, the last two with something added."""
WORDS = ("wachtwoord", "oma", "fiets", "regen", "molen", "tafel", "kaas", "brug", "wind", "haven", "lamp")


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
        ("Wachtwoord123!", "naam of bekend woord"),
        ("aaaaaaaaaaaa", "te eenvoudig"),
        ("ababababababab", "te eenvoudig"),
        ("Rotterdam2026!!", "naam of bekend woord"),
        ("Capelle aan den IJssel 1", "naam of bekend woord"),
        ("0pv4ng-0pv4ng-1", "naam of bekend woord"),
        ("Jansen-jansen-99", "naam of bekend woord"),
        ("iloveyou2026!!", "te bekend"),
        ("Superman20262026", "te bekend"),
        ("DragonDragonDragon", "te bekend"),
        ("1234dragon5678", "te bekend"),
        ("dr4g0n-dr4g0n-x", "te bekend"),
        ("sunshinesunshine", "te bekend"),
        ("Feyenoord1908!!", "te bekend"),
        ("BARCELONA2026", "te bekend"),
    ],
)
def test_a_password_that_can_be_guessed_is_refused_with_why(password: str, why: str):
    with pytest.raises(WeakPassword, match=why):
        check_choice(password, words=("Jan", "jansen"))


def test_the_list_of_known_passwords_is_long_and_light():
    assert len(_stems()) > 20_000
    assert count() > 1_000_000
    assert LIST.stat().st_size <= 2_000_000


@pytest.mark.parametrize("known", KNOWN)
def test_a_known_password_is_refused_with_other_capitals_and_signs_too(known: str):
    for written in (known, known.upper(), f"{known}!", f"2026{known.title()}"):
        with pytest.raises(WeakPassword, match="te bekend"):
            check_choice(written)


def test_hardly_any_sentence_is_taken_for_a_known_password():
    chance = random.Random(8)
    sentences = [" ".join(chance.sample(WORDS, 4)) for _ in range(20_000)]
    assert sum(is_listed(one) for one in sentences) <= 20_000 // 400


def test_the_same_password_typed_in_another_unicode_form_is_the_same():
    assert matches(hash_password("cafe\u0301 aan de kade"), "café aan de kade")


def test_nobody_matches_without_a_hash():
    assert not matches(None, "a name that nobody has")
    assert not matches("geen hash", "a name that nobody has")


def test_a_password_is_hashed_with_all_the_care_of_the_standard(monkeypatch):
    monkeypatch.setattr(passwords, "HASHER", CAREFUL)
    made = hash_password("rustig lopende beek")
    assert made.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert matches(made, "rustig lopende beek")
    assert not matches(made, "rustig lopende beer")
    assert not needs_rehash(made)
    assert needs_rehash(CHEAP.hash("rustig lopende beek"))
