"""What was typed on the page in hand comes back to who typed it, however the session was lost; and to nobody else."""

import re
from datetime import timedelta

import pyotp
import pytest
from flask import Blueprint, Flask, request

from intake.access.action import Action
from intake.store.database import Database
from intake.web.frame.access import action
from tests.intake.login.browser import Browser, HandClock, an_app, enrol, give_code, settings

STORY = "Ik sliep drie nachten in mijn auto."
OTHER = "logbeheerder@voorbeeld.test"


@pytest.fixture
def page(browser: Browser) -> dict[str, str]:
    """A page of this session, with what was typed on it."""
    browser.log_in()
    return {"csrf_token": browser.token("/bewaard"), "verhaal": STORY}


def rows(filled: Database) -> int:
    with filled.engine.connect() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM typed_text").scalar_one())


def test_it_survives_a_log_out_in_another_window_of_the_browser(browser: Browser, page):
    browser.client.post("/uitloggen", data={"csrf_token": page["csrf_token"]})
    assert browser.cookie() == ""
    assert browser.client.post("/tekst", data=page).location == "/inloggen?naar=/bewaard"
    browser.log_in()
    assert STORY in browser.client.get("/bewaard").text


def test_it_survives_that_the_same_person_logged_in_anew_in_another_window(browser: Browser, page):
    browser.log_in()
    assert browser.client.post("/tekst", data=page).location == "/bewaard"
    assert STORY in browser.client.get("/bewaard").text


def test_it_waits_for_its_owner_when_somebody_else_logged_in_meanwhile(browser: Browser, page):
    browser.log_in(name=OTHER)
    answer = browser.client.post("/tekst", data=page)
    assert answer.status_code == 400
    assert "bewaard voor wie de pagina opende" in answer.text
    assert STORY not in browser.client.get("/bewaard").text
    browser.log_in()
    assert STORY in browser.client.get("/bewaard").text


def test_nobody_throws_away_what_is_kept_for_another(browser: Browser, page):
    browser.log_in(name=OTHER)
    browser.client.post("/tekst", data=page)
    browser.log_in()
    found = re.search(r'name="bewaard" value="([0-9a-f-]{36})"', browser.client.get("/bewaard").text)
    assert found
    kept = found[1]
    browser.log_in(name=OTHER)
    token = browser.token("/bewaard")
    browser.client.post(f"/bewaard/{kept}/weggooien", data={"csrf_token": token})
    browser.client.post("/tekst", data={"csrf_token": token, "bewaard": kept, "verhaal": "x"})
    browser.log_in()
    assert STORY in browser.client.get("/bewaard").text


def test_it_is_not_kept_for_ever_after_the_session(browser: Browser, page, clock: HandClock, filled: Database):
    clock.moment += timedelta(hours=11)
    browser.log_in()
    assert browser.client.post("/tekst", data=page).status_code == 400
    assert rows(filled) == 0


@pytest.mark.parametrize("forged", ["0" * 64, "0" * 96, "x" * 96, "é" * 96, ""])
def test_a_page_that_names_a_session_without_its_token_is_not_kept(browser: Browser, page, filled, forged: str):
    browser.log_in(name=OTHER)
    tail = page["csrf_token"][64:] if forged == "0" * 64 else ""
    assert browser.client.post("/tekst", data={**page, "csrf_token": forged + tail}).status_code == 400
    assert rows(filled) == 0


def test_a_page_of_another_site_is_not_kept_whatever_it_holds(browser: Browser, page, filled: Database):
    browser.log_in()
    answer = browser.client.post("/tekst", data=page, headers={"Origin": "https://kwaad.nl"})
    assert (answer.status_code, rows(filled)) == (400, 0)


def test_a_password_is_never_kept(browser: Browser, page, clock: HandClock, filled: Database):
    clock.moment += timedelta(minutes=40)
    data = {"csrf_token": page["csrf_token"], "huidig": "rustig lopende beek", "nieuw": "een ander rustig woord"}
    assert browser.client.post("/account/wachtwoord", data=data).status_code == 303
    assert rows(filled) == 0


def test_what_needs_a_fresh_factor_keeps_what_was_typed_and_goes_on_with_it(filled: Database, clock: HandClock):
    extra = Blueprint("proef", __name__)

    @extra.post("/beoordelen")
    @action(Action.REVIEW_AUDIT)
    def review() -> str:
        return f"beoordeeld: {request.form['toelichting']}"

    login_app: Flask = an_app(filled, clock, settings(second_factor=True), extra)
    keeper = Browser(login_app.test_client())
    secret, _ = enrol(keeper, clock, name=OTHER)
    data = {"csrf_token": keeper.token("/bewaard"), "toelichting": STORY}
    assert keeper.client.post("/beoordelen", data=data).text == f"beoordeeld: {STORY}"
    clock.moment += timedelta(minutes=6)
    assert keeper.client.post("/beoordelen", data=data).location == "/inloggen/code?naar=/bewaard"
    give_code(keeper, pyotp.TOTP(secret).at(clock.moment))
    kept = keeper.client.get("/bewaard").text
    assert STORY in kept
    assert 'action="/beoordelen"' in kept
    again = {"csrf_token": keeper.token("/bewaard"), "toelichting": STORY}
    assert keeper.client.post("/beoordelen", data=again).text == f"beoordeeld: {STORY}"
