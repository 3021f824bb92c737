"""The application as a whole: what it believes, what it refuses."""

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask, request

from config.settings import Settings
from intake.access.action import Action
from intake.web.app import build
from intake.web.frame.access import action
from tests.conftest import MASTER_KEY
from tests.intake.region import CLOCK

SETTINGS = Settings(
    instance=Path(), database_url="", secret_key="k" * 40, master_key=MASTER_KEY, trusted_hosts=("localhost",)
)


def telling_app(database, **told) -> Flask:
    """The application with a page that says from where it was asked."""
    app = build(settings=replace(SETTINGS, **told), clock=CLOCK, database=database)
    app.add_url_rule("/vanwaar", "vanwaar", action(Action.PUBLIC)(lambda: request.remote_addr or ""))
    return app


@pytest.mark.parametrize(("proxies", "believed"), [(0, "127.0.0.1"), (1, "203.0.113.9")])
def test_only_the_proxies_that_are_there_say_where_a_request_came_from(database, proxies, believed):
    client = telling_app(database, proxies=proxies).test_client()
    headers = {"X-Forwarded-For": "198.51.100.1, 203.0.113.9"}
    assert client.get("/vanwaar", headers=headers).text == believed


def test_a_host_that_is_not_ours_gets_nothing(database):
    client = telling_app(database).test_client()
    assert client.get("/inloggen", headers={"Host": "kwaad.nl"}).status_code == 400


def test_more_than_a_megabyte_is_refused(app, log_in):
    client = log_in("worker")
    client.press("Nieuwe intake")
    form = client.page.form_with("Opslaan en verder")
    client.send(form, {"verhaal": ["x" * 1_100_000]}, status=413)


def test_the_stylesheet_may_be_kept_and_pages_may_not(app):
    client = app.test_client()
    page = client.get("/inloggen")
    assert page.headers["Cache-Control"] == "no-store"
    sheet = page.text.split('rel="stylesheet" href="')[1].split('"')[0]
    assert "immutable" in client.get(sheet).headers["Cache-Control"]
    assert client.get("/opmaak/toegang-0000000000000000.css").status_code == 404


def test_a_page_that_is_not_there_says_what_to_do(log_in):
    client = log_in("worker")
    assert "Naar de startpagina" in client.get("/intakes/niets", status=404).text
