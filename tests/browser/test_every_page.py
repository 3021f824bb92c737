"""axe finds nothing on any page of the house, on a phone and on a desk: every GET route, and the pages of failures."""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from threading import Thread

import pytest
from flask import Blueprint, abort
from playwright.sync_api import Browser, BrowserContext, ViewportSize
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from werkzeug.serving import make_server

from intake.access.act import Act
from intake.access.action import Action
from intake.login.accounts import invitation
from intake.login.attempts.throttle import TooManyAttempts
from intake.referrals.sending.choice import NoBesluit
from intake.rulesets.drafts import draft
from intake.store.database import open_database
from intake.tables.ruleset import PublishedRuleset, RulesetDraft
from intake.web.frame.access import action
from rules.shelf.bundle import load_bundle
from tests.browser.serving import WIDTHS, Visitor
from tests.conftest import MASTER_KEY
from tests.house.access.cases import SITUATIONS
from tests.house.access.cells import ROUTES, path_of, wanted
from tests.house.access.world import EVERYBODY, AccessWorld, an_access_world
from tests.intake.region import CLOCK, NOW, Region

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HTML, OK = "text/html", 200
PAGES = tuple(route for route in ROUTES if route.startswith("GET "))
ELSEWHERE = {
    "GET /opmaak/<name>": "a style sheet or a script, served with every page",
    "GET /inloggen/organisatie/<uuid:provider_id>": "leads to the identity provider; its failure is looked at below",
    "GET /inloggen/organisatie/<uuid:provider_id>/terug": "comes back from it; its failure is looked at below",
    "GET /uitnodiging/<token>/organisatie": "leads to the identity provider",
    "GET /inloggen/bevestigen": "only of a session that began at an identity provider",
    "GET /regels/concepten/<uuid:draft_id>/naspelen": "leads back to the draft until somebody asked for it",
}
"""Routes that show no page of their own here, and why."""
FAILURES: dict[str, Exception | int] = {
    "404": 404,
    "405": 405,
    "413": 413,
    "429": TooManyAttempts(120),
    "500": ValueError("kapot"),
    "503": OperationalError("SELECT 1", {}, Exception("weg")),
    "geweigerd": NoBesluit(),
}


@dataclass(slots=True)
class House:
    """The served world of the access matrix, with what its table says nobody has: rules being written, a link."""

    url: str
    world: AccessWorld
    rules: dict[str, str]
    browser: Browser
    visitors: dict[str, Visitor] = field(default_factory=dict)

    def visitor(self, person: str) -> Visitor:
        """This person at a window of their own, the same for every page."""
        if person not in self.visitors:
            context: BrowserContext = self.browser.new_context(locale="nl-NL")
            if person in self.world.tokens:
                context.add_cookies([{"name": "toegang", "value": self.world.tokens[person], "url": self.url}])
            page = context.new_page()
            page.set_default_timeout(30_000)
            self.visitors[person] = Visitor(page, self.url)
        return self.visitors[person]


def failing_pages() -> Blueprint:
    """Routes that fail, each in its own way."""
    failing = Blueprint("mislukt", __name__)

    @failing.get("/mislukt/<name>")
    @action(Action.PUBLIC)
    def fail(name: str) -> str:
        failure = FAILURES[name]
        if isinstance(failure, int):
            abort(failure)
        raise failure

    return failing


@pytest.fixture(scope="module")
def house(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    database = open_database(f"sqlite:///{tmp_path_factory.mktemp('huis')}/h/toegang.db", MASTER_KEY)
    database.upgrade()
    world = an_access_world(database)
    world.app.register_blueprint(failing_pages())
    with database.unit_of_work() as session:
        rules = more_to_see(session, world.region)
    server = make_server("127.0.0.1", 0, world.app, threaded=True)
    world.app.config["TRUSTED_HOSTS"] = ["127.0.0.1", "localhost"]
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    made = House(f"http://127.0.0.1:{server.server_port}", world, rules, chromium)
    yield made
    for visitor in made.visitors.values():
        visitor.page.context.close()
    server.shutdown()
    thread.join()
    server.server_close()
    database.dispose()


def more_to_see(session: Session, region: Region) -> dict[str, str]:
    """A draft of rules, a published set that can be withdrawn, an invitation, and somebody without an app yet."""
    beleid, regio = region.accounts["beleid"], "rotterdam-rijnmond"
    draft_id = draft.start(Act(session, region.actor(session, "beleid"), CLOCK), regio=regio)
    texts = draft.texts_of(session, session.get_one(RulesetDraft, draft_id), CLOCK)
    rules = load_bundle(texts)
    published = PublishedRuleset(
        id=uuid.uuid4(), regio=regio, valid_from=rules.valid_from, valid_to=rules.valid_to, hash=rules.hash,
        own=dict(texts.own), shared=dict(texts.shared), note="Een proef.", published_at=NOW, published_by=beleid,
    )  # fmt: skip
    session.add(published)
    link = invitation.make_link(session, region.account(session, "anker"), made_by=beleid, now=NOW)
    region.account(session, "half").totp_secret = None
    return {"draft_id": str(draft_id), "ruleset_id": str(published.id), "token": link.token}


def visits_to(house: House, route: str) -> Iterator[tuple[str, str]]:
    """Who could open the page of this route, and at which address."""
    if route in BY_HAND:
        yield BY_HAND[route](house)
        return
    row = ROUTES[route]
    for where in SITUATIONS:
        if row.get("openbaar"):
            yield "anoniem", path_of(house.world, route, where)
        for person in EVERYBODY:
            if wanted(row, person, where) == "binnen" and ("in" in row or "<" not in route):
                yield person, path_of(house.world, route, where)


def rules_page(path: str) -> Callable[[House], tuple[str, str]]:
    return lambda house: ("beleid", path.format(**house.rules))


def first_of(start: str, before: str) -> Callable[[House], tuple[str, str]]:
    """The first address on the page `before` that begins with `start`."""

    def find(house: House) -> tuple[str, str]:
        client = house.world.app.test_client()
        client.set_cookie("toegang", house.world.tokens["beleid"])
        where = before.format(**house.rules)
        shown = client.get(where).text
        begin = start.format(**house.rules)
        return "beleid", begin + shown.partition(f'href="{begin}')[2].partition('"')[0].partition("#")[0]

    return find


def row_of_a_table(house: House) -> tuple[str, str]:
    """The first row of the first table."""
    table = first_of(f"{DRAFT}/tabel/", DRAFT)(house)[1]
    return first_of(table + "/", table)(house)


DRAFT = "/regels/concepten/{draft_id}"
BY_HAND: dict[str, Callable[[House], tuple[str, str]]] = {
    "GET /regels/concepten/<uuid:draft_id>": rules_page(DRAFT),
    "GET /regels/concepten/<uuid:draft_id>/bestand/<name>": first_of(f"{DRAFT}/bestand/", DRAFT),
    "GET /regels/concepten/<uuid:draft_id>/controle": rules_page(f"{DRAFT}/controle"),
    "GET /regels/concepten/<uuid:draft_id>/keuzes": rules_page(f"{DRAFT}/keuzes"),
    "GET /regels/concepten/<uuid:draft_id>/regels.<kind>": rules_page(f"{DRAFT}/regels.ods"),
    "GET /regels/concepten/<uuid:draft_id>/tabel/<name>": first_of(f"{DRAFT}/tabel/", DRAFT),
    "GET /regels/concepten/<uuid:draft_id>/tabel/<name>/<row_id>": row_of_a_table,
    "GET /regels/concepten/<uuid:draft_id>/verschil": rules_page(f"{DRAFT}/verschil"),
    "GET /regels/versie/<first_day>": first_of("/regels/versie/2", "/regels/versies"),
    "GET /regels/versies/<uuid:ruleset_id>/intrekken": rules_page("/regels/versies/{ruleset_id}/intrekken"),
    "GET /uitnodiging/<token>": lambda house: ("anoniem", f"/uitnodiging/{house.rules['token']}"),
    "GET /inloggen/tweede-stap": lambda house: ("half", "/inloggen/tweede-stap"),
    "GET /inloggen/tweede-stap/qr.svg": lambda house: ("half", "/inloggen/tweede-stap/qr.svg"),
}


@pytest.mark.parametrize("route", [route for route in PAGES if route not in ELSEWHERE])
def test_axe_finds_nothing_on_the_page(house: House, route: str):
    for person, path in visits_to(house, route):
        client = house.world.app.test_client()
        if person in house.world.tokens:
            client.set_cookie("toegang", house.world.tokens[person])
        with client.get(path, follow_redirects=True) as answer:
            answer.get_data()
        if answer.status_code == OK:
            if answer.mimetype == HTML:
                look(house, person, path)
            return
    pytest.fail(f"nobody can open {route}: add a way to BY_HAND")


@pytest.mark.parametrize("name", FAILURES)
def test_axe_finds_nothing_on_the_page_of_a_failure(house: House, name: str):
    look(house, "worker", f"/mislukt/{name}")


def test_axe_finds_nothing_on_the_page_for_another_role_nor_on_that_of_what_is_not_there(house: House):
    look(house, "worker", "/logboek")
    look(house, "anoniem", "/bestaat-niet")
    look(house, "anoniem", "/uitnodiging/verlopen")
    look(house, "anoniem", f"/inloggen/organisatie/{uuid.uuid4()}")
    look(house, "anoniem", f"/inloggen/organisatie/{uuid.uuid4()}/terug")


def look(house: House, person: str, path: str) -> None:
    """Look at the page on a phone, and once more when the window is as wide as on a desk."""
    visitor = house.visitor(person)
    phone, desk = (ViewportSize(width=WIDTHS[name], height=800) for name in ("phone", "desk"))
    visitor.page.set_viewport_size(phone)
    visitor.go(path)
    visitor.page.set_viewport_size(desk)
    visitor.look()
