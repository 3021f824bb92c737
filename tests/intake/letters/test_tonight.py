"""The letter that is read at two at night: where there may be a bed, until when, and which number is answered."""

import io
from dataclasses import replace
from datetime import UTC, datetime

from pypdf import PdfReader
from sqlalchemy import select

from config.clock import FixedClock
from intake.access.act import Act
from intake.advice import giving
from intake.besluit import taking
from intake.besluit.taking import route_of
from intake.keys import sealing
from intake.letters import letter, press
from intake.letters.data import letter_data
from intake.people.organisations.organisation import Reachable, Registration
from intake.referrals.answering import answer
from intake.referrals.sending import start
from intake.tables.letter import Letter, LetterKind, LetterState
from intake.tables.organisation import Organisation, OrganisationKind
from intake.tables.place import PlacementPurpose
from intake.tables.referral import Referral
from tests.intake.region import DAY_NUMBER, NIGHT_NUMBER, a_place

AT_TWO = FixedClock(datetime(2026, 11, 24, 1, 0, tzinfo=UTC))  # 02.00 in Amsterdam


def sent_at_night(session, region, **telling):
    """A case of which was decided at two at night as the rules advise; and its letter."""
    case = region.an_intake(session, clock=AT_TWO, **telling)
    worker = region.actor(session, clock=AT_TWO)
    taking.follow(Act(session, worker, AT_TWO), case.id)
    start.refer_as_decided(Act(session, worker, AT_TWO), case.id)
    (made,) = [one for one in letter.letters_of(session, case.id) if one.kind is LetterKind.VERWIJSBRIEF]
    return case, made


def text_of(session, one):
    press.make(session, one.id, clock=AT_TWO)
    assert one.problem is None
    pages = PdfReader(io.BytesIO(sealing.get_document(session, one, "pdf"))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_the_letter_says_until_when_and_gives_the_number_of_the_night(session, region):
    a_place(session, region)
    _, one = sent_at_night(session, region)
    text = text_of(session, one)
    assert "Wij houden een plek voor u vrij bij De Haven. Wij vertellen u vóór 4.00 uur of u daar kunt slapen." in text
    assert f"Bel dan meteen: overdag {DAY_NUMBER}, ’s avonds en ’s nachts {NIGHT_NUMBER}." in text
    assert f"’s Avonds, ’s nachts en in het weekend: {NIGHT_NUMBER}" in text
    assert text.count("werkdagen") == 1  # the sender's own hours; a bed has none


def test_who_got_data_is_named_whole_and_who_helps_after_tonight_too(session, region):
    a_place(session, region)
    _, one = sent_at_night(session, region)
    data = letter_data(session, one)
    assert [shared.wie for shared in data.gedeeld_met] == ["Centraal Onthaal en De Haven"]
    assert ("Centraal Onthaal", "Zoekt met u uit welke hulp u na vannacht krijgt.") in {
        (task.wie, task.wat) for task in data.taken
    }


def test_once_the_place_agreed_the_letter_says_that_the_client_sleeps_there(session, region):
    a_place(session, region)
    case, one = sent_at_night(session, region)
    text_of(session, one)
    sent = session.scalars(select(Referral).where(Referral.purpose == PlacementPurpose.OVERBRUGGING)).one()
    haven = region.actor(session, "haven", AT_TWO)
    answer.accept(Act(session, haven, AT_TWO), sent.id, version=sent.version, start_on=None)
    (new,) = {made.id for made in letter.letters_of(session, case.id) if made.state is LetterState.WORDT_GEMAAKT} - {
        made.id for made in letter.letters_of(session, case.id) if made.kind is not LetterKind.VERWIJSBRIEF
    }
    data = letter_data(session, session.get_one(Letter, new))
    assert data.vannacht.startswith("U slaapt vannacht bij De Haven.")
    assert data.taken[0].wat == "Vertelt aan De Haven dat u komt en wat u nodig heeft."


def test_a_shielded_letter_quotes_nothing_that_the_client_told(session, region):
    a_place(session, region, voorziening="vrouwenopvang", kinderen=True)
    told = "Ik slaap bij mijn zus in de Kerkstraat 5 en hij weet dat niet."
    _, one = sent_at_night(session, region, geweld_afhankelijkheidsrelatie="ja", verhaal=told)
    text = text_of(session, one)
    assert "Kerkstraat" not in text
    assert "U vroeg ons om een veilige plek." in text
    assert "De Haven" not in text


def test_a_minor_is_given_the_number_of_the_crisis_help_and_no_office_hours(session, region):
    region.register(
        session,
        "crisishulp",
        Registration(
            kind=OrganisationKind.CRISISDIENST,
            naam="Crisishulp voor jeugd",
            adres="Voorbeeldstraat 20, 3000 AA Voorbeeldstad",
            bereikbaar=Reachable(
                telefoon="010 555 20 00", nachttelefoon="010 555 20 99", openingstijden="op werkdagen van 9 tot 17 uur"
            ),
        ),
    )
    case, one = sent_at_night(session, region, geboortedatum="2009-03-01")
    data = letter_data(session, one)
    assert "’s avonds en ’s nachts 010 555 20 99" in data.vannacht
    (before,) = [each for each in letter.letters_of(session, case.id) if each.kind is LetterKind.ONTVANGSTBEVESTIGING]
    assert "’s avonds en ’s nachts 010 555 20 99" in letter_data(session, before).vannacht
    assert data.bestemming.afspraak == ""
    assert data.producten[0].naam == "hulp van de crisishulp voor jeugd"
    assert text_of(session, one)


def test_a_region_without_a_night_number_promises_none(session, region):
    for one in session.scalars(select(Organisation)):
        one.nachttelefoon = ""
    a_place(session, region)
    _, made = sent_at_night(session, region)
    data = letter_data(session, made)
    assert data.afzender.nacht == ""
    assert f"Bel dan meteen: {DAY_NUMBER}." in data.vannacht


def test_the_letter_of_a_new_decision_names_the_bed_that_stays(session, region):
    a_place(session, region)
    case, _ = sent_at_night(session, region)
    sent = session.scalars(select(Referral).where(Referral.purpose == PlacementPurpose.OVERBRUGGING)).one()
    new = decided_anew(session, region, case)
    assert letter_data(session, new).vannacht.startswith("Wij houden een plek voor u vrij bij De Haven.")
    haven = region.actor(session, "haven", AT_TWO)
    answer.accept(Act(session, haven, AT_TWO), sent.id, version=sent.version, start_on=None)
    assert letter_data(session, new).vannacht.startswith("U slaapt vannacht bij De Haven.")


def test_the_letter_of_a_new_decision_does_not_name_a_bed_that_went(session, region):
    a_place(session, region)
    case, _ = sent_at_night(session, region)
    sent = session.scalars(select(Referral).where(Referral.purpose == PlacementPurpose.OVERBRUGGING)).one()
    answer.withdraw_referral(Act(session, region.actor(session, clock=AT_TWO), AT_TWO), sent.id, version=sent.version)
    new = decided_anew(session, region, case)
    assert "De Haven" not in letter_data(session, new).vannacht


def test_the_letter_of_a_new_decision_names_no_bed_when_the_client_is_shielded(session, region):
    a_place(session, region)
    case, _ = sent_at_night(session, region, dreiging_buiten_relatie="ja", geheim_adres="ja")
    new = decided_anew(session, region, case)
    data = letter_data(session, new)
    assert data.afgeschermd
    assert "De Haven" not in data.vannacht


def decided_anew(session, region, case):
    """Another besluit about the traject, not sent on; and its letter."""
    before = {one.id for one in letter.letters_of(session, case.id)}
    worker = region.actor(session, clock=AT_TWO)
    route = replace(
        route_of(giving.opened(session, giving.latest(session, case.id))), voorzieningen=("beschermd_wonen",)
    )
    taking.deviate(Act(session, worker, AT_TWO), case.id, route=route, reden="Er is dag en nacht toezicht nodig.")
    (made,) = [one for one in letter.letters_of(session, case.id) if one.id not in before]
    return made
