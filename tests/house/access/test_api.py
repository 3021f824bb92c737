"""The central promise at the second door: every operation gives every system what the table says. No more leaks."""

import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from flask import Flask
from werkzeug.test import TestResponse

from config.settings import Settings
from intake.access.act import Act
from intake.access.actor import system_actor
from intake.api.app import OPERATIONS, build
from intake.api.frame.operation import Operation
from intake.api.frame.serving import SURROUNDINGS
from intake.people.systems import api_actor, api_token
from intake.tables.api_token import Scope
from tests.house.access.cases import SITUATIONS
from tests.house.access.test_matrix import world
from tests.house.access.world import AccessWorld
from tests.intake.region import A_MAN_IN_HIS_CAR, CLOCK, NOW
from tests.intake.systems import a_key

__all__ = ["world"]

TABLE = yaml.safe_load((Path(__file__).parent / "access_api.yaml").read_text(encoding="utf-8"))
ROWS: dict[str, dict[str, Any]] = TABLE["operations"]
BY_NAME = {f"{one.method} {one.path}": one for one in OPERATIONS}
CALLERS = {
    "team": "wijkteam",
    "gemeente": "capelle",
    "team_b": "wijkteam_rotterdam",
    "desk": "onthaal",
    "expert": "expertise",
    "expert_b": "expertise_elders",
    "haven": "haven",
    "anker": "anker",
    "elders": "utrecht",
    "regio": "regio",
}
"""Whose key each of them has."""
WITHOUT_KEY = {"geen": "", "onzin": "Bearer toegang_onzin", "ingetrokken": "", "verlopen": "", "koekje": ""}
DECIDES = {"team": "worker", "gemeente": "worker", "team_b": "stranger", "desk": "desk"}
BODIES: dict[str, dict[str, object]] = {
    "POST /routeadviezen": A_MAN_IN_HIS_CAR,
    "POST /intakes": A_MAN_IN_HIS_CAR,
    "POST /intakes/{id}/besluit": {"keuze": "volgen", "advies_hash": "sha256:0", "medewerker": "x@voorbeeld.test"},
    "POST /verwijzingen/{id}/accepteren": {"versie": 1},
    "POST /verwijzingen/{id}/weigeren": {"versie": 1, "reden": "geen_plek"},
    "POST /verwijzingen/{id}/terugvragen": {"versie": 1, "vraag": "Wat is er nodig?"},
    "PATCH /plekken/{id}": {"versie": 1, "wachtweken": 2},
}


@dataclass
class Systems:
    """The interface on the world of the matrix, and the keys of the callers."""

    world: AccessWorld
    app: Flask
    keys: dict[str, str] = field(default_factory=dict)
    narrow: dict[tuple[str, Scope, bool], str] = field(default_factory=dict)
    """By caller and scope: a key with only that scope (True), and one with every other (False)."""

    @contextmanager
    def undone(self) -> Iterator[None]:
        """What happens inside is undone."""
        around = self.app.extensions[SURROUNDINGS]
        with self.world.undone():
            database = self.world.app.extensions["toegang.database"]
            self.app.extensions[SURROUNDINGS] = replace(around, database=database)
            try:
                yield
            finally:
                self.app.extensions[SURROUNDINGS] = around

    def ask(self, caller: str, operation: Operation, row_id: str = "", *, key: str | None = None) -> TestResponse:
        """One call of this caller; the door reads no cookie, so all of them carry one of a person who may much."""
        client = self.app.test_client()
        client.set_cookie("toegang", self.world.tokens["leader"])
        bearer = self.keys.get(caller, "") if key is None else key
        headers = {"Idempotency-Key": str(uuid.uuid4()), "Content-Type": "application/json"}
        if bearer:
            headers["Authorization"] = f"Bearer {bearer}"
        body = dict(BODIES.get(f"{operation.method} {operation.path}", {}))
        if "medewerker" in body:
            body["medewerker"] = f"{DECIDES.get(caller, 'worker')}@voorbeeld.test"
        with client.open(
            operation.path.replace("{id}", row_id),
            method=operation.method,
            data=None if operation.body is None else json.dumps(body),
            headers=headers,
        ) as answer:
            answer.get_data()
        return answer


@pytest.fixture(scope="module")
def systems(world: AccessWorld) -> Systems:
    """The callers with their keys, committed to the world."""
    settings = Settings(
        instance=Path(), database_url="", secret_key="k" * 40, master_key=b"", trusted_hosts=("localhost",)
    )
    made = Systems(world, build(settings=settings, clock=CLOCK, database=world.engine))
    with world.engine.unit_of_work() as session:
        region = world.region
        for caller, name in CALLERS.items():
            everything = a_key(session, region, name, naam="Alles")
            fitting = {Scope(one) for one in everything.token.scopes}
            made.keys[caller] = everything.secret
            for scope in fitting:
                made.narrow[caller, scope, True] = a_key(session, region, name, naam="Alleen", scopes={scope}).secret
                others = a_key(session, region, name, naam="Behalve", scopes=fitting - {scope})
                made.narrow[caller, scope, False] = others.secret
        withdrawn = a_key(session, region, naam="Weg", scopes={Scope.INTAKES_LEZEN})
        api_token.withdraw(Act(session, system_actor(NOW), CLOCK), withdrawn.token.id)
        ended = a_key(session, region, naam="Oud", scopes={Scope.INTAKES_LEZEN})
        ended.token.van, ended.token.tot = NOW.date() - timedelta(days=9), NOW.date() - timedelta(days=1)
        made.keys |= {"ingetrokken": withdrawn.secret, "verlopen": ended.secret, "onzin": "toegang_" + "x" * 43}
    return made


def test_every_operation_stands_in_the_table_and_every_row_is_an_operation():
    assert {name: one.action.value for name, one in BY_NAME.items()} == {
        name: row["actie"] for name, row in ROWS.items()
    }


@pytest.mark.parametrize("name", ROWS)
def test_the_operation_gives_every_system_what_the_table_says(systems: Systems, name: str):
    wrong = list(wrong_cells(systems, name))
    assert not wrong, "\n".join([name, *wrong])


@pytest.mark.parametrize("name", ROWS)
def test_a_key_gets_in_by_the_scope_of_the_operation_and_by_no_other(systems: Systems, name: str):
    operation = BY_NAME[name]
    scope = next(scope for scope, actions in api_actor.ACTIONS.items() if operation.action in actions)
    for caller in sorted(_named(ROWS[name]["rol"])):
        for only, wanted in ((True, True), (False, False)):
            with systems.undone():
                row_id = _row_id(systems, name, "eigen") if "rij" in ROWS[name] else ""
                answer = systems.ask(caller, operation, row_id, key=systems.narrow[caller, scope, only])
            assert (answer.status_code != 403) == wanted, (name, caller, only, answer.status_code)


@pytest.mark.parametrize("name", ROWS)
def test_without_a_living_key_nobody_gets_in_whatever_cookie_they_carry(systems: Systems, name: str):
    bodies = set()
    for caller in WITHOUT_KEY:
        with systems.undone():
            answer = systems.ask(caller, BY_NAME[name], _row_id(systems, name, "eigen") if "rij" in ROWS[name] else "")
        assert answer.status_code == 401, (name, caller)
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
        bodies.add(json.dumps({**answer.json, "instance": ""}))
    assert len(bodies) == 1


def wrong_cells(systems: Systems, name: str) -> Iterator[str]:
    """Where the operation gives another answer than the table says, or tells of somebody to who may not know."""
    row = ROWS[name]
    for caller in CALLERS:
        for situation in SITUATIONS if "rij" in row else ("eigen",):
            wanted = _wanted(row, caller, situation)
            with systems.undone():
                row_id = _row_id(systems, name, situation) if "rij" in row else ""
                answer = systems.ask(caller, BY_NAME[name], row_id)
                absent = systems.ask(caller, BY_NAME[name], str(uuid.uuid4())) if wanted == "niet gevonden" else None
            got = _outcome(answer.status_code, wanted)
            if got != wanted:
                yield f"{caller} / {situation}: {got} ({answer.status_code}), not {wanted}: {answer.data[:200]!r}"
            if absent is not None and {**answer.json, "instance": ""} != {**absent.json, "instance": ""}:
                yield f"{caller} / {situation}: another answer than for what does not exist"
            yield from _leaks(systems, caller, answer)
            if wanted == "verboden":
                break


def _wanted(row: dict[str, Any], caller: str, situation: str) -> str:
    if caller not in _named(row["rol"]):
        return "verboden"
    inside = row.get("in")
    if inside is None or caller in inside.get(situation, inside.get("overal", [])):
        return "binnen"
    return "te laat" if caller in row.get("te_laat", {}).get(situation, []) else "niet gevonden"


def _outcome(status: int, wanted: str) -> str:
    if wanted == "te laat" and status == 409:
        return wanted
    return {403: "verboden", 404: "niet gevonden", 401: "geen sleutel"}.get(
        status, "binnen" if status < 500 else "fout"
    )


def _row_id(systems: Systems, name: str, situation: str) -> str:
    return systems.world.cases[situation].ids.get(ROWS[name]["rij"], str(uuid.uuid4()))


def _named(names: list[str]) -> set[str]:
    return {one for name in names for one in TABLE["groepen"].get(name, [name])}


def _leaks(systems: Systems, caller: str, answer: TestResponse) -> Iterator[str]:
    sent = answer.data + repr(answer.headers).encode()
    for situation, case in systems.world.cases.items():
        knows = caller in TABLE["ziet_naam"][situation]
        for what, canary in (("name", case.canary), ("number", case.reference), ("bsn", case.bsn)):
            if canary and canary.encode() in sent and (what == "bsn" or not knows):
                yield f"{caller}: reads the {what} of {situation}"
