"""Letters of a case: safe, whole, in the words of the rules, for every kind of client of the demo."""

import io

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from config.clock import FixedClock
from intake.access.act import Act
from intake.besluit import taking
from intake.demo.clients import clients
from intake.demo.fill import FIRST_DAY
from intake.demo.people import data
from intake.keys import sealing
from intake.letters import letter, press
from intake.letters.data import letter_data
from intake.letters.letter import LetterNotReady
from intake.tables.intake import Intake
from intake.tables.letter import Letter, LetterKind, LetterState
from intake.tables.organisation import Organisation
from tests.intake.referrals.test_referral import referred
from tests.intake.region import CLOCK, a_mandate, a_place
from tests.intake.told import heard_by

TEMPLATES = len(data("clienten")["clienten"])


def text_of(session, region, made):
    opened = letter.open_letter(session, region.actor(session), made.id)
    pages = PdfReader(io.BytesIO(opened.pdf)).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


def made_letter(session, case, kind=LetterKind.VERWIJSBRIEF):
    (found,) = [one for one in letter.letters_of(session, case.id) if one.kind is kind]
    press.make(session, found.id, clock=CLOCK)
    assert found.problem is None
    return found


def test_a_referral_says_that_it_is_no_besluit(session, region):
    a_mandate(session, region, "opvang_24uurs", "onthaal")
    a_place(session, region)
    case, _ = referred(session, region, verhaal="Ik slaap in mijn auto.")
    text = text_of(session, region, made_letter(session, case))
    assert "Ik slaap in mijn auto." in text
    assert "geen besluit" in text
    assert "De Haven" in text
    assert case.reference in text


def test_a_besluit_carries_the_last_day_of_objection(session, region):
    a_mandate(session, region, "opvang_24uurs", "wijkteam")
    a_place(session, region)
    case, _ = referred(session, region)
    assert "4 januari 2027" in text_of(session, region, made_letter(session, case)).replace("\xa0", " ")


def test_whoever_fled_violence_gets_a_letter_without_address_and_place(session, region):
    a_place(session, region)
    telling = {"geweld_afhankelijkheidsrelatie": "ja", "adres": "Geheimlaan 12", "woonplaats": "Capelle"}
    case, _ = referred(session, region, veilig_bereikbaar=["post"], **telling)
    text = text_of(session, region, made_letter(session, case))
    assert "Geheimlaan" not in text
    assert "De Haven" not in text
    assert "haalt deze brief op" in text


def test_the_letter_goes_by_post_only_when_the_client_says_that_is_safe(session, region):
    home = {"adres": "Dorpsstraat 3", "postcode": "2901 AA", "woonplaats": "Capelle", "brp_adres": "woonadres"}
    case = region.an_intake(session, **home, woongemeente="GM0502", veilig_bereikbaar=["telefoon"])
    (one,) = letter.letters_of(session, case.id)
    assert letter_data(session, one).geadresseerde.adres == ()
    safe = region.an_intake(session, **home, woongemeente="GM0502", veilig_bereikbaar=["post"])
    (other,) = letter.letters_of(session, safe.id)
    assert letter_data(session, other).geadresseerde.adres == ("Dorpsstraat 3", "2901 AA Capelle")


def test_what_is_missing_is_named_and_told_to_the_sender(session, region):
    case = region.an_intake(session)
    session.get_one(Organisation, region.organisations["wijkteam"]).telefoon = ""
    session.get_one(Organisation, region.organisations["capelle"]).telefoon = ""
    (one,) = letter.letters_of(session, case.id)
    press.make(session, one.id, clock=CLOCK)
    assert one.state is LetterState.MISLUKT
    assert "afzender.telefoon" in (one.problem or "")
    assert any("kon niet worden gemaakt" in text for text in heard_by(session, region.actor(session)))
    with pytest.raises(LetterNotReady, match="Vul dit eerst aan"):
        letter.open_letter(session, region.actor(session), one.id)


def test_a_letter_that_is_being_made_says_so(session, region):
    case = region.an_intake(session)
    (one,) = letter.letters_of(session, case.id)
    with pytest.raises(LetterNotReady, match="Ververs"):
        letter.open_letter(session, region.actor(session), one.id)


def test_the_pdf_lies_sealed_and_is_the_one_that_was_made(session, region):
    case = region.an_intake(session)
    one = made_letter(session, case, LetterKind.ONTVANGSTBEVESTIGING)
    assert not (one.pdf or b"").startswith(b"%PDF")
    assert sealing.get_document(session, one, "pdf").startswith(b"%PDF")


@pytest.mark.parametrize("number", range(TEMPLATES))
def test_every_kind_of_client_gets_a_whole_letter(sqlite_session, sqlite_region, number):
    told = sorted(clients(CLOCK.today(), FIRST_DAY), key=lambda one: one.number)[number]
    answers = {**told.answers, "melding_gemeente": "GM0502"}
    clock = FixedClock(told.moment)
    case = sqlite_region.an_intake(sqlite_session, clock=clock, **answers)
    taking.follow(Act(sqlite_session, sqlite_region.actor(sqlite_session, clock=clock), clock), case.id)
    for one in sqlite_session.scalars(select(Letter)).all():
        press.make(sqlite_session, one.id, clock=clock)
        assert one.problem is None
        assert one.pages is not None
        assert one.pages <= 3
    assert sqlite_session.get_one(Intake, case.id)


def test_a_minor_without_a_bed_is_not_told_to_sleep_where_they_are(session, region):
    case = region.an_intake(session, geboortedatum="2010-04-03", slaapplek_vannacht="geen")
    text = text_of(session, region, made_letter(session, case, LetterKind.ONTVANGSTBEVESTIGING))
    assert "De crisishulp voor jeugd helpt u vandaag." in text
    assert "U slaapt waar u nu slaapt" not in text
