"""What a person does with the own account."""

import re
from datetime import timedelta

from flask import Flask

from intake.store.database import Database
from intake.tables.account import Role
from tests.intake.login.browser import PASSWORD, Browser, HandClock, enrol
from tests.intake.region import Region


def change(browser: Browser, present: str, chosen: str):
    data = {"csrf_token": browser.token("/account"), "huidig": present, "nieuw": chosen}
    return browser.client.post("/account/wachtwoord", data=data)


def test_a_new_password_works_and_ends_every_other_session(login_app: Flask):
    here, elsewhere = Browser(login_app.test_client()), Browser(login_app.test_client())
    here.log_in()
    elsewhere.log_in()
    assert change(here, PASSWORD, "een ander rustig woord").status_code == 303
    assert here.client.get("/").status_code == 200
    assert elsewhere.client.get("/").status_code == 303
    assert elsewhere.log_in().status_code == 400
    assert elsewhere.log_in(password="een ander rustig woord").status_code == 303


def test_who_does_not_know_the_present_password_changes_nothing(browser: Browser):
    browser.log_in()
    assert "niet uw huidige wachtwoord" in change(browser, "verkeerd woord", "een ander rustig woord").text
    assert browser.log_in().status_code == 303


def test_a_weak_password_is_refused_with_what_to_do(browser: Browser):
    browser.log_in()
    answer = change(browser, PASSWORD, "welkom123456")
    assert answer.status_code == 400
    assert "Kies een zin" in answer.text


def test_another_browser_can_be_logged_out_and_that_of_another_person_cannot(login_app: Flask):
    here, elsewhere, other = (Browser(login_app.test_client()) for _ in range(3))
    here.log_in()
    elsewhere.log_in()
    other.log_in(name="logbeheerder@voorbeeld.test")
    found = re.findall(r"/account/sessies/([0-9a-f-]{36})/beeindigen", here.client.get("/account").text)
    assert len(found) == 1
    path = f"/account/sessies/{found[0]}/beeindigen"
    assert other.client.post(path, data={"csrf_token": other.token("/account")}).status_code == 404
    assert here.client.post(path, data={"csrf_token": here.token("/account")}).status_code == 303
    assert elsewhere.client.get("/").status_code == 303
    assert other.client.get("/").status_code == 200


def test_who_works_for_two_organisations_chooses_and_cannot_choose_a_third(
    browser: Browser, filled: Database, people: Region
):
    with filled.unit_of_work() as session:
        people.appoint(session, "worker", "onthaal", Role.REGIONALE_TOEGANG)
    browser.log_in()
    token = browser.token("/account")
    for chosen, status in (("haven", 404), ("onthaal", 303)):
        data = {"csrf_token": token, "organisatie": str(people.organisations[chosen])}
        assert browser.client.post("/account/organisatie", data=data).status_code == status
    assert '<span class="page-header__organisation">Centraal Onthaal</span>' in browser.client.get("/account").text


def test_new_recovery_codes_ask_for_a_fresh_second_factor(strict_browser: Browser, clock: HandClock):
    enrol(strict_browser, clock)
    token = strict_browser.token("/account")
    answer = strict_browser.client.post("/account/herstelcodes", data={"csrf_token": token})
    assert len(re.findall(r"<code>", answer.text)) == 10
    clock.moment += timedelta(minutes=6)
    answer = strict_browser.client.post("/account/herstelcodes", data={"csrf_token": token})
    assert answer.location.startswith("/inloggen/code")
