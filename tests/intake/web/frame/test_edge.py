"""The edge of the application: how much a form may hold, and by which names it answers."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from config.settings import Settings
from intake.store.database import open_database
from intake.web.app import MAX_FIELDS, build
from tests.conftest import MASTER_KEY
from tests.intake.region import CLOCK


@pytest.fixture
def app(sqlite_url: str) -> Iterator[Flask]:
    """The application as `toegang start` serves it on this machine."""
    database = open_database(sqlite_url, MASTER_KEY)
    settings = Settings(
        instance=Path(), database_url=sqlite_url, secret_key="k" * 40, master_key=MASTER_KEY,
        trusted_hosts=("localhost", "[::1]"),
    )  # fmt: skip
    yield build(settings=settings, clock=CLOCK, database=database)
    database.dispose()


@pytest.mark.parametrize(("fields", "status"), [(MAX_FIELDS, 400), (MAX_FIELDS + 1, 413), (200_000, 413)])
def test_a_form_has_no_more_fields_than_a_page_could_have(app: Flask, fields: int, status: int):
    body = "&".join(["a="] * fields)
    answer = app.test_client().post("/inloggen", data=body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == status


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("localhost:8080", 200),
        ("[::1]", 200),
        ("[::1]:8080", 200),
        ("[::2]:8080", 400),
        ("[::1]:x", 400),
        ("[::1]evil.example", 400),
        ("[::1", 400),
        ("evil.example", 400),
        ("localhost.evil.example", 400),
    ],
)
def test_it_answers_by_its_own_names_and_addresses_only(app: Flask, host: str, status: int):
    answer = app.test_client().get("/inloggen", headers={"Host": host})
    assert (answer.status_code, "evil" in answer.text) == (status, False)


def test_a_form_at_an_ipv6_address_comes_from_here(app: Flask):
    headers = {"Host": "[::1]:8080", "Origin": "http://[::1]:8080"}
    client = app.test_client()
    page = client.get("/inloggen", headers=headers).text
    token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
    answer = client.post("/inloggen", data={"csrf_token": token}, headers=headers)
    assert "Vul uw wachtwoord in" in answer.text
