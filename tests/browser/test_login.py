"""Every way to log in, in a real browser: through the organisation, with a passkey of the device, with a password."""

import re
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pyotp
import pytest
from werkzeug.serving import make_server

from config.settings import Settings
from intake.login.accounts.account import set_password
from intake.store.database import open_database
from intake.web.app import build
from tests.browser.serving import PASSWORD, WIDTHS, Served, Visitor, visitor
from tests.conftest import MASTER_KEY
from tests.intake.login.browser import HandClock
from tests.intake.login.sso.identity_provider import running
from tests.intake.login.sso.linked import a_link, a_provider
from tests.intake.region import NOW, a_region

pytestmark = [pytest.mark.browser, pytest.mark.slow]

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def clock() -> HandClock:
    return HandClock(NOW)


@pytest.fixture
def named(sqlite_url: str, clock: HandClock) -> Iterator[Served]:
    """The application at an address with a name, as passkeys want it; Capelle has an identity provider."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    database = open_database(sqlite_url, MASTER_KEY)
    url = f"http://localhost:{port}"
    settings = Settings(
        instance=Path(), database_url=sqlite_url, secret_key="k" * 40, master_key=MASTER_KEY,
        trusted_hosts=("localhost",), base_url=url, second_factor=True,
    )  # fmt: skip
    with running(clock) as provider:
        with database.unit_of_work() as session:
            people = a_region(session)
            set_password(session, people.account(session), PASSWORD, now=NOW)
            a_link(session, people, a_provider(session, people, provider.url, naam="Gemeente Capelle"))
        provider.claims = {"amr": ["mfa"]}
        server = make_server("127.0.0.1", port, build(settings=settings, clock=clock, database=database), threaded=True)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield Served(url, database, people)
        server.shutdown()
        thread.join()
        server.server_close()
    database.dispose()


def with_device(someone: Visitor) -> None:
    """A window on a computer with a fingerprint reader, on which a finger lies."""
    wire = someone.page.context.new_cdp_session(someone.page)
    wire.send("WebAuthn.enable")
    wire.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})


def set_up_the_app(someone: Visitor, clock: HandClock) -> str:
    """Log in with a password and connect an authenticator app; its secret."""
    someone.log_in("worker")
    found = re.search(r"in de app in: ([A-Z2-7 ]+)", someone.text)
    assert found
    secret = found[1].replace(" ", "")
    someone.fill("code", pyotp.TOTP(secret).at(clock.moment))
    someone.press("Instellen")
    return secret


@pytest.mark.parametrize("width", WIDTHS.values(), ids=list(WIDTHS))
def test_a_worker_comes_in_through_the_organisation_and_leaves_there_too(chromium, named: Served, width: int):
    worker = visitor(chromium, named, width=width)
    worker.go("/inloggen?naar=/intakes")
    worker.follow("Inloggen via Gemeente Capelle")
    assert worker.title == "Intakes"
    worker.press("Uitloggen")
    assert worker.title == "U bent uitgelogd"
    worker.follow("Ook uitloggen bij Gemeente Capelle")
    assert worker.title == "Inloggen"
    worker.go("/intakes")
    assert worker.title == "Inloggen"


def test_the_address_of_the_work_finds_the_way(chromium, named: Served):
    worker = visitor(chromium, named)
    worker.go("/inloggen")
    worker.fill("naam", "niemand@voorbeeld.test")
    worker.press("Inloggen")
    worker.follow("Inloggen via Gemeente Capelle")
    assert worker.title == "Start"


@pytest.mark.parametrize("width", WIDTHS.values(), ids=list(WIDTHS))
def test_a_passkey_is_added_named_used_in_both_ways_and_removed(chromium, named: Served, clock, width: int):
    worker = visitor(chromium, named, width=width)
    with_device(worker)
    set_up_the_app(worker, clock)
    worker.go("/account/passkeys/nieuw")
    worker.fill("naam", "Laptop van het werk")
    worker.press("Passkey toevoegen")
    assert "Laptop van het werk" in worker.text
    for first in (None, "worker"):
        worker.press("Uitloggen")
        if first:
            worker.log_in(first)
        worker.press("Verder met uw passkey" if first else "Inloggen met een passkey")
        assert worker.title == "Start"
    worker.go("/account")
    worker.press("Verwijderen")
    assert "De passkey is verwijderd." in worker.text
    assert "Laptop" not in worker.page.locator("#passkeys + p + p").inner_text()


def test_a_finger_that_does_not_fit_leaves_the_page_as_it_was(chromium, named: Served):
    worker = visitor(chromium, named)
    with_device(worker)
    worker.go("/inloggen")
    worker.page.get_by_role("button", name="Inloggen met een passkey").click()
    worker.page.get_by_text("Dat lukte niet, of u brak het af.").wait_for()
    worker.look()


def test_without_script_the_other_ways_remain(chromium, named: Served, clock: HandClock):
    worker = visitor(chromium, named, script=False)
    worker.go("/inloggen")
    assert not worker.page.get_by_role("button", name="Inloggen met een passkey").is_visible()
    secret = set_up_the_app(worker, clock)
    assert pyotp.TOTP(secret).at(clock.moment)
    worker.go("/account/passkeys/nieuw")
    assert "Deze browser kan geen passkeys maken" in worker.text
