"""Sessions end by themselves, and what was being typed is not lost."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from intake.login.accounts.account import set_password
from intake.store.database import Database
from intake.tables.account import Account
from tests.intake.login.browser import ADDRESS, Browser, HandClock
from tests.intake.region import NOW


@pytest.mark.parametrize(
    ("steps", "alive"),
    [([29], True), ([31], False), ([29, 29], True), ([-29], True), ([-31], False)],
    ids=["29 minutes", "31 minutes", "working on", "clock a bit back", "clock far back"],
)
def test_a_session_ends_after_half_an_hour_of_nothing(browser: Browser, clock: HandClock, steps, alive):
    browser.log_in()
    for minutes in steps:
        clock.moment += timedelta(minutes=minutes)
        answer = browser.client.get("/")
    assert (answer.status_code == 200) is alive


def test_a_session_ends_after_ten_hours_of_work(browser: Browser, clock: HandClock):
    browser.log_in()
    for _ in range(30):
        clock.moment += timedelta(minutes=20)
        last = browser.client.get("/")
    assert last.status_code == 303


def test_asking_how_long_it_lasts_does_not_make_it_last_and_staying_does(browser: Browser, clock: HandClock):
    browser.log_in()
    clock.moment += timedelta(minutes=28)
    assert browser.client.get("/sessie").json == {"seconden_over": 120, "waarschuwen_bij": 120}
    assert browser.client.get("/sessie").json["seconden_over"] == 120
    token = browser.token("/bewaard")
    clock.moment += timedelta(minutes=28)
    stayed = browser.client.post("/sessie", headers={"X-CSRF-Token": token})
    assert stayed.json == {"seconden_over": 1800}


def test_a_changed_password_and_a_block_end_every_session(browser: Browser, filled: Database):
    browser.log_in()
    with filled.unit_of_work() as session:
        account = session.scalars(select(Account).where(Account.email == ADDRESS)).one()
        set_password(session, account, "een ander rustig woord", now=NOW)
    assert browser.client.get("/").status_code == 303


def test_text_posted_after_the_time_out_is_kept_and_sent_again_after_the_login(browser: Browser, clock: HandClock):
    browser.log_in()
    token = browser.token("/bewaard")
    clock.moment += timedelta(minutes=40)
    story = "Ik sliep in mijn auto.\r\n<b>Twee</b> nachten & meer"
    answer = browser.client.post("/tekst", data={"csrf_token": token, "verhaal": story, "keuze": ["a", "b"]})
    assert answer.location == "/inloggen?naar=/bewaard"
    browser.log_in()
    kept = browser.client.get("/bewaard")
    assert "&lt;b&gt;Twee&lt;/b&gt; nachten &amp; meer" in kept.text
    assert kept.text.count('name="keuze"') == 2
    row = re.search(r'name="bewaard" value="([0-9a-f-]+)"', kept.text)
    assert row
    sent = browser.client.post(
        "/tekst", data={"csrf_token": browser.token("/bewaard"), "verhaal": story, "bewaard": row[1]}
    )
    assert sent.text == f"opgeslagen: {story}"
    assert "Er is niets bewaard" in browser.client.get("/bewaard").text


def test_what_is_kept_lies_sealed_and_is_nobody_elses(browser: Browser, login_app: Flask, clock, filled: Database):
    browser.log_in()
    token = browser.token("/bewaard")
    clock.moment += timedelta(minutes=40)
    browser.client.post("/tekst", data={"csrf_token": token, "verhaal": "kanarie-tekst"})
    other = Browser(login_app.test_client())
    other.log_in(name="logbeheerder@voorbeeld.test")
    assert "kanarie" not in other.client.get("/bewaard").text
    with filled.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT sealed FROM typed_text").all()
    assert len(rows) == 1
    assert b"kanarie" not in bytes(rows[0][0])


def test_a_forged_page_is_not_kept(browser: Browser, clock: HandClock, filled: Database):
    browser.log_in()
    clock.moment += timedelta(minutes=40)
    browser.client.post("/tekst", data={"csrf_token": "0" * 64, "verhaal": "nep"})
    with filled.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM typed_text").scalar() == 0
