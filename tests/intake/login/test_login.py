"""Logging in with a name and a password: equal answers, throttling, sessions that can be ended."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from intake.store.database import Database
from intake.tables.account import Account
from intake.tables.audit import AuditEvent, Outcome
from intake.tables.login_session import LoginSession
from tests.intake.login.browser import ADDRESS, PASSWORD, Browser, HandClock, an_app, settings
from tests.intake.region import NOW


def test_a_worker_logs_in_and_sees_the_start_page(browser: Browser):
    answer = browser.log_in()
    assert (answer.status_code, answer.location) == (303, "/")
    assert "dag Worker" in browser.client.get("/").text


def test_without_a_login_every_page_leads_to_the_login_page_and_back(browser: Browser):
    answer = browser.client.get("/logboek?bladzijde=2")
    assert answer.status_code == 303
    assert answer.location == "/inloggen?naar=/logboek?bladzijde%3D2"
    assert browser.log_in(naar="/logboek?bladzijde=2").location == "/logboek?bladzijde=2"


@pytest.mark.parametrize(
    "naar",
    [
        "//kwaad.nl",
        "https://kwaad.nl",
        "/\\kwaad.nl",
        "\\\\kwaad.nl",
        "javascript:alert(1)",
        "kwaad",
        "/\t/kwaad.nl",
        "/" * 900,
        "//[",
        "http://[",
    ],
)
def test_after_the_login_nobody_is_sent_to_another_site(browser: Browser, naar: str):
    assert browser.log_in(naar=naar).location == "/"


@pytest.mark.parametrize(("name", "password"), [(ADDRESS, "verkeerd woord"), ("niemand@voorbeeld.test", PASSWORD)])
def test_an_unknown_name_and_a_wrong_password_get_the_same_answer(browser: Browser, name: str, password: str):
    answer = browser.log_in(name=name, password=password)
    assert answer.status_code == 400
    assert "horen niet bij elkaar" in answer.text
    assert name in answer.text
    assert password not in answer.text


def test_a_blocked_account_gets_that_answer_too(browser: Browser, filled: Database):
    with filled.unit_of_work() as session:
        session.scalars(select(Account).where(Account.email == ADDRESS)).one().blocked_at = NOW
    assert "horen niet bij elkaar" in browser.log_in().text


def test_the_sixth_attempt_is_not_looked_at_and_says_when_to_try_again(browser: Browser):
    for _ in range(5):
        assert browser.log_in(password="verkeerd woord").status_code == 400
    answer = browser.log_in()
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 600
    assert "Probeer het over" in answer.text


def test_after_the_wait_that_was_told_it_works_again(browser: Browser, clock: HandClock):
    for _ in range(5):
        browser.log_in(password="verkeerd woord")
    clock.moment += timedelta(seconds=int(browser.log_in().headers["Retry-After"]))
    assert browser.log_in().status_code == 303


def test_a_stranger_who_guesses_elsewhere_keeps_no_colleague_out(login_app: Flask):
    colleague, stranger = Browser(login_app.test_client()), Browser(login_app.test_client())
    assert colleague.log_in().status_code == 303
    stranger.client.environ_base["REMOTE_ADDR"] = "203.0.113.9"
    for _ in range(6):
        last = stranger.log_in(password="verkeerd woord")
    assert last.status_code == 429
    assert colleague.log_in().status_code == 303


def test_of_a_hundred_wrong_passwords_at_once_at_most_five_are_evaluated(login_app: Flask, filled: Database):
    tokens = [Browser(login_app.test_client()) for _ in range(10)]
    for one in tokens:
        one.client.get("/inloggen")

    def guess(number: int) -> int:
        return tokens[number % 10].log_in(password=f"verkeerd woord {number}").status_code

    with ThreadPoolExecutor(10) as pool:
        found = list(pool.map(guess, range(100)))
    assert found.count(400) <= 5
    assert found.count(429) + found.count(400) + found.count(503) == 100
    with filled.session() as session:
        refused = session.scalars(select(AuditEvent).where(AuditEvent.outcome == Outcome.REFUSED)).all()
    assert len(refused) <= 5


def test_every_login_and_every_refusal_is_in_the_log(browser: Browser, filled: Database):
    browser.log_in(password="verkeerd woord")
    browser.log_in()
    with filled.session() as session:
        rows = [(row.outcome, row.detail, row.user_name) for row in session.scalars(select(AuditEvent))]
    assert rows == [(Outcome.REFUSED, "wachtwoord_onjuist", "Worker"), (Outcome.DONE, "wachtwoord", "Worker")]


def test_a_cookie_copied_before_the_log_out_is_dead_after_it(browser: Browser, login_app: Flask):
    browser.log_in()
    copied = browser.cookie()
    token = browser.token("/bewaard")
    answer = browser.client.post("/uitloggen", data={"csrf_token": token})
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    thief = login_app.test_client()
    thief.set_cookie("toegang", copied)
    assert thief.get("/").status_code == 303


def test_the_browser_holds_a_token_that_is_not_in_the_database(browser: Browser, filled: Database):
    browser.log_in()
    with filled.session() as session:
        (held,) = session.scalars(select(LoginSession))
    assert browser.cookie().encode() not in held.token_hash
    assert len(held.token_hash) == 32


def test_a_login_gives_a_new_token_and_ends_the_old_session(browser: Browser, login_app: Flask):
    browser.log_in()
    first = browser.cookie()
    browser.log_in()
    assert browser.cookie() != first
    copy = login_app.test_client()
    copy.set_cookie("toegang", first)
    assert copy.get("/").status_code == 303


@pytest.mark.parametrize("cookie", ["", "x", "a" * 43, "é" * 40, "a" * 5000, "%00"])
def test_a_forged_cookie_is_nobody_and_no_error(login_app: Flask, cookie: str):
    client = login_app.test_client()
    assert client.get("/", headers={"Cookie": f"toegang={cookie}".encode().decode("latin-1")}).status_code == 303


def test_in_production_the_cookie_is_bound_to_this_host_and_to_https(filled: Database, clock: HandClock):
    client = an_app(filled, clock, settings(production=True, second_factor=True)).test_client()
    page = client.get("/inloggen", base_url="https://localhost")
    token = re.search(r'name="csrf_token" value="([0-9a-f]+)"', page.text)
    assert token
    answer = client.post(
        "/inloggen",
        base_url="https://localhost",
        data={"naam": ADDRESS, "wachtwoord": PASSWORD, "csrf_token": token[1]},
    )
    (cookie,) = [header for header in answer.headers.getlist("Set-Cookie") if header.startswith("__Host-toegang=")]
    assert all(part in cookie for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"))
    assert "Domain" not in cookie


def test_a_name_of_a_thousand_signs_and_an_endless_password_are_refused_at_once(browser: Browser):
    assert browser.log_in(name="a" * 1000).status_code == 400
    assert browser.log_in(password="a" * 10_000).status_code == 400
