"""Who opens more files than anybody reads is slowed: asked anew who it is, or told to wait."""

import uuid
from datetime import timedelta

import pyotp
from flask import Blueprint

from intake.access import Action
from intake.web.frame.access import MOST_FILES, action
from tests.intake.login.browser import Browser, HandClock, an_app, enrol, give_code, settings

MANY, SECONDS = MOST_FILES


def a_browser(filled, clock: HandClock, **telling: object) -> Browser:
    """At an application with a list and a file."""
    pages = Blueprint("proef", __name__)

    @pages.get("/dossiers")
    @action(Action.READ_INTAKE)
    def listed() -> str:
        return "de lijst"

    @pages.get("/dossiers/<uuid:intake_id>")
    @action(Action.READ_INTAKE)
    def show(intake_id: uuid.UUID) -> str:
        return f"dossier {intake_id}"

    return Browser(an_app(filled, clock, settings(**telling), pages).test_client())


def opened(browser: Browser, times: int, path: str = "/dossiers/") -> list[int]:
    """The answers to opening so many files, each another one; or the list."""
    paths = (f"{path}{uuid.uuid4()}" if path.endswith("/") else path for _ in range(times))
    return [browser.client.get(one).status_code for one in paths]


def test_who_has_no_second_factor_waits_a_minute(filled, clock: HandClock):
    browser = a_browser(filled, clock)
    browser.log_in()
    assert opened(browser, MANY) == [200] * MANY
    answer = browser.client.get(f"/dossiers/{uuid.uuid4()}")
    assert (answer.status_code, 0 < int(answer.headers["Retry-After"]) <= 2 * SECONDS) == (429, True)
    assert "Uw account is niet geblokkeerd" in answer.text
    clock.moment += timedelta(minutes=2)
    assert opened(browser, 1) == [200]


def test_lists_do_not_count(filled, clock: HandClock):
    browser = a_browser(filled, clock)
    browser.log_in()
    assert opened(browser, MANY + 5, "/dossiers") == [200] * (MANY + 5)
    assert opened(browser, 1) == [200]


def test_the_haste_of_one_session_is_not_that_of_another(filled, clock: HandClock):
    hasty, calm = (a_browser(filled, clock) for _ in range(2))
    for one in (hasty, calm):
        one.log_in()
    assert opened(hasty, MANY + 1)[-1] == 429
    assert opened(calm, 1) == [200]


def test_who_has_a_second_factor_shows_it_anew_and_goes_on(filled, clock: HandClock):
    browser = a_browser(filled, clock, second_factor=True)
    secret, _ = enrol(browser, clock)
    clock.moment += timedelta(minutes=3)
    assert opened(browser, MANY) == [200] * MANY
    answer = browser.client.get(f"/dossiers/{uuid.uuid4()}")
    assert (answer.status_code, answer.headers["Location"].startswith("/inloggen/code")) == (303, True)
    assert give_code(browser, pyotp.TOTP(secret).at(clock.moment)).status_code == 303
    assert opened(browser, 1) == [200]
