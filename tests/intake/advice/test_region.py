"""The terms that a region chooses in its rules, and that the programme keeps to."""

import uuid
from dataclasses import replace
from datetime import date

import pytest

from config.calendar import add_working_days
from intake.access.act import Act
from intake.advice import region as region_term
from intake.case import terms
from intake.referrals.sending import choice
from intake.referrals.stays import stay
from intake.referrals.transfers import transfer
from intake.rulesets.inspection.check import examine
from intake.tables.deadline import DeadlineKind
from intake.tables.place import PlacementPurpose
from intake.tables.ruleset import PublishedRuleset
from rules.editing.head import with_value
from rules.reading.guards import HEAD
from rules.shelf.bundle import parse_bundle, read_bundle
from rules.shelf.shelf import SETS
from tests.intake.region import CLOCK, a_place, later

REGIO = "rotterdam-rijnmond"


def a_bundle(**choices: str):
    """The rules of the region with other choices, from today."""
    bundle = read_bundle(SETS / REGIO / "2026-01-01")
    first = CLOCK.today()
    head = with_value(bundle.own[HEAD], ("id",), f"{REGIO}/{first}")
    head = with_value(head, ("geldig_van",), first.isoformat())
    for name, value in choices.items():
        head = with_value(head, ("parameters", name, "waarde"), value)
    return replace(bundle.with_file(HEAD, head), day=first)


def in_force(session, region, **choices: str) -> None:
    """These choices hold from today."""
    bundle = a_bundle(**choices)
    found = parse_bundle(bundle)
    session.add(
        PublishedRuleset(
            id=uuid.uuid4(),
            regio=REGIO,
            valid_from=CLOCK.today(),
            valid_to=found.valid_to,
            hash=found.hash,
            own=dict(bundle.own),
            shared=dict(bundle.shared),
            note="Proef",
            published_at=CLOCK.now(),
            published_by=region.accounts["worker"],
        )
    )
    session.flush()


def test_another_region_answers_within_the_working_days_that_the_region_chose(session, region):
    in_force(session, region, termijn_reactie_overdracht_werkdagen="3")
    case = region.an_intake(session)
    assert region_term.transfer_by(session, case, CLOCK.today()) == date(2026, 11, 26)
    region.a_besluit(session, case, bestemming_soort="andere_regio", bestemming_gemeente="GM0344")
    worker, utrecht = region.actor(session), region.organisations["utrecht"]
    made = transfer.propose(Act(session, worker, CLOCK), case.id, receiver_id=utrecht, reden="Zijn zus.")
    transfer.discussed(Act(session, worker, CLOCK), made.id, version=made.version, mening="Graag.")
    transfer.ask_region(Act(session, worker, CLOCK), made.id, version=made.version)
    assert made.respond_by == date(2026, 11, 26)


def a_question(session, region):
    """A case of which the term of the besluit stands still: the client was asked something today."""
    case, worker = region.an_intake(session), region.actor(session)
    terms.finish_onderzoek(Act(session, worker, CLOCK), case.id)
    terms.receive_aanvraag(Act(session, worker, CLOCK), case.id, on=CLOCK.today())
    terms.suspend(Act(session, worker, CLOCK), case.id, reden="Inkomen?")
    return case, worker


def the_term(session, case, clock):
    return next(one for one in terms.terms_of(session, case.id, clock.today()) if one.kind is DeadlineKind.BESLUIT)


def test_a_client_who_is_asked_something_knows_until_when(session, region):
    in_force(session, region, termijn_vragen_aanvrager_werkdagen="2")
    case, _ = a_question(session, region)
    assert the_term(session, case, CLOCK).answer_by == date(2026, 11, 25)


def test_the_term_stands_still_no_longer_than_the_client_could_answer(session, region):
    in_force(session, region, termijn_vragen_aanvrager_werkdagen="2")
    case, worker = a_question(session, region)
    terms.resume(Act(session, worker, later(days=9)), case.id)
    assert the_term(session, case, later(days=9)).due_on == date(2026, 12, 9)


def test_a_stay_is_looked_at_again_when_the_longest_that_the_region_has_in_mind_is_over(session, region):
    in_force(session, region, verblijfsduur_max_opvang_24uurs_weken="4")
    a_place(session, region)
    case = region.an_intake(session)
    region.a_besluit(session, case)
    sent = choice.refer(Act(session, region.actor(session), CLOCK), case.id)
    assert sent.place_id is not None
    haven = region.actor(session, "haven")
    assert [one.look_again_on for one in stay.stays(session, haven).stays] == [date(2026, 12, 21)]
    assert region_term.look_again_on(session, case, "preventie", CLOCK.today()) is None
    months = region_term.look_again_on(session, case, "beschermd_wonen", date(2027, 2, 28))
    assert months == date(2029, 2, 28)


def test_a_bed_for_one_night_is_looked_at_again_the_next_working_day(session, region):
    a_place(session, region)
    case = region.an_intake(session)
    region.a_besluit(session, case)
    for_tonight = PlacementPurpose.OVERBRUGGING
    sent = choice.refer(Act(session, region.actor(session), CLOCK), case.id, purpose=for_tonight)
    assert sent.place_id is not None
    (here,) = stay.stays(session, region.actor(session, "haven")).stays
    assert here.look_again_on == add_working_days(CLOCK.today(), 1)


def test_the_day_some_months_later_exists():
    assert region_term.months_later(date(2026, 10, 31), 4) == date(2027, 2, 28)


def test_without_rules_that_can_be_read_the_usual_terms_hold(session, region):
    case = region.an_intake(session)
    case.melding_datum = date(2019, 1, 1)
    assert region_term.rules_of_case(session, case) is None
    assert region_term.transfer_days(session, case) == 5
    assert region_term.look_again_on(session, case, "opvang_24uurs", CLOCK.today()) is None


@pytest.mark.parametrize("value", ["0", "-3", "vijf", "100000"])
def test_a_term_with_which_no_days_can_be_counted_is_a_fault_in_its_place(value):
    found = examine(a_bundle(termijn_reactie_overdracht_werkdagen=value))
    assert found.ruleset is None
    assert any("termijn_reactie_overdracht_werkdagen" in one and "1 tot en met 520" in one for one in found.reasons)


def test_no_choice_of_the_region_is_without_use():
    assert not [
        one for one in examine(read_bundle(SETS / REGIO / "2026-01-01")).notes if one.kind == "ongebruikte_parameter"
    ]
