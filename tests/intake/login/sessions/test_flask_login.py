"""Flask-Login says who asks, by our own sessions; it keeps nothing in the browser and believes nothing else."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from blinker import Signal
from flask import Blueprint, Flask, render_template_string
from flask_login import current_user, login_required, user_loaded_from_request, user_unauthorized
from flask_login.config import COOKIE_NAME, SESSION_KEYS
from flask_login.utils import encode_cookie
from sqlalchemy import event, select
from sqlalchemy.exc import OperationalError

from intake.access.action import Action
from intake.login.sessions import end_all
from intake.store.database import Database
from intake.tables.account import Account
from intake.web.frame.access import action
from tests.intake.login.browser import ADDRESS, Browser, HandClock, an_app, enrol, settings

NOBODY, HALF, WHOLE = "anonymous=True whole=False", "anonymous=False whole=False", "anonymous=False whole=True"
OURS = {"toegang", "toegang_apparaat", "toegang_formulier"}
TOLD = "anonymous={{ current_user.is_anonymous }} whole={{ current_user.is_authenticated }}"


def probed(database: Database, clock: HandClock, *, second_factor: bool = False) -> Browser:
    """A browser at an application that tells whom Flask-Login sees."""
    probe = Blueprint("proef", __name__)

    @probe.get("/proef/pagina")
    @action(Action.PUBLIC)
    def template() -> str:
        return render_template_string(TOLD)

    @probe.get("/proef/kern")
    @action(Action.PUBLIC)
    def view() -> str:
        return f"anonymous={current_user.is_anonymous} whole={current_user.is_authenticated}"

    @probe.get("/proef/decorator")
    @action(Action.PUBLIC)
    @login_required
    def decorated() -> str:
        return current_user.get_id()

    return Browser(an_app(database, clock, settings(second_factor=second_factor), probe).test_client())


@contextmanager
def counting(signal: Signal, app: Flask) -> Iterator[list[object]]:
    """What the signal says while this lasts."""
    heard: list[object] = []

    def hear(sender: object, user: object = None) -> None:
        heard.append(user)

    with signal.connected_to(hear, sender=app):
        yield heard


def account_id(database: Database) -> str:
    with database.session() as session:
        return str(session.scalars(select(Account.id).where(Account.email == ADDRESS)).one())


@pytest.mark.parametrize("page", ["/proef/pagina", "/proef/kern"])
def test_a_view_and_a_template_see_the_same_current_user(filled: Database, clock: HandClock, page: str):
    browser = probed(filled, clock)
    assert browser.client.get(page).text == NOBODY
    browser.log_in()
    assert browser.client.get(page).text == WHOLE
    with filled.unit_of_work() as session:
        end_all(session, session.scalars(select(Account.id).where(Account.email == ADDRESS)).one(), now=clock.now())
    assert browser.client.get(page).text == NOBODY


def test_half_a_login_is_somebody_who_is_not_authenticated(filled: Database, clock: HandClock):
    browser = probed(filled, clock, second_factor=True)
    browser.log_in()
    assert browser.client.get("/proef/kern").text == HALF
    assert browser.client.get("/proef/decorator").headers["Location"].startswith("/inloggen/tweede-stap")
    enrol(browser, clock)
    assert browser.client.get("/proef/kern").text == WHOLE


def test_login_required_above_a_view_gives_the_answer_that_an_action_gives(filled: Database, clock: HandClock):
    browser = probed(filled, clock)
    refused = browser.client.get("/proef/decorator")
    assert (refused.status_code, refused.headers["Location"]) == (303, "/inloggen?naar=/proef/decorator")
    assert browser.client.get("/").headers["Location"] == "/inloggen?naar=/"
    browser.log_in()
    assert browser.client.get("/proef/decorator").text == account_id(filled)


def test_who_asks_is_looked_up_once_in_a_request_and_refused_by_flask_login(login_app: Flask, browser: Browser):
    with counting(user_unauthorized, login_app) as refusals:
        browser.client.get("/")
    assert len(refusals) == 1
    browser.log_in()
    with counting(user_loaded_from_request, login_app) as loads, counting(user_unauthorized, login_app) as refusals:
        assert browser.client.get("/account").status_code == 200
    assert len(loads) == 1
    assert refusals == []


def test_flask_login_leaves_nothing_in_the_browser(browser: Browser):
    for answer in (browser.log_in(), browser.client.get("/")):
        assert {line.partition("=")[0] for line in answer.headers.getlist("Set-Cookie")} <= OURS
    with browser.client.session_transaction() as kept:
        kept["melding"] = "a session that holds something"
    browser.client.get("/account")
    with browser.client.session_transaction() as kept:
        assert set(kept) & (SESSION_KEYS | {"melding"}) == {"melding"}
    answer = browser.client.post("/uitloggen", data={"csrf_token": browser.token("/account")})
    assert {line.partition("=")[0] for line in answer.headers.getlist("Set-Cookie")} <= OURS
    assert browser.client.get("/").status_code == 303


def test_a_cookie_of_remember_me_lets_nobody_in_and_keeps_nobody_out(login_app: Flask, filled, browser: Browser):
    with login_app.test_request_context():
        browser.client.set_cookie(COOKIE_NAME, encode_cookie(account_id(filled)))
    assert browser.client.get("/").status_code == 303
    browser.log_in()
    assert browser.client.get("/").status_code == 200


def test_an_account_named_in_the_session_of_flask_lets_nobody_in(filled: Database, browser: Browser):
    with browser.client.session_transaction() as kept:
        kept["_user_id"], kept["_fresh"] = account_id(filled), True
    assert browser.client.get("/").status_code == 303


def test_a_database_that_does_not_answer_gets_its_page_though_nobody_can_be_looked_up(
    filled: Database, browser: Browser
):
    browser.log_in()

    def gone(*_: object) -> None:
        raise OperationalError("", {}, ConnectionError())

    event.listen(filled.engine, "before_cursor_execute", gone)
    answer = browser.client.get("/")
    event.remove(filled.engine, "before_cursor_execute", gone)
    assert answer.status_code == 503
    assert "even niet bereikbaar" in answer.text
    assert browser.client.get("/").status_code == 200
