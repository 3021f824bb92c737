"""The second factor: enrolled by everybody who must, each code good once, and no way around it."""

from datetime import timedelta

import pyotp
from flask import Flask

from tests.intake.login.browser import Browser, HandClock, enrol, give_code


def test_where_everybody_needs_a_second_factor_a_password_alone_reaches_nothing(strict_browser: Browser, strict_app):
    strict_browser.log_in()
    for rule in strict_app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and not rule.arguments and not rule.rule.startswith("/inloggen"):
            answer = strict_browser.client.get(rule.rule)
            assert "worker" not in answer.text, rule.rule
    assert strict_browser.client.get("/").location == "/inloggen/tweede-stap?naar=/"


def test_enrolling_gives_a_full_session_under_a_new_token_and_ten_codes_once(strict_browser: Browser, clock):
    strict_browser.log_in()
    half = strict_browser.cookie()
    _, codes = enrol(strict_browser, clock)
    assert len(set(codes)) == 10
    assert strict_browser.cookie() != half
    assert "dag Worker" in strict_browser.client.get("/").text
    strict_browser.client.set_cookie("toegang", half)
    assert strict_browser.client.get("/").status_code == 303


def test_the_qr_code_is_an_image_of_our_own_without_script_or_style(strict_browser: Browser):
    strict_browser.log_in()
    answer = strict_browser.client.get("/inloggen/tweede-stap/qr.svg")
    assert answer.mimetype == "image/svg+xml"
    assert "style=" not in answer.text
    assert "<script" not in answer.text


def test_a_code_works_once_and_not_when_it_is_old(strict_app: Flask, strict_browser: Browser, clock: HandClock):
    secret, _ = enrol(strict_browser, clock)
    clock.moment += timedelta(minutes=5)
    code = pyotp.TOTP(secret).at(clock.moment)
    first, second = Browser(strict_app.test_client()), Browser(strict_app.test_client())
    first.log_in()
    second.log_in()
    assert give_code(first, f"{code[:3]} {code[3:]}").status_code == 303
    assert give_code(second, code).status_code == 400
    assert give_code(second, pyotp.TOTP(secret).at(clock.moment, counter_offset=-3)).status_code == 400


def test_a_recovery_code_works_once(strict_app: Flask, strict_browser: Browser, clock: HandClock):
    _, codes = enrol(strict_browser, clock)
    first, second = Browser(strict_app.test_client()), Browser(strict_app.test_client())
    first.log_in()
    second.log_in()
    assert give_code(first, codes[3].lower()).status_code == 303
    assert give_code(second, codes[3]).status_code == 400


def test_codes_cannot_be_guessed_for_long(strict_app: Flask, strict_browser: Browser, clock: HandClock):
    enrol(strict_browser, clock)
    clock.moment += timedelta(minutes=10)
    guesser = Browser(strict_app.test_client())
    guesser.log_in()
    assert [give_code(guesser, f"00000{n}").status_code for n in range(6)] == [400] * 5 + [429]


def test_who_has_a_second_factor_cannot_replace_it_with_a_password_alone(strict_app, strict_browser, clock):
    enrol(strict_browser, clock)
    thief = Browser(strict_app.test_client())
    thief.log_in()
    assert thief.client.get("/inloggen/tweede-stap").location.startswith("/inloggen/code")
    assert thief.client.get("/inloggen/tweede-stap/qr.svg").status_code == 404
    token = thief.token("/inloggen/code")
    answer = thief.client.post("/inloggen/tweede-stap", data={"csrf_token": token, "code": "123456"})
    assert answer.location == "/inloggen/code"


def test_who_has_a_second_factor_shows_it_also_where_it_is_not_asked_of_all(login_app, strict_browser, clock):
    enrol(strict_browser, clock)
    easy = Browser(login_app.test_client())
    easy.log_in()
    assert easy.client.get("/").location == "/inloggen/code?naar=/"


def test_the_log_asks_for_a_fresh_second_factor(strict_app: Flask, clock: HandClock):
    keeper = Browser(strict_app.test_client())
    secret, _ = enrol(keeper, clock, name="logbeheerder@voorbeeld.test")
    assert keeper.client.get("/logboek").status_code == 200
    clock.moment += timedelta(minutes=6)
    assert keeper.client.get("/logboek").location == "/inloggen/code?naar=/logboek"
    assert give_code(keeper, pyotp.TOTP(secret).at(clock.moment)).status_code == 303
    assert keeper.client.get("/logboek").status_code == 200
