"""The application served for real, with its job worker, and a real headless Chromium in front of it."""

import contextlib
import os
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from config.settings import Settings
from intake.login.accounts.account import set_password
from intake.store.database import Database, open_database
from intake.tables.account import Account
from intake.web.app import build
from intake.worker.worker import job_worker
from tests.conftest import MASTER_KEY
from tests.intake.region import CLOCK, NOW, Region, a_place, a_region

PASSWORD = "rustig lopende beek"
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
WIDTHS = {"phone": 360, "desk": 1280}
STRICT = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}


@dataclass(frozen=True, slots=True)
class Served:
    """The address of the running application, its database and its region."""

    url: str
    database: Database
    people: Region


@dataclass
class Visitor:
    """One person at one browser window, who finds no fault on any page that is passed."""

    page: Page
    url: str
    script: bool = True

    def log_in(self, name: str) -> None:
        self.page.goto(f"{self.url}/inloggen")
        self.page.get_by_label("E-mailadres").fill(f"{name}@voorbeeld.test")
        self.page.get_by_label("Wachtwoord").fill(PASSWORD)
        self.press("Inloggen")

    def go(self, path: str) -> None:
        self.page.goto(self.url + path)
        self.look()

    def press(self, button: str) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=button).first.click()
        self.look()

    def follow(self, link: str) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=link).first.click()
        self.look()

    def choose(self, field: str) -> None:
        """Tick a radio button or box by its id."""
        self.page.locator(f"#{field}").check()

    def fill(self, field: str, text: str) -> None:
        self.page.locator(f"#{field}").fill(text)

    @property
    def text(self) -> str:
        return self.page.locator("main").inner_text()

    @property
    def title(self) -> str:
        return self.page.locator("h1").inner_text()

    def look(self) -> None:
        """The page fits the window and axe finds nothing on it."""
        self.page.wait_for_load_state()
        if not self.script:
            return
        width = self.page.evaluate("document.documentElement.scrollWidth")
        assert width <= self.page.viewport_size["width"], f"{self.page.url} is {width} px wide"
        found = Axe().run(self.page, options=STRICT).response["violations"]
        assert not found, f"{self.page.url}: " + "; ".join(
            f"{one['id']} ({one['nodes'][0]['html'][:120]})" for one in found
        )


class Launched:
    """The one browser of a test run: two folders of tests use it, and there can be only one at a time."""

    stack = contextlib.ExitStack()
    browser: Browser | None = None
    users = 0


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, or the one that CHROMIUM names."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("Chromium is niet geïnstalleerd: apt install chromium")
    if Launched.browser is None:
        playwright = Launched.stack.enter_context(sync_playwright())
        Launched.browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        Launched.stack.callback(Launched.browser.close)
    Launched.users += 1
    yield Launched.browser
    Launched.users -= 1
    if not Launched.users:
        Launched.stack.close()
        Launched.browser = None


@pytest.fixture
def served(sqlite_url: str) -> Iterator[Served]:
    """The application on a small region, with places, and with the worker that makes the letters."""
    database = open_database(sqlite_url, MASTER_KEY)
    with database.unit_of_work() as session:
        people = a_region(session)
        a_place(session, people, capaciteit=12, min_leeftijd=23)
        a_place(session, people, naam="Bedden", voorziening="nachtopvang", capaciteit=20, min_leeftijd=23)
        for account_id in people.accounts.values():
            set_password(session, session.get_one(Account, account_id), PASSWORD, now=NOW)
    settings = Settings(
        instance=Path(), database_url=sqlite_url, secret_key="k" * 40, master_key=MASTER_KEY,
        trusted_hosts=("127.0.0.1",),
    )  # fmt: skip
    server = make_server("127.0.0.1", 0, build(settings=settings, clock=CLOCK, database=database), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    worker = job_worker(database, CLOCK)
    thread.start()
    worker.start()
    yield Served(f"http://127.0.0.1:{server.server_port}", database, people)
    worker.stop()
    server.shutdown()
    thread.join()
    server.server_close()
    database.dispose()


def visitor(chromium: Browser, served: Served, *, width: int = 1280, script: bool = True) -> Visitor:
    """A person at a window of this width."""
    context = chromium.new_context(
        viewport={"width": width, "height": 800}, java_script_enabled=script, accept_downloads=True, locale="nl-NL"
    )
    page = context.new_page()
    page.set_default_timeout(15_000)
    return Visitor(page, served.url, script)
