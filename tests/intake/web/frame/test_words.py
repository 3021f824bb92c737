"""People read words, not codes: every value of every closed list has its own."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
import yaml

from intake.dossier import closing
from intake.dossier.closing import Intrekking, Uitstroom
from intake.referrals.stays import stay
from intake.referrals.stays.stay import Vertrek
from intake.tables.deadline import DeadlineKind, DeadlineState
from intake.tables.expertise import ExpertiseState
from intake.tables.intake import IntakeState
from intake.tables.letter import LetterKind, LetterState
from intake.tables.place import PlacementState, PlaceState
from intake.tables.referral import ReferralState, RefusalReason
from intake.web.frame import words
from intake.web.frame.dates import day, distance, moment, near, weekday
from tests.intake.region import CLOCK, NOW

OUTCOMES = yaml.safe_load(Path("rules/sets/feiten.yaml").read_text(encoding="utf-8"))["uitkomsten"]
LISTS = {
    "voorzieningen": words.VOORZIENING,
    "overbrugging": words.OVERBRUGGING,
    "veiligheid": words.VEILIGHEID,
    "kring": words.KRING,
    "voorliggend": words.VOORLIGGEND,
    "niveau": words.NIVEAU,
    "urgentie": words.URGENTIE,
    "regiokeuze": words.REGIOKEUZE,
}
STATES = (
    (IntakeState, words.INTAKE_STATE),
    (ReferralState, words.REFERRAL_STATE),
    (RefusalReason, words.REFUSAL_REASON),
    (DeadlineKind, words.DEADLINE),
    (DeadlineState, words.DEADLINE_STATE),
    (LetterKind, words.LETTER_KIND),
    (LetterState, words.LETTER_STATE),
    (ExpertiseState, words.EXPERTISE_STATE),
    (PlaceState, words.PLACE_STATE),
    (PlacementState, words.STAY_STATE),
    (Uitstroom, words.UITSTROOM),
    (Intrekking, closing.REASONS),
    (Vertrek, stay.REASONS),
)


def values_of(name: str) -> set[str]:
    entry = OUTCOMES[name]
    listed = entry["waarden"] if isinstance(entry, dict) else entry
    return set(listed)


@pytest.mark.parametrize("name", LISTS)
def test_every_outcome_of_the_rules_has_words(name):
    assert values_of(name) <= set(LISTS[name])


@pytest.mark.parametrize(("kind", "known"), STATES)
def test_every_state_has_words(kind, known):
    assert {one.value for one in kind} <= set(known)


def test_no_words_are_a_code():
    for known in words.LISTS.values():
        assert not [text for text in known.values() if re.search(r"_|^[A-Z]{1,2}\d", text)]


def test_days_are_written_as_people_write_them():
    assert day(CLOCK.today()) == "23 november 2026"
    assert day("2026-03-01") == "1 maart 2026"
    assert day(None) == ""
    assert weekday(CLOCK.today()) == "maandag 23 november"
    assert moment(NOW) == "23 november 2026, 10.00 uur"


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        (4, "vandaag om 14.00 uur"),
        (14, "morgen om 0.00 uur"),
        (-8, "vandaag om 2.00 uur"),
        (-12, "gisteren om 22.00 uur"),
    ],
)
def test_a_near_moment_is_said_as_people_say_it(hours, said):
    assert near(NOW + timedelta(hours=hours), NOW) == said


def test_an_hour_of_the_coming_night_is_tonight():
    at_ten = NOW + timedelta(hours=12)
    assert near(at_ten + timedelta(hours=2), at_ten) == "vannacht om 0.00 uur"
    assert near(at_ten + timedelta(hours=11), at_ten) == "morgen om 9.00 uur"


@pytest.mark.parametrize(
    ("days", "said"),
    [(-2, "2 dagen te laat"), (-1, "1 dag te laat"), (0, "vandaag"), (1, "morgen"), (9, "over 9 dagen")],
)
def test_how_far_a_day_is(days, said):
    today = CLOCK.today()
    assert distance(today.replace(day=today.day + days) if days < 7 else today.replace(month=12, day=2), today) == said
