"""Passkeys: each challenge for one purpose in one browser and good once; each passkey of one person at one site."""

import re
from datetime import timedelta

import pyotp
import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from intake.login.accounts.account import block
from intake.login.factors import totp
from intake.store.database import Database
from intake.tables.account import Account
from intake.tables.audit import AuditEvent
from intake.tables.passkey import Passkey
from tests.intake.login.browser import ADDRESS, Browser, HandClock, an_app, enrol, settings
from tests.intake.login.passkeys.authenticator import Device, text_of
from tests.intake.login.sso.linked import Sso
from tests.intake.region import NOW

KEEPER = "logbeheerder@voorbeeld.test"


@pytest.fixture
def site(filled: Database, clock: HandClock) -> Flask:
    """At an address with a name, as browsers want it."""
    return an_app(filled, clock, settings(second_factor=True, base_url="http://localhost"))


@pytest.fixture
def here(site: Flask) -> Browser:
    return Browser(site.test_client())


@pytest.fixture
def device() -> Device:
    return Device()


@pytest.fixture
def kept(here: Browser, device: Device, clock: HandClock, filled: Database) -> Device:
    """A device that is known as the worker's, and knows it."""
    add(here, clock, device)
    owner(device, filled)
    return device


def challenge(browser: Browser, path: str) -> str:
    found = re.search(r'data-challenge="([\w-]+)"', browser.client.get(path).text)
    assert found, path
    return found[1]


def add(browser: Browser, clock: HandClock, device: Device, name: str = ADDRESS) -> None:
    """The person sets up an login_app, and then this device."""
    enrol(browser, clock, name)
    asked = challenge(browser, "/account/passkeys/nieuw")
    answer = send_new(browser, device.make(asked))
    assert answer.status_code == 303, answer.text


def send_new(browser: Browser, answer: str, naam: str = "Laptop") -> TestResponse:
    data = {"csrf_token": browser.token("/account/passkeys/nieuw"), "antwoord": answer, "naam": naam}
    return browser.client.post("/account/passkeys", data=data)


def log_in(browser: Browser, device: Device, asked: str | None = None, **telling: str) -> TestResponse:
    """With the passkey and nothing else."""
    shown = device.show(challenge(browser, "/inloggen") if asked is None else asked, **telling)
    return browser.client.post("/inloggen/passkey", data={"csrf_token": browser.token(), "antwoord": shown})


def second(browser: Browser, device: Device, asked: str | None = None) -> TestResponse:
    """The passkey after the password."""
    shown = device.show(asked or challenge(browser, "/inloggen/code"))
    data = {"csrf_token": browser.token("/inloggen/code"), "antwoord": shown}
    return browser.client.post("/inloggen/code/passkey", data=data)


def owner(device: Device, database: Database, name: str = ADDRESS) -> None:
    """The device knows whose passkey it is."""
    with database.unit_of_work() as session:
        device.user_handle = session.scalars(select(Account.id).where(Account.email == name)).one().bytes


def test_a_passkey_with_a_fingerprint_is_a_login_of_its_own(site: Flask, kept: Device, filled: Database):
    later = Browser(site.test_client())
    answer = log_in(later, kept)
    assert (answer.status_code, answer.location) == (303, "/")
    assert "dag Worker" in later.client.get("/").text
    with filled.unit_of_work() as session:
        kept = session.scalars(select(Passkey)).one()
        assert (kept.naam, kept.sign_count) == ("Laptop", 1)
        assert {"passkey_toegevoegd", "passkey"} <= set(session.scalars(select(AuditEvent.detail)))


def test_a_passkey_is_a_second_factor_beside_the_app(site: Flask, here: Browser, device: Device, clock: HandClock):
    add(here, clock, device)
    device.verified = False
    later = Browser(site.test_client())
    later.log_in()
    half = later.cookie()
    assert later.client.get("/").status_code == 303
    assert second(later, device).status_code == 303
    assert "dag Worker" in later.client.get("/").text
    assert later.cookie() != half


def test_without_a_fingerprint_or_pin_a_passkey_is_no_login_of_its_own(site: Flask, kept: Device):
    kept.verified = False
    assert log_in(Browser(site.test_client()), kept).status_code == 400


LIES = {
    "another origin": {"origin": "http://kwaad.nl"},
    "another site": {"host": "kwaad.nl"},
    "a count that does not grow": {"count": -1},
    "of somebody else": {"user_handle": bytes(16)},
    "of nobody": {"user_handle": b""},
    "unknown": {"credential_id": b"een andere"},
}


@pytest.mark.parametrize("telling", LIES.values(), ids=list(LIES))
def test_an_answer_that_is_not_right_lets_nobody_in(site: Flask, kept: Device, telling: dict):
    kept.count = 5
    assert log_in(Browser(site.test_client()), kept).status_code == 303
    for name, value in telling.items():
        setattr(kept, name, value)
    later = Browser(site.test_client())
    answer = log_in(later, kept)
    assert answer.status_code == 400
    assert "lukte niet" in answer.text
    assert later.client.get("/").status_code == 303


def test_another_key_does_not_prove_it(site: Flask, kept: Device):
    kept.key = Device().key
    assert log_in(Browser(site.test_client()), kept).status_code == 400


def test_a_challenge_is_ours_for_one_thing_in_one_browser_for_half_an_hour(site: Flask, kept: Device, clock: HandClock):
    later, other = Browser(site.test_client()), Browser(site.test_client())
    assert log_in(later, kept, text_of(b"x" * 40)).status_code == 400
    assert log_in(later, kept, "").status_code == 400
    assert log_in(later, kept, challenge(other, "/inloggen")).status_code == 400
    assert log_in(later, kept, kind="webauthn.create").status_code == 400
    old = challenge(later, "/inloggen")
    clock.moment += timedelta(minutes=31)
    assert log_in(later, kept, old).status_code == 400
    assert log_in(later, kept).status_code == 303


def test_a_challenge_for_a_second_factor_is_not_one_for_a_login(site: Flask, kept: Device):
    later = Browser(site.test_client())
    later.log_in()
    asked = challenge(later, "/inloggen/code")
    data = {"csrf_token": later.token("/inloggen/code"), "antwoord": kept.show(asked)}
    assert later.client.post("/inloggen/passkey", data=data).status_code == 400


def test_an_answer_counts_once_also_when_the_device_does_not_count(site: Flask, kept: Device):
    later = Browser(site.test_client())
    kept.count = -1
    shown = kept.show(challenge(later, "/inloggen"))
    data = {"csrf_token": later.token(), "antwoord": shown}
    assert later.client.post("/inloggen/passkey", data=data).status_code == 303
    seed = later.client.get_cookie("toegang_formulier")
    assert seed
    thief = Browser(site.test_client())
    thief.client.set_cookie("toegang_formulier", seed.value)
    assert thief.client.post("/inloggen/passkey", data=data).status_code == 400
    assert thief.client.get("/").status_code == 303


def test_the_passkey_of_another_person_is_no_second_factor(site: Flask, kept: Device, clock: HandClock):
    other_device = Device(credential_id=b"van de logbeheerder")
    add(Browser(site.test_client()), clock, other_device, KEEPER)
    later = Browser(site.test_client())
    later.log_in()
    assert second(later, other_device).status_code == 400
    assert later.client.get("/").status_code == 303
    assert second(later, kept).status_code == 303


@pytest.mark.parametrize("answer", ["", "{", "[]", "{}", '{"response": 3}', '{"rawId": "é"}', "[" * 9000, "x" * 30_000])
def test_nonsense_is_refused(here: Browser, answer: str):
    data = {"csrf_token": here.token(), "antwoord": answer}
    assert here.client.post("/inloggen/passkey", data=data).status_code == 400


def test_a_blocked_account_does_not_come_in_with_its_passkey(site: Flask, kept: Device, filled: Database):
    with filled.unit_of_work() as session:
        block(session, session.scalars(select(Account).where(Account.email == ADDRESS)).one(), now=NOW)
    assert log_in(Browser(site.test_client()), kept).status_code == 400


def test_who_must_come_in_through_the_organisation_has_no_passkey_for_it(site, here, device, clock, sso: Sso):
    add(here, clock, device)
    owner(device, sso.database)
    with sso.database.unit_of_work() as session:
        keeper = session.scalars(select(Account.id).where(Account.email == KEEPER)).one()
    sso.change(obliged=True, emergency_account_id=keeper)
    assert log_in(Browser(site.test_client()), device).status_code == 400


def test_adding_and_removing_ask_for_a_fresh_second_factor(here: Browser, device: Device, clock: HandClock, filled):
    add(here, clock, device)
    with filled.unit_of_work() as session:
        kept = session.scalars(select(Passkey.id)).one()
    page, token = f"/account/passkeys/{kept}/verwijderen", here.token("/account")
    clock.moment += timedelta(minutes=6)
    assert here.client.get("/account/passkeys/nieuw").location == "/inloggen/code?naar=/account/passkeys/nieuw"
    assert here.client.post(page, data={"csrf_token": token}).location.startswith("/inloggen/code")
    assert second(here, device).status_code == 303
    assert here.client.post(page, data={"csrf_token": here.token("/account")}).status_code == 303
    assert "Laptop" not in here.client.get("/account").text
    assert here.client.post(page, data={"csrf_token": here.token("/account")}).status_code == 404


def test_without_an_app_no_passkey_is_added(here: Browser):
    here.log_in()
    assert here.client.get("/account/passkeys/nieuw").status_code == 303


def test_the_same_passkey_is_added_once_and_an_eleventh_not_at_all(here: Browser, device: Device, clock):
    add(here, clock, device)
    assert send_new(here, device.make(challenge(here, "/account/passkeys/nieuw"))).status_code == 400
    for number in range(9):
        other = Device(credential_id=f"apparaat {number}".encode())
        assert send_new(here, other.make(challenge(here, "/account/passkeys/nieuw"))).status_code == 303
    answer = send_new(here, Device(credential_id=b"elf").make(challenge(here, "/account/passkeys/nieuw")))
    assert "al 10 passkeys" in answer.text


def test_a_lost_phone_takes_the_passkeys_with_it(here: Browser, device: Device, clock, filled: Database):
    add(here, clock, device)
    with filled.unit_of_work() as session:
        totp.forget(session, session.scalars(select(Account).where(Account.email == ADDRESS)).one())
    with filled.unit_of_work() as session:
        assert not session.scalars(select(Passkey)).all()


def test_the_app_still_works_beside_a_passkey(site: Flask, here: Browser, device: Device, clock: HandClock):
    secret, _ = enrol(here, clock)
    send_new(here, device.make(challenge(here, "/account/passkeys/nieuw")))
    clock.moment += timedelta(minutes=1)
    later = Browser(site.test_client())
    later.log_in()
    data = {"csrf_token": later.token("/inloggen/code"), "code": pyotp.TOTP(secret).at(clock.moment)}
    assert later.client.post("/inloggen/code", data=data).status_code == 303


def test_at_an_address_without_a_name_nobody_is_asked_for_a_passkey(browser: Browser):
    assert "data-challenge" not in browser.client.get("/inloggen").text
    assert browser.client.post("/inloggen/passkey", data={"csrf_token": browser.token()}).status_code == 404


def test_guessing_passkeys_ends(here: Browser):
    data = {"csrf_token": here.token(), "antwoord": "{}"}
    answers = [here.client.post("/inloggen/passkey", data=data).status_code for _ in range(42)]
    assert answers == [400] * 40 + [429] * 2
