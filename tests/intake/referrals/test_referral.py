"""The life of a referral: first in line, answered by name, never lost, never twice."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from forms import INTAKE_FORM
from intake.access import policy
from intake.access.act import Act
from intake.case import timeline
from intake.keys import sealing
from intake.letters import letter, press
from intake.places import place
from intake.referrals.answering import answer
from intake.referrals.sending import choice
from intake.referrals.sending.choice import ChoiceRefused, NoBesluit
from intake.referrals.sending.line import StateConflict
from intake.referrals.sending.send import NoPlace
from intake.referrals.viewing import view
from intake.tables.intake import IntakeState
from intake.tables.letter import LetterKind, LetterState
from intake.tables.place import Placement, PlacementPurpose, PlacementState, PlaceState
from intake.tables.referral import Referral, ReferralState, RefusalReason
from tests.intake.region import CAPELLE, CLOCK, NOW, a_place, later
from tests.intake.told import heard_by


def referred(session, region, **telling):
    """A case that was sent to the first in line."""
    case = region.an_intake(session, **telling)
    region.a_besluit(session, case)
    sent = choice.refer(Act(session, region.actor(session), CLOCK), case.id)
    assert isinstance(sent, Referral)
    return case, sent


def test_the_referral_reserves_a_place_and_tells_the_receiver(session, region):
    kamers = a_place(session, region)
    case, sent = referred(session, region)
    assert (sent.state, sent.place_id, kamers.bezet) == (ReferralState.VERZONDEN, kamers.id, 1)
    assert case.state is IntakeState.VERWEZEN
    assert "Nieuwe verwijzing" in heard_by(session, region.actor(session, "haven"))[0]
    assert (sent.respond_by, sent.respond_at) == (CLOCK.today(), NOW + timedelta(hours=2))


def test_the_receiver_reads_what_is_meant_for_it_and_nothing_else(session, region):
    a_place(session, region)
    case, sent = referred(session, region, verhaal="Ik slaap in mijn auto.", oordeel_medewerker="Geheim oordeel.")
    shown = view.open_referral(Act(session, region.actor(session, "haven"), CLOCK), sent.id).shown
    read = {label for section in shown for label, _ in section.lines}
    answers = sealing.get(session, case, "answers")
    for key in answers:
        asked = INTAKE_FORM.question(key)
        assert (asked.label in read) == ("aanbieder" in asked.ontvangers), key
    with pytest.raises(policy.NotFound):
        view.open_referral(Act(session, region.actor(session, "anker"), CLOCK), sent.id)
    with pytest.raises(policy.NotFound):
        policy.fetch(session, region.actor(session, "haven"), policy.Action.READ_INTAKE, type(case), case.id)


def test_accepting_takes_the_place_and_tells_the_sender(session, region):
    a_place(session, region)
    case, sent = referred(session, region)
    haven = region.actor(session, "haven")
    answer.accept(Act(session, haven, CLOCK), sent.id, version=sent.version, start_on=CLOCK.today())
    assert session.scalars(select(Placement.state)).one() is PlacementState.BEZET
    assert case.state is IntakeState.GEPLAATST
    assert sent.answered_name == "Haven, De Haven"
    assert any("geaccepteerd" in text for text in heard_by(session, region.actor(session)))
    assert timeline.timeline(session, case.id)[0].text == "De Haven heeft de verwijzing geaccepteerd."


def test_accepting_twice_says_how_things_stand(session, region):
    a_place(session, region)
    _, sent = referred(session, region)
    haven, seen = region.actor(session, "haven"), sent.version
    answer.accept(Act(session, haven, CLOCK), sent.id, version=seen, start_on=None)
    with pytest.raises(StateConflict, match="geaccepteerd"):
        answer.accept(Act(session, haven, CLOCK), sent.id, version=seen, start_on=None)
    with pytest.raises(StateConflict):
        answer.accept(Act(session, haven, CLOCK), sent.id, version=sent.version, start_on=None)


def test_who_declines_says_why_and_the_next_is_asked(session, region):
    first = a_place(session, region)
    second = a_place(session, region, owner="anker", gemeente_code=CAPELLE)
    case, sent = referred(session, region, woongemeente="GM0599", brp_adres="briefadres")
    order = [first.id, second.id] if sent.place_id == first.id else [second.id, first.id]
    who = "haven" if sent.place_id == first.id else "anker"
    answer.decline(
        Act(session, region.actor(session, who), CLOCK),
        sent.id,
        version=sent.version,
        reden=RefusalReason.ZORGVRAAG_TE_ZWAAR,
        toelichting="Te druk nu.",
    )
    following = session.scalars(select(Referral).where(Referral.previous_id == sent.id)).one()
    assert (sent.place_id, following.place_id) == tuple(order)
    assert (following.rank, following.state) == (2, ReferralState.VERZONDEN)
    assert sealing.get(session, sent, "reden_toelichting") == "Te druk nu."
    assert {one.bezet for one in (first, second) if one.id == sent.place_id} == {0}
    assert case.state is IntakeState.VERWEZEN


def test_who_declined_looks_no_longer(session, region):
    a_place(session, region)
    _, sent = referred(session, region)
    haven = region.actor(session, "haven")
    answer.decline(
        Act(session, haven, CLOCK), sent.id, version=sent.version, reden=RefusalReason.GEEN_PLEK, toelichting=""
    )
    with pytest.raises(policy.NotFound):
        view.open_referral(Act(session, haven, CLOCK), sent.id)


def test_another_reason_needs_a_word(session, region):
    a_place(session, region)
    _, sent = referred(session, region)
    with pytest.raises(ChoiceRefused, match="waarom"):
        answer.decline(
            Act(session, region.actor(session, "haven"), CLOCK),
            sent.id,
            version=sent.version,
            reden=RefusalReason.ANDERS,
            toelichting=" ",
        )


def test_asking_back_stops_the_clock_and_the_answer_starts_it_anew(session, region):
    a_place(session, region)
    _, sent = referred(session, region)
    haven = region.actor(session, "haven")
    answer.ask_back(Act(session, haven, CLOCK), sent.id, version=sent.version, vraag="Heeft hij een hond?")
    answer.expire(session, sent.id, clock=later(days=5))
    assert sent.state is ReferralState.TERUGGEVRAAGD
    answered = later(days=3)
    answer.answer_question(
        Act(session, region.actor(session, clock=answered), answered), sent.id, version=sent.version, antwoord="Nee."
    )
    assert sent.state is ReferralState.VERZONDEN
    assert sent.respond_at == answered.now() + timedelta(hours=2)
    assert sealing.get(session, sent, "antwoord") == "Nee."


def test_silence_passes_the_case_on_after_the_working_days(session, region):
    a_place(session, region)
    a_place(session, region, owner="anker")
    _, sent = referred(session, region)
    answer.expire(session, sent.id, clock=CLOCK)
    assert sent.state is ReferralState.VERZONDEN
    answer.expire(session, sent.id, clock=later(days=2))
    assert sent.state is ReferralState.VERLOPEN
    following = session.scalars(select(Referral).where(Referral.previous_id == sent.id)).one()
    assert (
        following.receiver_id
        == region.organisations["anker" if sent.receiver_id != region.organisations["anker"] else "haven"]
    )


def test_accepting_too_late_says_who_has_it_now(session, region):
    a_place(session, region)
    _, sent = referred(session, region)
    seen = sent.version
    answer.expire(session, sent.id, clock=later(days=2))
    with pytest.raises(StateConflict, match="naar de volgende gegaan"):
        answer.accept(Act(session, region.actor(session, "haven"), later(days=2)), sent.id, version=seen, start_on=None)


def test_when_nobody_has_room_the_case_stays_in_sight(session, region):
    a_place(session, region, bezet=1)
    case = region.an_intake(session)
    region.a_besluit(session, case)
    outcome = choice.refer(Act(session, region.actor(session), CLOCK), case.id)
    assert isinstance(outcome, NoPlace)
    assert case.state is IntakeState.GEEN_PLEK
    kinds = [one.kind for one in timeline.timeline(session, case.id)]
    assert {"geen_plek", "expertise"} <= set(kinds)
    assert any("nergens plek" in text for text in heard_by(session, region.actor(session)))


def test_tonights_shelter_is_sent_beside_the_traject(session, region):
    kamers = a_place(session, region, capaciteit=3)
    case, sent = referred(session, region)
    tonight = choice.refer(Act(session, region.actor(session), CLOCK), case.id, purpose=PlacementPurpose.OVERBRUGGING)
    assert isinstance(tonight, Referral)
    assert (sent.purpose, tonight.purpose, kamers.bezet) == ("traject", "overbrugging", 2)


def test_without_a_besluit_nothing_is_sent(session, region):
    case = region.an_intake(session)
    with pytest.raises(NoBesluit):
        choice.refer(Act(session, region.actor(session), CLOCK), case.id)


def test_a_case_is_before_one_receiver_at_a_time(session, region):
    a_place(session, region, capaciteit=3)
    case, _ = referred(session, region)
    with pytest.raises(StateConflict, match="moet nog antwoorden"):
        choice.refer(Act(session, region.actor(session), CLOCK), case.id)


def test_withdrawing_gives_the_place_back_and_ends_the_looking(session, region):
    kamers = a_place(session, region)
    case, sent = referred(session, region)
    answer.withdraw_referral(Act(session, region.actor(session), CLOCK), sent.id, version=sent.version)
    assert (kamers.bezet, case.state) == (0, IntakeState.BESLOTEN)
    with pytest.raises(policy.NotFound):
        view.open_referral(Act(session, region.actor(session, "haven"), CLOCK), sent.id)


def test_a_provider_sees_and_changes_only_its_own_places(session, region):
    kamers = a_place(session, region, capaciteit=4)
    with pytest.raises(policy.NotFound):
        change(session, region.actor(session, "anker"), kamers)
    changed = change(session, region.actor(session, "haven"), kamers, capaciteit=6)
    assert (changed.capaciteit, changed.version) == (6, 2)
    with pytest.raises(place.PlaceConflict):
        change(session, region.actor(session, "haven"), kamers, version=1)


def test_a_place_does_not_shrink_below_who_lives_there(session, region):
    kamers = a_place(session, region, capaciteit=4, bezet=3)
    with pytest.raises(place.PlaceRefused, match="3 tot 1000"):
        change(session, region.actor(session, "haven"), kamers, capaciteit=2)


def change(session, actor, kamers, **telling):
    version = telling.pop("version", kamers.version)
    values = {"capaciteit": kamers.capaciteit, "wachtweken": 0, "state": PlaceState.OPEN}
    offer = place.Offer(**{**values, **telling})
    return place.change_place(Act(session, actor, CLOCK), kamers.id, offer, version=version)


def test_the_letter_names_the_receiver_and_never_changes(session, region):
    a_place(session, region)
    case, sent = referred(session, region)
    (mine,) = [one for one in letter.letters_of(session, case.id) if one.kind is LetterKind.VERWIJSBRIEF]
    assert mine.referral_id == sent.id
    press.make(session, mine.id, clock=CLOCK)
    assert mine.problem is None
    assert mine.state is LetterState.KLAAR
    opened = letter.open_letter(session, region.actor(session), mine.id)
    assert opened.pdf.startswith(b"%PDF")
    assert re.fullmatch(r"verwijsbrief-2026-11-\d\d-[0-9a-f]{6}\.pdf", opened.filename)
    made = mine.sha256
    press.make(session, mine.id, clock=later(days=1))
    assert mine.sha256 == made
    assert letter.open_letter(session, region.actor(session, "haven"), mine.id).sha256 == made
