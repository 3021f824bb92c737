"""Emergency access on the pages, and who looked at a file."""

import pytest
from sqlalchemy import select

from intake.tables.audit import AuditEvent, Outcome
from intake.tables.message import Message
from tests.intake.serving import PASSWORD

GIVEN = {"soort": "medisch", "wachtwoord": PASSWORD}
REASON = "De cliënt is bewusteloos gevonden; wij moeten weten welke zorg er loopt."


@pytest.fixture
def case(database, people):
    with database.unit_of_work() as session:
        made = people.an_intake(session, achternaam="Zonderlingsma", verhaal="Zonderlingsma sliep buiten.")
        return made.id, made.reference


def test_the_privacy_officer_hears_of_it_at_once_and_looks_at_it(log_in, database, people, case):
    stranger = log_in("stranger")
    stranger.get("/doorbreken")
    stranger.press("Openen met spoed", {"nummer": case[1], **GIVEN, "reden": REASON})
    assert stranger.page.title == f"Intake {case[1]}, met spoed"
    fg = log_in("fg")
    assert "opende deze intake met spoed" in fg.get("/").text
    page = fg.get("/logboek/doorbreken")
    assert REASON in page.text
    assert "Kan nu lezen" in page.text
    fg.press("Gezien")
    assert "Nog niet gezien" not in fg.page.text
    fg.press("Beëindig nu")
    stranger.get(f"/intakes/{case[0]}", status=404)
    with database.session() as session:
        assert session.scalars(select(Message.account_id)).all().count(people.accounts["fg"]) == 1
    assert REASON not in log_in("fg_b").get("/logboek/doorbreken").text


def test_the_client_reads_who_opened_it_and_why(log_in, case):
    stranger = log_in("stranger")
    stranger.get("/doorbreken")
    stranger.press("Openen met spoed", {"nummer": case[1], **GIVEN, "reden": REASON})
    text = log_in("leader").get(f"/intakes/{case[0]}/wie-keek").text
    assert REASON in text
    assert "Stranger, wijkteammedewerker van Wijkteam Centrum" in text
    assert "Diende de intake in" in text
    assert "werkt bij de gemeente die het dossier heeft" in text


def test_who_looked_is_for_the_leader_and_the_privacy_officer_of_the_gemeente(log_in, case):
    path = f"/intakes/{case[0]}/wie-keek"
    for name, status in (("leader", 200), ("fg", 200), ("worker", 403), ("fg_b", 404), ("haven", 403)):
        log_in(name).get(path, status=status)
    log_in("leader").get(f"{path}?van=2020-01-01&tot=2020-02-01")
    log_in("leader").get(f"{path}?van=gisteren")


def test_a_refused_attempt_leaves_the_client_unseen_and_is_logged(log_in, database, case):
    client = log_in("stranger")
    client.get("/doorbreken")
    client.press("Openen met spoed", {"nummer": case[1], **GIVEN, "reden": "Kort."}, status=400)
    client.press("Openen met spoed", {"nummer": "2026-000000", **GIVEN, "reden": REASON}, status=400)
    assert REASON in client.page.by_id("reden").text
    with database.session() as session:
        query = select(AuditEvent.detail).where(
            AuditEvent.action == "intake:doorbreken", AuditEvent.outcome == Outcome.REFUSED
        )
        assert session.scalars(query).all() == ["nummer_onbekend"]


def test_numbers_cannot_be_tried_one_after_another(log_in):
    client = log_in("stranger")
    client.get("/doorbreken")
    for number in range(5):
        client.press("Openen met spoed", {"nummer": f"2026-{number:06}", **GIVEN, "reden": REASON}, status=400)
    client.press("Openen met spoed", {"nummer": "2026-999999", **GIVEN, "reden": REASON}, status=429)


def test_only_who_works_with_clients_can(log_in):
    for name in ("haven", "expert", "beheerder", "logbeheerder", "fg"):
        log_in(name).get("/doorbreken", status=403)


def test_who_does_not_know_the_password_opens_nothing(log_in, case):
    client = log_in("stranger")
    client.get("/doorbreken")
    given = {"nummer": case[1], **GIVEN, "wachtwoord": "geraden woord", "reden": REASON}
    client.press("Openen met spoed", given, status=400)
    assert "Dit is niet uw wachtwoord." in client.page.text
    assert REASON in client.page.by_id("reden").text


def test_without_saying_what_is_the_matter_nothing_opens(log_in, case):
    client = log_in("stranger")
    client.get("/doorbreken")
    client.press("Openen met spoed", {"nummer": case[1], "wachtwoord": PASSWORD, "reden": REASON}, status=400)
    assert "Kies wat er aan de hand is." in client.page.text


def test_the_worker_of_the_case_hears_of_it_and_is_named_to_who_opens_it(log_in, case):
    stranger = log_in("stranger")
    stranger.get("/doorbreken")
    stranger.press("Openen met spoed", {"nummer": case[1], **GIVEN, "reden": REASON})
    assert "Bel voor al het andere de vaste medewerker: Worker, 010 555 01 00" in stranger.page.text
    assert "opende deze intake met spoed" in log_in("worker").page.text
