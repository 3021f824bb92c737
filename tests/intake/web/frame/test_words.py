"""People read words, not codes: every value of every closed list has its own."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
import yaml

from forms import INTAKE_FORM
from intake.access.action import Action
from intake.access.rules import Relation
from intake.case import task
from intake.dossier.closing import Intrekking, Uitstroom
from intake.log import words as log_words
from intake.log.signals.signal import SignalKind
from intake.people.messages import wording
from intake.people.staff import staff
from intake.places import candidate
from intake.places.leaving import REASONS, Vertrek
from intake.post import Notice, Problem
from intake.referrals.sending import steps
from intake.rights.marks import mark
from intake.tables.account import Role
from intake.tables.api_token import Scope
from intake.tables.audit import AuditCode, Outcome
from intake.tables.deadline import DeadlineKind, DeadlineState
from intake.tables.destruction import DestructionGround
from intake.tables.expertise import ExpertiseState
from intake.tables.intake import IntakeState
from intake.tables.letter import LetterKind, LetterState
from intake.tables.log_review import Finding
from intake.tables.mark import MarkKind
from intake.tables.organisation import OrganisationKind
from intake.tables.outgoing import Channel, OutgoingState
from intake.tables.place import PlacementState, PlaceState
from intake.tables.referral import ReferralState, RefusalReason
from intake.web.frame import words
from intake.web.frame.dates import day, distance, moment, near, weekday
from intake.web.log import log
from intake.web.people import api_token
from intake.web.rights import client_rights
from rules.check import finding
from rules.check.finding import Kind
from rules.explain import Heading
from rules.values import Overbrugging, Urgentie, Voorziening
from tests.intake.region import CLOCK, NOW

FACTS = Path("rules/sets/feiten.yaml")
OUTCOMES = yaml.safe_load(FACTS.read_text(encoding="utf-8"))["uitkomsten"]
LISTS = {
    "voorzieningen": words.VOORZIENING,
    "overbrugging": words.OVERBRUGGING,
    "veiligheid": words.VEILIGHEID,
    "kring": words.KRING,
    "voorliggend": words.VOORLIGGEND,
    "niveau": words.NIVEAU,
    "urgentie": words.URGENTIE,
    "regiokeuze": words.REGIOKEUZE,
    "taken": task.NAMES,
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
    (Notice, words.LISTS["post"]),
    (Channel, words.LISTS["kanaal"]),
    (OutgoingState, words.MARKS["post"]),
    (Problem, words.LISTS["teruggekomen"]),
    (PlacementState, words.STAY_STATE),
    (Uitstroom, words.UITSTROOM),
    (Intrekking, words.INTREKKING),
    (Vertrek, REASONS),
    (Urgentie, words.URGENTIE),
    (Urgentie, words.HOE_SNEL),
    (Heading, words.HEADING),
    (Urgentie, wording.HOW_SOON),
    (Voorziening, words.VOORZIENING),
    (Overbrugging, words.OVERBRUGGING),
    (OrganisationKind, words.BESTEMMING),
    (ReferralState, steps.MEANINGS),
    (Role, staff.ROLES),
    (Action, log_words.ACTS),
    (Relation, log_words.BECAUSE),
    (Outcome, log_words.OUTCOMES),
    (AuditCode, log.CODES),
    (SignalKind, log.SIGNALS),
    (Finding, log.FINDINGS),
    (MarkKind, mark.NAMES),
    (DestructionGround, client_rights.GROUNDS),
    (Scope, api_token.SCOPES),
    (Kind, finding.NAMES),
)
NEEDS = yaml.safe_load(FACTS.read_text(encoding="utf-8"))["feiten"]["plaatsingseisen"]["waarden"]


def values_of(name: str) -> set[str]:
    entry = OUTCOMES[name]
    listed = entry["waarden"] if isinstance(entry, dict) else entry
    return set(listed)


@pytest.mark.parametrize("name", LISTS)
def test_every_outcome_of_the_rules_has_words(name):
    assert values_of(name) <= set(LISTS[name])


@pytest.mark.parametrize(("kind", "known"), STATES)
def test_every_state_has_words(kind, known):
    assert set(known) == {one.value for one in kind}


def test_every_outcome_that_can_change_is_named():
    assert set(words.CAN_CHANGE) == set(OUTCOMES)


def test_every_receiver_of_the_form_is_named():
    receivers = {kind for question in INTAKE_FORM.questions for kind in question.ontvangers}
    assert receivers <= set(words.LISTS["ontvanger"])


def test_what_a_place_has_or_lacks_has_words():
    assert set(words.KENMERK) == set(candidate.LACKS) == set(NEEDS)


def test_what_can_be_provided_is_what_the_rules_can_give():
    assert {one.value for one in Voorziening} == values_of("voorzieningen")
    assert {one.value for one in Overbrugging} == values_of("overbrugging")


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
