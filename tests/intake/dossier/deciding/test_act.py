"""One act of decision: on what was seen, once, and with an end to what hung under the besluit before."""

import pytest
from sqlalchemy import select

from intake.access.act import Act
from intake.advice import giving
from intake.besluit import expertise
from intake.besluit.taking import Route
from intake.case import decisions, timeline
from intake.dossier import deciding
from intake.dossier.deciding import Keuze, NothingDeviates, Overtaken, Seen, UnknownReceiver, Wanted
from intake.letters import letter, press
from intake.letters.data import letter_data
from intake.places import place
from intake.referrals.answering import answer
from intake.referrals.sending import choice
from intake.referrals.stays import stay
from intake.referrals.stays.stay import Vertrek
from intake.referrals.transfers import transfer
from intake.tables.expertise import ReviewWeight
from intake.tables.intake import IntakeState
from intake.tables.letter import LetterState
from intake.tables.message import Message
from intake.tables.place import PlacementPurpose, PlacementState
from intake.tables.referral import ReferralState
from reports import letters as paper
from tests.intake.region import CLOCK, a_mandate, a_place, later
from tests.intake.told import heard_by

TONIGHT = PlacementPurpose.OVERBRUGGING


def seen(session, case) -> Seen:
    return Seen(
        advies_hash=giving.latest(session, case.id).content_hash,
        besluiten=len(decisions.besluiten_of(session, case.id)),
    )


def decided(session, region, case, by="worker", clock=CLOCK, **telling):
    values = {"keuze": Keuze.AFWIJKEN, "reden": "Past hier beter.", "seen": seen(session, case), **telling}
    return deciding.decide(Act(session, region.actor(session, by, clock), clock), case.id, Wanted(**values))


def to(region, name):
    return region.organisations[name]


def accepted(session, region, sent, by="haven"):
    answer.accept(Act(session, region.actor(session, by), CLOCK), sent.id, version=sent.version, start_on=None)


def placed(session, region):
    """A case whose client has a place of De Haven, through a besluit of the team."""
    a_place(session, region, capaciteit=3)
    case = region.an_intake(session)
    region.a_besluit(session, case)
    sent = choice.refer(Act(session, region.actor(session), CLOCK), case.id)
    accepted(session, region, sent)
    return case, sent


def test_what_was_left_empty_is_as_the_advice_says(session, region):
    case = region.an_intake(session)
    advised = giving.opened(session, giving.latest(session, case.id))
    made = decided(session, region, case, voorziening="beschermd_wonen", verwijzen=False).besluit
    assert made.voorzieningen == ["beschermd_wonen", *advised.voorzieningen[1:]]
    assert (made.overbrugging, made.bestemming_soort) == (advised.overbrugging, advised.bestemming.soort)
    assert made.wijkt_af


def test_a_deviation_in_which_nothing_deviates_is_no_besluit(session, region):
    case = region.an_intake(session)
    advised = giving.opened(session, giving.latest(session, case.id))
    with pytest.raises(NothingDeviates, match="hetzelfde als het advies"):
        decided(session, region, case)
    with pytest.raises(NothingDeviates):
        decided(session, region, case, voorziening=advised.voorzieningen[0], overbrugging=advised.overbrugging)
    assert decisions.besluiten_of(session, case.id) == ()


def test_who_receives_no_cases_is_not_chosen(session, region):
    case = region.an_intake(session)
    with pytest.raises(UnknownReceiver):
        decided(session, region, case, ontvanger=to(region, "expertise"))


def test_a_decision_on_an_advice_or_number_that_was_not_seen_is_refused(session, region):
    case = region.an_intake(session)
    first = seen(session, case)
    with pytest.raises(Overtaken, match="ander advies"):
        decided(session, region, case, keuze=Keuze.VOLGEN, seen=Seen(advies_hash="sha256:oud", besluiten=0))
    decided(session, region, case, keuze=Keuze.VOLGEN, verwijzen=False)
    with pytest.raises(Overtaken, match="Iemand anders besloot"), session.begin_nested():
        decided(session, region, case, ontvanger=to(region, "haven"), seen=first)
    assert len(decisions.besluiten_of(session, case.id)) == 1


def test_the_same_sent_twice_is_one_besluit_and_ends_nothing(session, region):
    a_place(session, region)
    case = region.an_intake(session)
    page = seen(session, case)
    first = decided(session, region, case, keuze=Keuze.VOLGEN, seen=page)
    lines = len(timeline.timeline(session, case.id))
    second = decided(session, region, case, keuze=Keuze.VOLGEN, seen=page)
    assert (first.is_new, second.is_new, second.besluit.id) == (True, False, first.besluit.id)
    assert second.ended.unanswered == ()
    assert len(timeline.timeline(session, case.id)) == lines


def test_a_new_decision_withdraws_what_was_not_answered_and_asks_the_next(session, region):
    kamers = a_place(session, region)
    case = region.an_intake(session)
    first = decided(session, region, case, keuze=Keuze.VOLGEN)
    assert [one.receiver for one in first.sent] == ["Centraal Onthaal", "De Haven"]
    done = decided(session, region, case, ontvanger=to(region, "jongerenloket"), clock=later(hours=1))
    assert [one.receiver for one in done.ended.unanswered] == ["Centraal Onthaal"]
    assert done.ended.unanswered[0].referral.state is ReferralState.INGETROKKEN
    assert [one.receiver for one in done.sent] == ["Jongerenloket"]
    assert (kamers.bezet, case.state) == (1, IntakeState.VERWEZEN)
    heard = heard_by(session, region.actor(session, "desk"))
    assert any("de verwijzing is ingetrokken, want er is een nieuw besluit" in text for text in heard)
    heard = [one.text for one in timeline.timeline(session, case.id)]
    assert "Er is een nieuw besluit. De verwijzing naar Centraal Onthaal is ingetrokken." in heard


def test_a_place_stays_with_the_client_until_the_receiver_releases_it(session, region):
    case, sent = placed(session, region)
    a_place(session, region, owner="anker", voorziening="beschermd_wonen")
    done = decided(session, region, case, voorziening="beschermd_wonen", ontvanger=to(region, "haven"))
    assert [one.receiver for one in done.ended.placed] == ["De Haven"]
    assert (sent.state, case.state) == (ReferralState.GEACCEPTEERD, IntakeState.BESLOTEN)
    haven = region.actor(session, "haven")
    heard = heard_by(session, haven)
    assert f"{case.reference}: er is een nieuw besluit. Geef de plek Kamers vrij zodra de cliënt weg kan." in heard
    heard = [one.text for one in timeline.timeline(session, case.id)]
    assert "Er is een nieuw besluit. De Haven is gevraagd om de plek vrij te geven." in heard
    (held,) = [one for one, _ in place.stays_of(session, case.id) if one.state is PlacementState.BEZET]
    stay.leave(Act(session, haven, CLOCK), held.place_id, held.id, reden=Vertrek.ANDERE_PLEK)
    assert case.state is IntakeState.BESLOTEN
    choice.refer(Act(session, region.actor(session), CLOCK), case.id)
    assert choice.waiting(session, case.id, PlacementPurpose.TRAJECT).receiver_id == to(region, "anker")


def test_a_bed_for_tonight_stays_whatever_is_decided(session, region):
    a_place(session, region)
    case = region.an_intake(session)
    decided(session, region, case, keuze=Keuze.VOLGEN)
    bed = choice.waiting(session, case.id, TONIGHT)
    accepted(session, region, bed)
    done = decided(session, region, case, ontvanger=to(region, "jongerenloket"))
    assert [one.receiver for one in done.ended.beds] == ["De Haven"]
    assert bed.state is ReferralState.GEACCEPTEERD
    assert place.held_by(session, case.id, TONIGHT) is not None
    assert [one.receiver for one in done.sent] == ["Jongerenloket"]


def test_a_proposal_to_another_region_ends_without_a_word_to_who_was_never_asked(session, region):
    case = region.an_intake(session)
    utrecht = to(region, "utrecht")
    decided(session, region, case, ontvanger=utrecht, verwijzen=False)
    worker = region.actor(session)
    made = transfer.propose(Act(session, worker, CLOCK), case.id, receiver_id=utrecht, reden="Zijn zus.")
    decided(session, region, case, keuze=Keuze.VOLGEN, verwijzen=False)
    assert made.state is ReferralState.INGETROKKEN
    assert session.scalars(select(Message).where(Message.organisation_id == utrecht)).all() == []


def test_the_desk_that_was_asked_decides_and_keeps_the_case(session, region):
    a_place(session, region)
    case = region.an_intake(session)
    decided(session, region, case, keuze=Keuze.VOLGEN, overbrugging="geen")
    at_desk = choice.waiting(session, case.id, PlacementPurpose.TRAJECT)
    done = decided(session, region, case, by="desk", voorziening="opvang_24uurs", overbrugging="geen")
    assert done.ended.unanswered == ()
    assert at_desk.state is ReferralState.VERZONDEN


def test_about_tonight_alone_ends_nothing_of_the_traject(session, region):
    a_place(session, region)
    case = region.an_intake(session)
    decided(session, region, case, keuze=Keuze.VOLGEN)
    done = decided(session, region, case, keuze=Keuze.VANNACHT, overbrugging="blijft_waar_veilig")
    assert done.ended.unanswered == ()
    assert choice.waiting(session, case.id, PlacementPurpose.TRAJECT) is not None


def test_a_review_that_is_the_besluit_ends_what_hung_before_too(session, region):
    a_mandate(session, region, "opvang_24uurs", "expertise", review_decides=True)
    a_mandate(session, region, "nachtopvang", "expertise", review_decides=True)
    case = region.an_intake(session)
    decided(session, region, case, keuze=Keuze.VOLGEN)
    at_desk = choice.waiting(session, case.id, PlacementPurpose.TRAJECT)
    asked = expertise.ask_review(Act(session, region.actor(session), CLOCK), case.id, question="Kijk mee.")
    assert asked.weight is ReviewWeight.BESLUIT
    route = expertise_route(session, case)
    expert = region.actor(session, "expert")
    deciding.decide_by_review(Act(session, expert, CLOCK), asked.id, review="Past hier.", route=route)
    assert at_desk.state is ReferralState.INGETROKKEN
    assert case.state is IntakeState.BESLOTEN


def expertise_route(session, case):
    from_rules = giving.opened(session, giving.latest(session, case.id))
    return Route(("nachtopvang",), from_rules.overbrugging, "aanbieder")


def test_the_new_letter_says_which_one_it_comes_instead_of(session, region):
    case = region.an_intake(session)
    decided(session, region, case, keuze=Keuze.VOLGEN, verwijzen=False)
    (old,) = [one for one in letter.letters_of(session, case.id) if one.besluit_id]
    assert letter_data(session, old).vervangt is None
    press.make(session, old.id, clock=CLOCK)
    pdf = old.sha256
    done = decided(session, region, case, voorziening="beschermd_wonen", verwijzen=False, clock=later(days=2))
    (new,) = [one for one in letter.letters_of(session, case.id) if one.besluit_id == done.besluit.id]
    content = letter_data(session, new)
    assert content.vervangt == paper.Vervangen(paper.Briefsoort.BESLUIT, CLOCK.today())
    assert (old.state, old.sha256) == (LetterState.KLAAR, pdf)
