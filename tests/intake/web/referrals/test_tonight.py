"""Two at night, somebody without a bed: what the worker sees, and whom to call."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from config.clock import FixedClock
from config.settings import Settings
from intake.people.organisations.organisation import Reachable, Registration
from intake.tables.organisation import OrganisationKind
from tests.conftest import MASTER_KEY
from tests.intake.region import NIGHT_NUMBER, a_filed_case, a_place
from tests.intake.serving import logging_in

AT_TWO = FixedClock(datetime(2026, 11, 24, 1, 0, tzinfo=UTC))  # 02.00 in Amsterdam


@pytest.fixture
def at_night(standing, database, people, password_hash):
    """The application at two at night, and a way in for each of its people."""
    settings = Settings(
        instance=Path(),
        database_url=str(database.engine.url),
        secret_key="k" * 40,
        master_key=MASTER_KEY,
        trusted_hosts=("localhost",),
    )
    app = standing.on(settings=settings, clock=AT_TWO, database=database)
    return logging_in(app, database, people, password_hash)


def flat(text: str) -> str:
    return re.sub(r" (?=[.,])", "", re.sub(r"\s+", " ", text))


def decided(client, case_id):
    client.get(f"/intakes/{case_id}")
    client.press("Besluit over vannacht vastleggen", {"overbrugging": "tijdelijke_opvang_vandaag"})
    return flat(client.page.text)


def test_after_the_decision_the_page_says_whom_to_call_and_until_when(at_night, database, people):
    with database.unit_of_work() as session:
        a_place(session, people)
    text = decided(at_night("worker"), a_filed_case(database, people))
    assert f"Een bed is gevraagd en wordt vrijgehouden. Bel nu: De Haven {NIGHT_NUMBER}." in text
    assert "De Haven antwoordt uiterlijk vannacht om 4.00 uur." in text
    assert text.index("Bel nu: De Haven") < text.index("De route die de regels adviseren")
    assert "op werkdagen" not in text


def test_without_a_bed_anywhere_the_page_says_which_desk_to_call(at_night, database, people):
    client = at_night("worker")
    text = decided(client, a_filed_case(database, people))
    assert f"Er is nu nergens een bed vrij. Bel nu: Centraal Onthaal {NIGHT_NUMBER}." in text
    assert "Stuur de persoon niet weg" in text
    client.follow("Kijk wie er nog kan helpen")


def test_the_receiver_reads_the_hour_and_answers_and_the_worker_sees_the_bed(at_night, database, people):
    with database.unit_of_work() as session:
        a_place(session, people)
    case_id = a_filed_case(database, people)
    worker, haven = at_night("worker"), at_night("haven")
    decided(worker, case_id)
    lists = flat(haven.get("/").text)
    assert "vannacht om 4.00 uur" in lists
    haven.get("/verwijzingen")
    haven.follow(next(label for label in haven.page.links() if re.fullmatch(r"\d{4}-\d+", label)))
    assert "Antwoord uiterlijk vannacht om 4.00 uur" in flat(haven.page.text)
    haven.press("Accepteren")
    text = flat(worker.get(f"/intakes/{case_id}").text)
    assert "Er is een bed bij De Haven." in text


def test_danger_to_life_comes_first_and_the_bed_is_asked_beside_it(at_night, database, people):
    with database.unit_of_work() as session:
        a_place(session, people)
        people.register(
            session,
            "crisisdienst",
            Registration(
                kind=OrganisationKind.CRISISDIENST,
                naam="Crisisdienst ggz",
                bereikbaar=Reachable(telefoon="010 555 77 00", nachttelefoon="010 555 77 99"),
            ),
        )
    case_id = a_filed_case(database, people, acuut_gevaar="ja")
    worker = at_night("worker")
    before = flat(worker.get(f"/intakes/{case_id}").text)
    assert "Besluit dan hieronder. Een bed voor vannacht wordt er meteen bij gevraagd" in before
    assert "Nu: eerst hulp bij gevaar 1. Direct gevaar? Bel 112. Anders: bel Crisisdienst ggz 010 555 77 99" in before
    assert before.index("Eerst de crisisdienst") < before.index("Nachtopvang")
    worker.press(worker.page.button_like("Volg het advies"))
    text = flat(worker.page.text)
    assert "2. Een bed is gevraagd en wordt vrijgehouden. Bel nu: De Haven" in text


def test_who_accepts_twice_is_led_back_to_the_referral(at_night, database, people):
    with database.unit_of_work() as session:
        a_place(session, people)
    decided(at_night("worker"), a_filed_case(database, people))
    haven = at_night("haven")
    haven.get("/verwijzingen")
    haven.follow(next(label for label in haven.page.links() if re.fullmatch(r"\d{4}-\d+", label)))
    form = haven.page.form_with("Accepteren")
    haven.press("Accepteren")
    haven.send(form, form.values, status=409)
    assert "Deze verwijzing is intussen geaccepteerd" in haven.page.text
    haven.follow("Terug naar de verwijzing")
    assert "Geaccepteerd" in haven.page.text


def test_after_deciding_about_tonight_alone_the_rest_is_still_to_decide(at_night, database, people):
    with database.unit_of_work() as session:
        a_place(session, people)
    client = at_night("worker")
    text = decided(client, a_filed_case(database, people))
    assert "Opnieuw besluiten" not in text
    assert "Opnieuw verwijzen" not in text
    client.press(client.page.button_like("Volg het advies"))
    assert "Opnieuw besluiten" in client.page.text


def test_a_child_without_a_bed_gets_the_number_of_the_youth_crisis_help_and_an_hour(at_night, database, people):
    with database.unit_of_work() as session:
        for naam, last in (("Crisisdienst ggz", "77"), ("Crisishulp voor jeugd", "88")):
            people.register(
                session,
                naam,
                Registration(
                    kind=OrganisationKind.CRISISDIENST,
                    naam=naam,
                    bereikbaar=Reachable(nachttelefoon=f"010 555 {last} 99"),
                ),
            )
    case_id = a_filed_case(database, people, geboortedatum="2010-04-03", slaapplek_vannacht="geen")
    worker = at_night("worker")
    before = flat(worker.get(f"/intakes/{case_id}").text)
    assert "Bel nu: Crisishulp voor jeugd 010 555 88 99." in before
    assert "Direct gevaar" not in before
    worker.press(worker.page.button_like("Volg het advies"))
    text = flat(worker.page.text)
    assert "Bel nu: Crisishulp voor jeugd 010 555 88 99." in text
    assert "antwoord uiterlijk vannacht om 4.00 uur" in text
    assert "Geen overbrugging" not in text


def test_who_is_asked_for_a_bed_reads_which_bed(at_night, database, people):
    with database.unit_of_work() as session:
        naam = a_place(session, people).naam
    decided(at_night("worker"), a_filed_case(database, people))
    haven = at_night("haven")
    haven.get("/verwijzingen")
    haven.follow(next(label for label in haven.page.links() if re.fullmatch(r"\d{4}-\d+", label)))
    assert f"Plek {naam}" in flat(haven.page.text)
