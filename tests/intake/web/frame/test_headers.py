"""The headers of every answer, to the letter: pages, failures, files and documents."""

import re

import pytest
from flask import Blueprint, Flask, Response, abort
from flask.testing import FlaskClient

from intake.access.action import Action
from intake.store.database import Database
from intake.web.frame.access import action
from tests.intake.login.browser import Browser, HandClock, an_app, settings

EXACT = {
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": (
        "accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(), fullscreen=(), "
        "geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), picture-in-picture=(), "
        "screen-wake-lock=(), usb=(), xr-spatial-tracking=(), "
        "publickey-credentials-create=(self), publickey-credentials-get=(self)"
    ),
    "X-Robots-Tag": "noindex",
}
POLICY = (
    r"default-src 'none'; script-src 'self' 'nonce-(\S{24})'; style-src 'self' 'nonce-(\S{24})'; img-src 'self'; "
    r"font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; "
    r"frame-ancestors 'none'; require-trusted-types-for 'script'"
)
PATHS = (
    "/",
    "/inloggen",
    "/privacy",
    "/bestaat-niet",
    "/proef/400",
    "/proef/413",
    "/proef/500",
    "/proef/fout",
    "/static/icon.svg",
)


@pytest.fixture
def probed(filled: Database, clock: HandClock) -> Flask:
    """The application with pages that fail."""
    probe = Blueprint("proef", __name__)

    @probe.get("/proef/<int:code>")
    @action(Action.PUBLIC)
    def fail(code: int) -> str:
        abort(code)

    @probe.get("/proef/fout")
    @action(Action.PUBLIC)
    def crash() -> str:
        raise RuntimeError("kanarie: de naam van een cliënt")

    @probe.get("/proef/brief")
    @action(Action.PUBLIC)
    def letter() -> Response:
        return Response(b"%PDF-1.7", mimetype="application/pdf")

    return an_app(filled, clock, settings(), probe)


@pytest.fixture
def client(probed: Flask) -> FlaskClient:
    return probed.test_client()


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_has_exactly_these_headers(client, path: str):
    with client.get(path) as answer:
        assert {name: answer.headers[name] for name in EXACT} == EXACT
        assert re.fullmatch(POLICY, answer.headers["Content-Security-Policy"])
        assert "Cookie" in answer.headers["Vary"]
        wanted = "public, max-age=86400" if path.startswith("/static/") else "no-store"
        assert answer.headers["Cache-Control"] == wanted


def test_a_method_that_is_not_served_has_them_too(client):
    answer = client.put("/inloggen")
    assert answer.status_code == 405
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "POST"}
    assert answer.headers["X-Frame-Options"] == "DENY"


def test_a_host_that_is_not_ours_is_refused(client):
    answer = client.get("/inloggen", base_url="http://kwaad.nl")
    assert answer.status_code == 400
    assert "kwaad" not in answer.text
    assert answer.headers["X-Frame-Options"] == "DENY"


def test_the_nonce_differs_per_answer(client):
    nonces = {re.search(r"nonce-(\S+)'", client.get("/inloggen").headers["Content-Security-Policy"]) for _ in range(5)}
    assert len({found[1] for found in nonces if found}) == 5


def test_a_document_may_do_nothing_in_the_browser(client):
    answer = client.get("/proef/brief")
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_the_page_of_a_failure_tells_a_reference_and_a_next_step_and_nothing_else(client, caplog):
    answer = client.get("/proef/fout")
    assert answer.status_code == 500
    assert re.search(r"Kenmerk: <strong>[0-9a-f]{12}</strong>", answer.text)
    assert "kanarie" not in answer.text
    assert "RuntimeError" not in answer.text
    assert "kanarie" not in caplog.text
    assert "RuntimeError" in caplog.text


@pytest.mark.parametrize("path", ["/inloggen", "/bestaat-niet", "/proef/500"])
def test_no_page_holds_inline_script_or_style(client, path: str):
    assert not re.search(r"<script(?![^>]*\ssrc=)|\sstyle=|\son[a-z]+=|javascript:", client.get(path).text)


def test_a_half_login_gets_the_headers_too(filled: Database, clock: HandClock):
    browser = Browser(an_app(filled, clock, settings(second_factor=True)).test_client())
    browser.log_in()
    assert browser.client.get("/inloggen/tweede-stap").headers["X-Frame-Options"] == "DENY"
