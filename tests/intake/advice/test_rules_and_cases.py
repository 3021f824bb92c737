"""Rules and cases: an advies can be made again years later, and other rules change nothing that is stored."""

import json
import uuid
from datetime import date

import pytest
from sqlalchemy import update

from intake.access.act import Act
from intake.access.actor import system_actor
from intake.advice import giving, in_force
from intake.advice.receipt import NoSuchAdvice, prove
from intake.advice.today import by_rules_of_today
from intake.dossier.urgency import readvise
from intake.rulesets.inspection.replay import (
    PlayedAgain,
    Supply,
    begin,
    play_again,
    stored_batch,
    stored_cases,
    supply_of,
)
from intake.tables.advice import StoredAdvice
from intake.tables.mark import RestrictedCase
from intake.tables.place import PlaceState
from intake.tables.ruleset import PublishedRuleset
from rules import RuleSetErrors
from rules.editing.head import with_value
from rules.reading.guards import HEAD
from rules.shelf.bundle import parse_bundle, read_bundle
from rules.shelf.shelf import SETS
from tests.intake.region import CLOCK, a_place, later

REGIO = "rotterdam-rijnmond"
YOUNG = "2005-06-15"


def published(session, region, first: date, *, damaged: bool = False) -> PublishedRuleset:
    """A version in which somebody of 21 is no longer helped at the desk for the young."""
    bundle = read_bundle(SETS / REGIO / "2026-01-01")
    head = bundle.own[HEAD]
    for path, value in (
        (("id",), f"{REGIO}/{first}"),
        (("geldig_van",), first.isoformat()),
        (("parameters", "min_leeftijd_mo", "waarde"), "21"),
        (("parameters", "jongeren_tot_en_met", "waarde"), "20"),
    ):
        head = with_value(head, path, value)
    changed = bundle.with_file(HEAD, head)
    changed = type(changed)(REGIO, first, changed.own, changed.shared)
    found = parse_bundle(changed)
    made = PublishedRuleset(
        id=uuid.uuid4(),
        regio=REGIO,
        valid_from=first,
        valid_to=found.valid_to,
        hash=f"sha256:{'0' * 64}" if damaged else found.hash,
        own=dict(changed.own),
        shared=dict(changed.shared),
        note="Proef",
        published_at=CLOCK.now(),
        published_by=region.accounts["worker"],
    )
    session.add(made)
    session.flush()
    return made


def test_an_advies_is_made_again_exactly_as_it_was(session, region):
    case = region.an_intake(session)
    found = prove(session, case.reference)
    assert found.same, found.differences
    assert found.facts_hash
    assert found.engine
    assert found.ruleset_hash.startswith("sha256:")


def test_an_old_advies_is_proved_with_the_rules_of_then(session, region):
    case = region.an_intake(session, geboortedatum=YOUNG)
    published(session, region, CLOCK.today())
    assert prove(session, case.reference).same


def test_an_advies_that_was_tampered_with_is_found(session, region):
    case = region.an_intake(session)
    session.execute(update(StoredAdvice).values(content_hash="sha256:anders"))
    found = prove(session, case.reference)
    assert found.differences == ("Het bewaarde advies past niet bij zijn kenmerk.",)


def test_an_intake_that_is_not_there_is_said_to_be_so(session, region):
    with pytest.raises(NoSuchAdvice, match="2026-000000"):
        prove(session, "2026-000000")
    case = region.an_intake(session)
    with pytest.raises(NoSuchAdvice, match="nummer 9"):
        prove(session, case.reference, 9)


def test_a_case_is_advised_by_the_published_rules_from_their_first_day(session, region):
    before = region.an_intake(session, geboortedatum=YOUNG)
    published(session, region, CLOCK.today())
    after = region.an_intake(session, geboortedatum=YOUNG)
    names = [giving.opened(session, giving.latest(session, case.id)).bestemming.naam for case in (before, after)]
    assert names == ["Jongerenloket", "Centraal Onthaal"]


def test_a_published_set_whose_text_was_changed_still_leaves_nobody_without_an_answer(session, region):
    published(session, region, CLOCK.today(), damaged=True)
    with pytest.raises(RuleSetErrors, match="kenmerk"):
        in_force.rules_in_force(session, REGIO, CLOCK.today())
    case = region.an_intake(session)
    stored = giving.latest(session, case.id)
    assert stored.reserve
    assert giving.opened(session, stored).overbrugging == "tijdelijke_opvang_vandaag"


def test_the_rules_of_today_stand_beside_an_advies_of_then_and_change_nothing(session, region):
    case = region.an_intake(session, geboortedatum=YOUNG)
    stored = giving.latest(session, case.id)
    assert by_rules_of_today(session, case, stored, clock=CLOCK) is None
    published(session, region, date(2026, 12, 1))
    now = by_rules_of_today(session, case, stored, clock=later(days=10))
    assert now is not None
    assert now.bestemming.naam == "Centraal Onthaal"
    assert giving.opened(session, giving.latest(session, case.id)).bestemming.naam == "Jongerenloket"


def test_an_advies_asked_anew_keeps_to_the_rules_of_the_melding(session, region):
    case = region.an_intake(session, geboortedatum=YOUNG)
    published(session, region, date(2026, 12, 1))
    clock = later(days=10)
    readvise(Act(session, system_actor(clock.now()), clock), case.id)
    assert giving.opened(session, giving.latest(session, case.id)).bestemming.naam == "Jongerenloket"


def test_past_cases_are_counted_under_other_rules_without_a_name(session, region):
    for born in (YOUNG, "1981-06-15"):
        region.an_intake(session, geboortedatum=born)
    new = in_force.opened(published(session, region, date(2027, 1, 1)))
    played = play_again(
        in_force.rules_in_force(session, REGIO, CLOCK.today()), new, stored_batch(session), begin(session)
    )
    assert (played.in_all, played.bookmark) == (2, None)
    assert PlayedAgain.from_dict(json.loads(json.dumps(played.to_dict()))) == played
    found = played.found
    assert (found.cases, found.changed, found.broken) == (2, 1, 0)
    moved = [item for item in found.transitions if item.outcome == "bestemming"]
    assert [(item.before, item.after, item.count) for item in moved] == [("jongerenloket", "centraal_onthaal", 1)]
    assert dict(moved[0].groups) == {"gemeente": "Capelle aan den IJssel", "ontvanger": "Jongerenloket"}


def test_all_past_cases_are_played_a_batch_at_a_time(session, region):
    for born in (YOUNG, "1981-06-15", YOUNG, "1982-06-15", YOUNG):
        region.an_intake(session, geboortedatum=born)
    old = in_force.rules_in_force(session, REGIO, CLOCK.today())
    new = in_force.opened(published(session, region, date(2027, 1, 1)))
    whole = play_again(old, new, stored_batch(session), begin(session))
    played, marks = begin(session), 0
    while played.found.cases == 0 or played.bookmark is not None:
        played = PlayedAgain.from_dict(json.loads(json.dumps(played.to_dict())))
        played = play_again(old, new, stored_batch(session, played.bookmark, size=2), played)
        marks += 1
    assert (marks, played.found.cases) == (3, 5)
    assert played.found == whole.found
    assert len(list(stored_cases(session))) == 5


def test_what_rules_ask_of_places_stands_beside_the_places_there_are(session, region):
    region.an_intake(session, geboortedatum=YOUNG)
    new = in_force.opened(published(session, region, date(2027, 1, 1)))
    played = play_again(
        in_force.rules_in_force(session, REGIO, CLOCK.today()), new, stored_batch(session), begin(session)
    )
    told = played.in_words(new, {"opvang_24uurs": Supply(3, 1)})
    assert PlayedAgain.from_dict(json.loads(json.dumps(told.to_dict()))) == told
    assert [(one.name, one.more, one.fewer) for one in told.receivers] == [
        ("Centraal Onthaal", 1, 0),
        ("Jongerenloket", 0, 1),
    ]
    moved = {one.name: (one.more, one.fewer, one.supply) for one in told.places}
    assert moved == {"opvang voor jongeren": (0, 1, None), "opvang voor dag en nacht": (1, 0, Supply(3, 1))}


def test_the_places_there_are_come_from_the_register(session, region):
    a_place(session, region, naam="Noord", capaciteit=4, bezet=1)
    a_place(session, region, naam="Zuid", capaciteit=2)
    a_place(session, region, naam="Dicht", capaciteit=9, state=PlaceState.DICHT)
    assert supply_of(session) == {"opvang_24uurs": Supply(6, 5)}


def test_no_rule_runs_on_a_case_that_is_restricted(session, region):
    case = region.an_intake(session)
    assert begin(session).in_all == 1
    session.add(RestrictedCase(gemeente_id=case.gemeente_id, intake_id=case.id))
    session.flush()
    assert begin(session).in_all == 0
    assert list(stored_cases(session)) == []
