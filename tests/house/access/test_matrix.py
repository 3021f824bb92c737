"""The central promise: every route, for every person, in every situation, gives what the table says. No more leaks."""

import re
from collections.abc import Iterator

import pytest
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from intake.access.action import FRESH_FACTOR, RECENT_FACTOR, Action
from intake.access.row_security import bind_system
from intake.tables.audit import AuditEvent, Outcome
from intake.web.frame.access import action_of
from tests.conftest import lasting_database
from tests.engines import ENGINES
from tests.house.access.cells import ROUTES, TABLE, by_role, outcome, path_of, wrong_cells
from tests.house.access.verbs import VERBS, open_verbs
from tests.house.access.world import EVERYBODY, AccessWorld, an_access_world
from tests.intake.access.postgres_role import ROLE, make_app_role


@pytest.fixture(scope="module", params=ENGINES)
def world(request: pytest.FixtureRequest) -> Iterator[AccessWorld]:
    """The world, once for all routes; what a request does is undone after it. PostgreSQL keeps its own lock as well."""
    with lasting_database(request) as database:
        role = ""
        if request.param == "postgresql":
            make_app_role(database.engine.url.render_as_string(hide_password=False))
            role = ROLE
        made = an_access_world(database)
        made.role = role
        yield made


def test_every_route_stands_in_the_table_and_every_row_is_a_route(world: AccessWorld):
    rules = world.app.url_map.iter_rules()
    served = {f"{method} {rule.rule}" for rule in rules for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}}
    assert served == set(ROUTES)


def test_every_route_declares_the_action_of_the_table(world: AccessWorld):
    for rule in world.app.url_map.iter_rules():
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            assert action_of(world.app, rule.endpoint) == ROUTES[f"{method} {rule.rule}"]["actie"], rule.rule


@pytest.mark.parametrize("route", ROUTES)
def test_the_route_gives_everybody_what_the_table_says(world: AccessWorld, route: str):
    wrong = list(wrong_cells(world, route))
    assert not wrong, "\n".join([route, *wrong])


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_refuses_of_itself(world: AccessWorld, verb: str):
    assert not list(open_verbs(world, verb))


def test_a_row_that_is_not_yours_and_one_that_does_not_exist_give_the_same_bytes(world: AccessWorld):
    for route in (route for route, row in ROUTES.items() if "in" in row):
        real, method = path_of(world, route, "ander"), route.partition(" ")[0]
        for person in EVERYBODY:
            with world.undone():
                answers = [world.ask(person, method, path) for path in (real, path_of(world, route, ""))]
            if outcome(answers[0]) == "niet gevonden":
                assert _body(answers[0]) == _body(answers[1]), (route, person)


@pytest.mark.parametrize(
    ("minutes", "asked"),
    [
        (4, ()),
        (6, ("verse_tweede_stap",)),
        (59, ("verse_tweede_stap",)),
        (61, ("verse_tweede_stap", "recente_tweede_stap")),
    ],
)
def test_what_the_table_says_asks_for_a_fresh_second_factor_and_nothing_else_does(world, minutes: int, asked):
    for route, row in ROUTES.items():
        people = [] if row.get("openbaar") or row["actie"] == Action.SIGN_IN else by_role(row)
        with world.undone():
            world.age_factors(minutes)
            answers = [world.ask(one, route.partition(" ")[0], path_of(world, route, "eigen")) for one in people[:1]]
        needed = any(row["actie"] in TABLE[one] for one in asked)
        assert all((outcome(one) == "inloggen") is needed for one in answers), route


def test_every_action_that_asks_for_a_fresh_second_factor_stands_in_the_table():
    assert sorted(TABLE["verse_tweede_stap"]) == sorted(FRESH_FACTOR)
    assert sorted(TABLE["recente_tweede_stap"]) == sorted(RECENT_FACTOR)


def test_every_refusal_is_in_the_log(world: AccessWorld):
    path = path_of(world, "GET /intakes/<uuid:intake_id>", "eigen")
    for person in ("stranger", "haven"):
        with world.undone():
            world.ask(person, "GET", path)
            with world.app.extensions["toegang.database"].session() as session:
                bind_system(session)
                query = select(func.count()).where(AuditEvent.outcome == Outcome.REFUSED)
                assert session.scalar(query) == 1, person


def _body(answer: TestResponse) -> bytes:
    return re.sub(rb"<strong>[0-9a-f]{12}</strong>|value=\"[0-9a-f]{64}\"", b"", answer.data)
