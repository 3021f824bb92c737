"""Which requests get through: from our own pages, with the token of the session, by a role that does this."""

import pytest
from flask import Flask
from sqlalchemy import select

from intake.store.database import Database
from intake.tables.audit import AuditEvent, Outcome
from intake.web.frame.access import RouteWithoutAction, guard
from intake.web.frame.request import Application, prepare
from tests.intake.login.browser import Browser, HandClock, settings


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://kwaad.nl"},
        {"Origin": "null"},
        {"Referer": "https://kwaad.nl/x"},
        {"Origin": "http://["},
        {"Referer": "http://kwaad]/"},
    ],
)
def test_a_form_from_another_site_is_refused(browser: Browser, headers: dict[str, str]):
    browser.log_in()
    data = {"csrf_token": browser.token("/bewaard"), "verhaal": "x"}
    assert browser.client.post("/tekst", data=data, headers=headers).status_code == 400
    assert browser.client.post("/tekst", data=data, headers={"Origin": "http://localhost"}).status_code == 200


def test_a_form_without_the_token_of_this_session_is_refused(browser: Browser, login_app: Flask):
    foreign = Browser(login_app.test_client()).token()
    browser.log_in()
    for token in ("", "0" * 64, foreign, "é"):
        assert browser.client.post("/tekst", data={"csrf_token": token, "verhaal": "x"}).status_code == 400


def test_the_login_form_itself_needs_its_token(browser: Browser):
    assert browser.log_in(csrf_token="0" * 64).status_code == 400
    assert browser.cookie() == ""


def test_a_role_that_does_not_do_this_gets_403_and_it_is_logged(browser: Browser, filled: Database):
    browser.log_in()
    answer = browser.client.get("/logboek")
    assert answer.status_code == 403
    assert "Kenmerk" in answer.text
    with filled.session() as session:
        last = session.scalars(select(AuditEvent).where(AuditEvent.action == "logboek:lezen")).one()
    assert last.outcome is Outcome.REFUSED


def test_a_route_without_an_action_keeps_the_application_from_starting(filled: Database, clock: HandClock):
    app = Application("intake.web")
    prepare(app, settings=settings(), clock=clock, database=filled)
    app.add_url_rule("/vergeten", "vergeten", lambda: "")
    with pytest.raises(RouteWithoutAction, match="/vergeten"):
        guard(app)
