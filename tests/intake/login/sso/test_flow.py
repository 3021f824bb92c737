"""Logging in through an identity provider, over real HTTP: the way there and back, and a provider that may lie."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask

from intake.login.reaching import fetch
from intake.login.reaching.directory import Directory
from intake.login.reaching.fetch import Fetcher, ProviderFailed
from tests.intake.login.browser import Browser, HandClock
from tests.intake.login.sso.identity_provider import CLIENT_ID, SECRET, a_key, moment
from tests.intake.login.sso.linked import Sso, a_provider, let_nobody_in, path_of
from tests.intake.region import NOW


def test_a_worker_comes_in_with_the_account_of_the_work(browser: Browser, sso: Sso):
    answer = sso.log_in(browser, "?naar=/logboek?bladzijde%3D2")
    assert (answer.status_code, answer.location) == (303, "/logboek?bladzijde=2")
    assert "dag Worker" in browser.client.get("/").text
    assert sso.idp.secret_seen == SECRET


def test_the_way_there_asks_a_code_with_pkce_state_and_nonce(browser: Browser, sso: Sso):
    asked = {name: values[0] for name, values in parse_qs(urlsplit(sso.begin(browser)).query).items()}
    assert asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256"
    assert asked["scope"] == "openid"
    assert asked["redirect_uri"] == f"http://127.0.0.1:8000/inloggen/organisatie/{sso.id}/terug"
    assert min(len(asked[name]) for name in ("state", "nonce", "code_challenge")) == 43


@pytest.mark.parametrize("naar", ["//kwaad.nl", "https://kwaad.nl", "/\\kwaad.nl", "javascript:alert(1)"])
def test_after_the_login_nobody_is_sent_to_another_site(browser: Browser, sso: Sso, naar: str):
    assert sso.log_in(browser, f"?naar={naar}").location == "/"


LIES = {
    "wrong nonce": {"nonce": "een andere"},
    "no nonce": {"nonce": None},
    "wrong iss": {"iss": "https://kwaad.nl"},
    "list of iss": {"iss": ["https://kwaad.nl", "x"]},
    "wrong aud": {"aud": "een ander"},
    "two aud without azp": {"aud": [CLIENT_ID, "een ander"]},
    "wrong azp": {"azp": "een ander"},
    "no aud": {"aud": None},
    "no sub": {"sub": None},
    "sub is a number": {"sub": 12},
    "long sub": {"sub": "x" * 256},
    "no exp": {"exp": None},
    "exp is text": {"exp": "morgen"},
    "no iat": {"iat": None},
    "iat is yes": {"iat": True},
}


@pytest.mark.parametrize("claims", LIES.values(), ids=list(LIES))
def test_an_id_token_that_is_not_right_lets_nobody_in(browser: Browser, sso: Sso, claims: dict):
    sso.idp.claims = claims
    let_nobody_in(sso.log_in(browser), browser)


@pytest.mark.parametrize(
    "seconds",
    [{"exp": -61}, {"iat": -601, "exp": 60}, {"iat": 120}, {"nbf": 120}, {"auth_time": 120}],
    ids=str,
)
def test_an_id_token_of_another_time_lets_nobody_in(browser: Browser, sso: Sso, clock: HandClock, seconds: dict):
    sso.idp.claims = {name: moment(clock, value) for name, value in seconds.items()}
    let_nobody_in(sso.log_in(browser), browser)


def test_an_id_token_that_nobody_signed_lets_nobody_in(browser: Browser, sso: Sso):
    sso.idp.header = {"alg": "none"}
    let_nobody_in(sso.log_in(browser), browser)


def test_the_public_key_is_no_secret_to_sign_with(browser: Browser, sso: Sso):
    sso.idp.shared_secret = sso.idp.key.as_pem(private=False)
    sso.idp.header = {"alg": "HS256"}
    let_nobody_in(sso.log_in(browser), browser)


def test_an_id_token_signed_by_another_lets_nobody_in(browser: Browser, sso: Sso):
    sso.idp.signing_key = a_key("vreemd")
    let_nobody_in(sso.log_in(browser), browser)


def test_keys_that_are_too_short_or_shared_are_passed_over(browser: Browser, sso: Sso):
    short = {"kty": "RSA", "kid": "een", "e": "AQAB", "n": "w" * (1024 // 6)}
    sso.idp.published = [{"kty": "oct", "k": "AAAA", "kid": "een"}, short, {"kty": "RSA"}, {"kty": "EC", "kid": "een"}]
    let_nobody_in(sso.log_in(browser), browser)


def test_a_provider_changes_its_keys_while_people_log_in(login_app: Flask, sso: Sso, clock: HandClock):
    assert sso.log_in(Browser(login_app.test_client())).status_code == 303
    sso.idp.key = a_key("twee")
    clock.moment += timedelta(minutes=2)
    assert sso.log_in(Browser(login_app.test_client())).status_code == 303
    assert sso.idp.asked.count("/sleutels") == 2
    assert sso.idp.asked.count("/.well-known/openid-configuration") == 1


def test_unknown_keys_do_not_make_us_ask_again_and_again(login_app: Flask, sso: Sso):
    assert sso.log_in(Browser(login_app.test_client())).status_code == 303
    sso.idp.header = {"kid": "bestaat niet"}
    for _ in range(5):
        assert sso.log_in(Browser(login_app.test_client())).status_code == 502
    assert sso.idp.asked.count("/sleutels") == 1


def test_an_answer_counts_once_and_only_in_the_browser_that_asked(login_app: Flask, browser: Browser, sso: Sso):
    back = path_of(sso.idp.log_in(sso.begin(browser)))
    cookie = browser.client.get_cookie("toegang_sso")
    assert cookie
    let_nobody_in((thief := Browser(login_app.test_client())).client.get(back), thief, 400)
    assert browser.client.get(back).status_code == 303
    again = Browser(login_app.test_client())
    again.client.set_cookie("toegang_sso", cookie.value)
    let_nobody_in(again.client.get(back), again, 400)


@pytest.mark.parametrize("said", [{"state": "een andere"}, {"state": ""}, {"state": "é\ud800"[:1]}], ids=str)
def test_an_answer_with_another_state_lets_nobody_in(browser: Browser, sso: Sso, said: dict):
    let_nobody_in(sso.log_in(browser, said=said), browser, 400)


def test_an_answer_of_another_provider_lets_nobody_in(browser: Browser, sso: Sso):
    let_nobody_in(sso.log_in(browser, said={"iss": "https://kwaad.nl"}), browser)


def test_an_answer_on_the_address_of_another_provider_lets_nobody_in(browser: Browser, sso: Sso):
    with sso.database.unit_of_work() as session:
        other = a_provider(session, sso.people, sso.idp.url, "rotterdam").id
    back = path_of(sso.idp.log_in(sso.begin(browser))).replace(str(sso.id), str(other))
    let_nobody_in(browser.client.get(back), browser, 400)


def test_a_login_that_took_too_long_begins_again(browser: Browser, sso: Sso, clock: HandClock):
    back = path_of(sso.idp.log_in(sso.begin(browser)))
    clock.moment += timedelta(minutes=16)
    let_nobody_in(browser.client.get(back), browser, 400)


def test_a_code_that_was_used_lets_nobody_in(browser: Browser, sso: Sso):
    back = path_of(sso.idp.log_in(sso.begin(browser)))
    sso.idp.codes.clear()
    let_nobody_in(browser.client.get(back), browser)


def test_who_is_refused_at_the_provider_reads_so(browser: Browser, sso: Sso):
    answer = sso.log_in(browser, said={"error": "access_denied", "error_description": "<b>kwaad</b>"})
    let_nobody_in(answer, browser, 400)
    assert "afgebroken" in answer.text
    assert "kwaad" not in answer.text


FAILURES = {
    "no json": {"token_body": b"<html>"},
    "a list": {"token_body": b"[]"},
    "no token": {"token_body": b"{}"},
    "a number": {"token_body": b'{"id_token": 3}'},
    "nonsense": {"token_body": json.dumps({"id_token": "a.b.c"}).encode()},
    "a long token": {"token_body": json.dumps({"id_token": "a" * 20_000}).encode()},
    "too much": {"token_body": b'{"a": "' + b"x" * 300_000 + b'"}'},
    "deep": {"token_body": b"[" * 100_000},
    "broken": {"token_status": 500},
    "sent on": {"token_status": 302},
}


@pytest.mark.parametrize("telling", FAILURES.values(), ids=list(FAILURES))
def test_a_provider_that_answers_badly_gives_a_clear_page(browser: Browser, sso: Sso, telling: dict):
    for name, value in telling.items():
        setattr(sso.idp, name, value)
    answer = sso.log_in(browser)
    let_nobody_in(answer, browser)
    assert "De inlogdienst van uw organisatie antwoordt niet" in answer.text


@pytest.mark.parametrize(
    "metadata",
    [
        {"issuer": "https://kwaad.nl"},
        {"authorization_endpoint": "http://kwaad.nl/inloggen"},
        {"token_endpoint": "file:///etc/passwd"},
        {"jwks_uri": "http://169.254.169.254/"},
        {"jwks_uri": None},
        {"end_session_endpoint": "javascript:alert(1)"},
    ],
    ids=str,
)
def test_addresses_without_tls_or_of_another_are_not_used(browser: Browser, sso: Sso, metadata: dict):
    sso.idp.metadata = metadata
    let_nobody_in(browser.client.get(f"/inloggen/organisatie/{sso.id}"), browser)


def test_a_provider_that_sends_us_elsewhere_is_not_followed(browser: Browser, sso: Sso):
    sso.idp.redirect_to = f"{sso.idp.url}/elders"
    let_nobody_in(browser.client.get(f"/inloggen/organisatie/{sso.id}"), browser)
    assert "/elders" not in sso.idp.asked


def test_a_provider_that_is_not_there_is_left_alone_for_a_moment(browser: Browser, sso: Sso, clock: HandClock):
    sso.idp.metadata = {"issuer": "kapot"}
    for _ in range(4):
        assert browser.client.get(f"/inloggen/organisatie/{sso.id}").status_code == 502
    assert len(sso.idp.asked) == 1
    sso.idp.metadata = {}
    clock.moment += timedelta(seconds=16)
    assert sso.log_in(browser).status_code == 303


@pytest.mark.parametrize("telling", [{"slow_seconds": 0.6}, {"drip_seconds": 0.05}], ids=["silent", "dripping"])
def test_a_slow_provider_is_not_waited_for(sso: Sso, monkeypatch: pytest.MonkeyPatch, telling: dict):
    monkeypatch.setattr(fetch, "READ_SECONDS", 0.3)
    monkeypatch.setattr(fetch, "WHOLE_SECONDS", 0.5)
    for name, value in telling.items():
        setattr(sso.idp, name, value)
    with pytest.raises(ProviderFailed, match="antwoordt niet"):
        Fetcher(loopback=True).get(f"{sso.idp.url}/sleutels")


def test_one_login_asks_a_provider_and_the_others_wait(sso: Sso):
    sso.idp.slow_seconds = 0.3
    directory = Directory(Fetcher(loopback=True))
    with ThreadPoolExecutor(8) as people:
        found = list(people.map(lambda _: directory.metadata(sso.idp.url, now=NOW).issuer, range(8)))
    assert found == [sso.idp.url] * 8
    assert len(sso.idp.asked) == 1
