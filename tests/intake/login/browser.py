"""A browser at the login pages, an application with a few pages of its own, and a clock moved by hand."""

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pyotp
from flask import Blueprint, Flask, request
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from config.settings import Settings
from intake.access.action import Action
from intake.store.database import Database
from intake.web.app import MENU
from intake.web.frame import about, assets, dates, page, problems, typed, words
from intake.web.frame.access import action, guard, the_actor
from intake.web.frame.csrf import protect
from intake.web.frame.headers import harden
from intake.web.frame.request import Application, prepare
from intake.web.login import account, invitation, login, passkey, sso
from tests.intake.region import NOW

PASSWORD = "rustig lopende beek"
ADDRESS = "worker@voorbeeld.test"


@dataclass(slots=True)
class HandClock:
    """A clock that a test moves by hand."""

    moment: datetime = NOW

    def now(self) -> datetime:
        return self.moment

    def today(self):
        return self.moment.date()


def settings(**telling: object) -> Settings:
    values: dict[str, object] = {
        "instance": Path(),
        "database_url": "",
        "secret_key": "k" * 40,
        "master_key": b"m" * 32,
        "trusted_hosts": ("localhost",),
    }
    return Settings(**(values | telling))  # type: ignore[arg-type]


def an_app(database: Database, clock: HandClock, settings: Settings, *extra: Blueprint) -> Flask:
    """The application with a few pages of its own."""
    app = Application("intake.web", static_folder="static", template_folder="templates")
    app.config.update(SECRET_KEY=settings.secret_key, TRUSTED_HOSTS=list(settings.trusted_hosts))
    prepare(app, settings=settings, clock=clock, database=database)
    home = Blueprint("home", __name__)

    @home.get("/")
    @action(Action.HOME)
    def show() -> str:
        return f"dag {the_actor().naam} <csrf>"

    @home.post("/tekst")
    @action(Action.EDIT_DRAFT)
    def write() -> str:
        return f"opgeslagen: {request.form['verhaal']}"

    @home.get("/logboek")
    @action(Action.READ_AUDIT)
    def log() -> str:
        return "het logboek"

    for entry in MENU[1:]:
        name, _, view = entry.endpoint.partition(".")
        other = Blueprint(name, __name__)
        other.add_url_rule(f"/{name}", view, action(Action.HOME)(lambda: "lijst"))
        app.register_blueprint(other)
    for module in (about, account, assets, invitation, login, sso, passkey, typed):
        app.register_blueprint(module.blueprint)
    for blueprint in (home, *extra):
        app.register_blueprint(blueprint)
    page.register(app, MENU)
    for module in (dates, words, problems):
        module.register(app)
    protect(app)
    harden(app)
    guard(app)
    return app


@dataclass(slots=True)
class Browser:
    """A browser at the login pages."""

    client: FlaskClient

    def token(self, path: str = "/inloggen") -> str:
        found = re.search(r'name="csrf_token" value="([0-9a-f]+)"', self.client.get(path).text)
        assert found
        return found[1]

    def log_in(self, name: str = ADDRESS, password: str = PASSWORD, **fields: str) -> TestResponse:
        fields = {"naam": name, "wachtwoord": password, "csrf_token": self.token(), **fields}
        return self.client.post("/inloggen", data=fields)

    def cookie(self) -> str:
        found = self.client.get_cookie("toegang")
        return found.value if found else ""


def enrol(browser: Browser, clock: HandClock, name: str = ADDRESS) -> tuple[str, list[str]]:
    """The secret and the recovery codes."""
    browser.log_in(name=name)
    page = browser.client.get("/inloggen/tweede-stap").text
    secret = re.search(r"<strong>([A-Z2-7 ]{30,})</strong>", page)
    assert secret
    key = secret[1].replace(" ", "")
    answer = browser.client.post(
        "/inloggen/tweede-stap",
        data={"csrf_token": browser.token("/inloggen/tweede-stap"), "code": pyotp.TOTP(key).at(clock.moment)},
    )
    assert answer.status_code == 200, answer.text
    return key, re.findall(r"<code>([A-Z2-7-]+)</code>", answer.text)


def give_code(browser: Browser, code: str) -> TestResponse:
    return browser.client.post("/inloggen/code", data={"csrf_token": browser.token("/inloggen/code"), "code": code})
