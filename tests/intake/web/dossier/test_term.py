"""The terms on the page of a case: ticking off, an application, standing still and running on."""

import pytest

from intake.tables.intake import Intake


@pytest.fixture
def case(database, people) -> Intake:
    with database.unit_of_work() as session:
        return people.an_intake(session)


def test_a_worker_ticks_off_what_has_happened(log_in, case):
    client = log_in("worker")
    client.get(f"/intakes/{case.id}")
    for button in ("Er is contact geweest", "Persoonlijk plan ontvangen", "Onderzoek afgerond"):
        client.press(button)
        assert button not in client.page.buttons()
    assert "Het onderzoek is afgerond." in client.page.text


def test_the_decision_term_runs_stands_still_and_runs_on(log_in, case):
    client = log_in("worker")
    client.get(f"/intakes/{case.id}")
    client.press("Onderzoek afgerond")
    client.press("Aanvraag vastleggen")
    assert "Besluit uiterlijk 07-12-2026" in client.page.text
    client.press("Laat de termijn stilstaan", {"opschorten": " "}, status=400)
    assert client.page.by_id("opschorten").get("aria-invalid") == "true"
    client.press("Laat de termijn stilstaan", {"opschorten": "De laatste drie loonstroken."})
    assert "Staat stil" in client.page.text
    client.press("Antwoord ontvangen: termijn loopt weer")
    assert "loopt weer" in client.page.text
    assert "Laat de termijn stilstaan" in client.page.buttons()


@pytest.mark.parametrize("typed", ["31-02-2026", "", "24-11-2026", "01-01-2026", "x" * 5000])
def test_an_application_on_an_impossible_day_is_refused_beside_the_field(log_in, case, typed):
    client = log_in("worker")
    client.get(f"/intakes/{case.id}")
    client.press("Onderzoek afgerond")
    client.press("Aanvraag vastleggen", {"aanvraag": typed}, status=400)
    assert client.page.by_id("aanvraag").get("aria-invalid") == "true"


def test_an_application_before_the_investigation_is_done_says_when_it_can(log_in, case):
    client = log_in("worker")
    client.get(f"/intakes/{case.id}")
    client.press("Aanvraag vastleggen", status=400)
    assert "Een aanvraag kan als het onderzoek klaar is" in client.page.text


def test_a_term_that_is_met_by_a_besluit_is_not_ticked_off(log_in, case):
    client = log_in("worker")
    client.get(f"/intakes/{case.id}")
    form = client.page.form_with("Onderzoek afgerond")
    for kind in ("bezwaar", "niets"):
        client.send(form, {**form.values, "termijn": [kind]}, status=400)


def test_who_only_looks_along_changes_no_term(log_in, case):
    worker = log_in("worker")
    worker.get(f"/intakes/{case.id}")
    worker.press("Stel de vraag", {"vraag": "Past dit wel?"})
    expert = log_in("expert")
    expert.get(f"/intakes/{case.id}")
    assert "Termijnen" in expert.page.text
    assert "Onderzoek afgerond" not in expert.page.buttons()
    assert "Melding intrekken" not in expert.page.buttons()
