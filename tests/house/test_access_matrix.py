"""The central promise: every route, for every person, in every situation, gives what the table says. No more leaks."""

import re
import shutil
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import create_engine, func, make_url, select, text
from werkzeug.test import TestResponse

from intake.database import open_database
from intake.row_security import bind_system
from intake.tables.audit import AuditEvent, Outcome
from intake.web.access import action_of
from tests.conftest import MASTER_KEY
from tests.house.access_world import EVERYBODY, NOBODY, SITUATIONS, AccessWorld, an_access_world
from tests.intake.access.postgres_role import ROLE, make_app_role

TABLE = yaml.safe_load((Path(__file__).parent / "access.yaml").read_text(encoding="utf-8"))
ROUTES: dict[str, dict[str, Any]] = TABLE["routes"]
LOGIN = "/inloggen"


@dataclass(frozen=True, slots=True)
class Cell:
    """One person at one route in one situation."""

    person: str
    situation: str
    wanted: str


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AccessWorld]:
    """The world, once for all routes; what a request does is undone after it. PostgreSQL keeps its own lock as well."""
    if request.param == "sqlite":
        path = tmp_path_factory.mktemp("matrix") / "toegang.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        path.chmod(0o600)
        database = open_database(f"sqlite:///{path}", MASTER_KEY)
        yield an_access_world(database)
        database.dispose()
        return
    server, template = request.getfixturevalue("postgres_server"), request.getfixturevalue("postgres_template")
    name = f"matrix_{uuid.uuid4().hex[:12]}"
    admin = create_engine(make_url(server.url("postgres")), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
    database = open_database(make_app_role(server.url(name)), MASTER_KEY)
    made = an_access_world(database)
    made.role = ROLE
    yield made
    database.dispose()
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


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


def test_a_row_that_is_not_yours_and_one_that_does_not_exist_give_the_same_bytes(world: AccessWorld):
    for route in (route for route, row in ROUTES.items() if "in" in row and route.startswith("GET")):
        real = _path(world, route, "eigen")
        for person in EVERYBODY:
            with world.undone():
                answers = [world.ask(person, "GET", path) for path in (real, _path(world, route, ""))]
            if _outcome(answers[0]) == "niet gevonden":
                assert _body(answers[0]) == _body(answers[1]), (route, person)


def test_every_refusal_is_in_the_log(world: AccessWorld):
    path = _path(world, "GET /intakes/<uuid:intake_id>", "eigen")
    for person in ("stranger", "haven"):
        with world.undone():
            world.ask(person, "GET", path)
            with world.app.extensions["toegang.database"].session() as session:
                bind_system(session)
                query = select(func.count()).where(AuditEvent.outcome == Outcome.REFUSED)
                assert session.scalar(query) == 1, person


def wrong_cells(world: AccessWorld, route: str) -> Iterator[str]:
    """Where the route gives another answer than the table says, or tells a name or number to who may not know it."""
    for cell in _cells(route):
        with world.undone():
            answer = world.ask(cell.person, route.partition(" ")[0], _path(world, route, cell.situation))
        got = _outcome(answer)
        if cell.wanted == "te laat" and answer.status_code == 409:
            got = "te laat"
        if got != cell.wanted and not (cell.wanted == "openbaar" and answer.status_code < 500):
            yield f"{cell.person} / {cell.situation}: {got} ({answer.status_code}), not {cell.wanted}"
        yield from _leaks(world, cell, answer)


def _cells(route: str) -> list[Cell]:
    """Every person in every situation; once for who is refused by role already, where the situation says nothing."""
    row, cells = ROUTES[route], []
    for person in (*EVERYBODY, *NOBODY):
        for situation in SITUATIONS if "in" in row else ("eigen",):
            cells.append(Cell(person, situation, _wanted(row, person, situation)))
            if cells[-1].wanted in {"verboden", "inloggen"}:
                break
    return cells


def _wanted(row: dict[str, Any], person: str, situation: str) -> str:
    if row.get("openbaar"):
        return "openbaar"
    by_role = {name for group in row["rol"] for name in TABLE["groepen"].get(group, [group])}
    if person not in by_role:
        return "inloggen" if person in NOBODY else "verboden"
    inside = row.get("in")
    if inside is None or person in inside.get(situation, inside.get("overal", [])):
        return "binnen"
    return "te laat" if person in row.get("te_laat", {}).get(situation, []) else "niet gevonden"


def _outcome(answer: TestResponse) -> str:
    """What became of the request; `binnen` for everything that the policy let through."""
    status, asked = answer.status_code, answer.request.path
    to_login = (f"{LOGIN}?",) if asked.startswith(LOGIN) else (f"{LOGIN}?", f"{LOGIN}/")
    if status == 303 and answer.location.startswith(to_login):
        return "inloggen"
    return {403: "verboden", 404: "niet gevonden"}.get(status, "binnen" if status < 500 else "fout")


def _path(world: AccessWorld, route: str, situation: str) -> str:
    """The address of the object in this situation; of an object that does not exist when there is no situation."""
    ids = world.cases[situation].ids if situation else {}

    def fill(found: re.Match[str]) -> str:
        name = found[1].partition(":")[2] or found[1]
        return {"section_key": "spoed", "name": "x", "filename": "icon.svg"}.get(name, ids.get(name, str(uuid.uuid4())))

    return re.sub(r"<([^>]+)>", fill, route.partition(" ")[2])


def _leaks(world: AccessWorld, cell: Cell, answer: TestResponse) -> list[str]:
    """Cases of which a name or a number reached somebody who may not know it."""
    sent = answer.data + repr(answer.headers).encode()
    return [
        f"{cell.person} / {cell.situation}: reads the {what} of {situation}"
        for situation, case in world.cases.items()
        for what, canary in (("naam", case.canary), ("nummer", case.reference))
        if canary.encode() in sent and not _knows(cell.person, what, situation)
    ]


def _knows(person: str, what: str, situation: str) -> bool:
    by_number = TABLE["kent_nummer"][situation] if what == "nummer" else []
    return person in TABLE["ziet_naam"][situation] or person in by_number


def _body(answer: TestResponse) -> bytes:
    return re.sub(rb"<strong>[0-9a-f]{12}</strong>|value=\"[0-9a-f]{64}\"", b"", answer.data)
