"""Deciding on the page of a case: following, deviating, and tonight apart."""

from dataclasses import replace

import pytest

from intake.access.act import Act
from intake.besluit import taking
from intake.case import decisions
from tests.intake.region import CLOCK


def test_following_the_advice_is_one_press(log_in, case):
    client = log_in("worker")
    client.get(f"/intakes/{case.id}")
    client.press(client.page.button_like("Volg het advies"))
    assert "Volgt het advies" in client.page.text
    assert "Worker, wijkteammedewerker, namens" in client.page.text
    assert "Wordt gemaakt" in client.page.text


def test_who_decides_after_a_colleague_did_sees_that_first(log_in, database, people, case):
    late = log_in("worker")
    late.get(f"/intakes/{case.id}")
    with database.unit_of_work() as session:
        colleague = replace(people.actor(session), account_id=people.accounts["desk"])
        taking.follow(Act(session, colleague, CLOCK), case.id)
    late.press(late.page.button_like("Volg het advies"), status=409)
    assert "Iemand anders besloot" in late.page.text
    with database.session() as session:
        assert len(decisions.besluiten_of(session, case.id)) == 1
    late.press("Besluit over vannacht vastleggen")
    with database.session() as session:
        assert len(decisions.besluiten_of(session, case.id)) == 2


def test_deviating_asks_for_the_reason_and_keeps_what_was_chosen(log_in, case):
    client = log_in("worker")
    client.get(f"/intakes/{case.id}")
    client.press("Besluit vastleggen met deze reden", {"voorziening": "nachtopvang", "reden": " "}, status=400)
    assert client.page.by_id("reden").get("aria-invalid") == "true"
    client.press("Besluit vastleggen met deze reden", {"reden": "Hij wil alleen een bed voor de nacht."})
    assert "Wijkt af van het advies" in client.page.text
    assert "Hij wil alleen een bed voor de nacht." in client.page.text
    assert "Nachtopvang" in client.page.text


def test_tonight_can_be_decided_while_the_expertise_function_looks(log_in, case):
    client = log_in("worker")
    client.get(f"/intakes/{case.id}")
    client.press("Stel de vraag", {"vraag": "Past dit wel?"})
    assert "Wacht op beoordeling" in client.page.text
    client.press("Besluit over vannacht vastleggen")
    assert "Over vannacht: Er komt vandaag nog een plek" in client.page.text


def test_nothing_is_decided_that_the_list_does_not_offer(log_in, database, case):
    client = log_in("worker")
    form = client.get(f"/intakes/{case.id}").form_with("Besluit over vannacht vastleggen")
    client.send(form, {**form.values, "doe": ["vannacht"], "overbrugging": ["<b>verzonnen</b>"]}, status=400)
    with database.session() as session:
        assert not decisions.besluiten_of(session, case.id)


@pytest.mark.parametrize("what", ["", "volg", "VOLGEN"])
def test_a_post_that_names_no_decision_decides_nothing(log_in, database, case, what):
    client = log_in("worker")
    client.get(f"/intakes/{case.id}")
    form = client.page.form_with(client.page.button_like("Volg het advies"))
    client.send(form, {**form.values, "doe": [what]}, status=400)
    assert "Volgt het advies" not in client.get(f"/intakes/{case.id}").text
