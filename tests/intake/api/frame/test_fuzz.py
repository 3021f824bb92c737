"""Schemathesis calls every operation with what fits its description and what does not: no 5xx, always as described.

The keys have all scopes, and there is a case, a referral and a place to find.
"""

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from sqlalchemy import func, select

from config.settings import Settings
from intake.access.act import Act
from intake.access.row_security import bind_system
from intake.api import app as api
from intake.api.frame import admission
from intake.letters import letter
from intake.referrals.sending import choice
from intake.store.database import Database, open_database
from intake.tables.place import Place
from intake.web.app import build
from tests.conftest import MASTER_KEY
from tests.intake.region import CLOCK, a_place, a_region
from tests.intake.systems import a_key

CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
)
EXAMPLES = 12
OPERATIONS = [(one.method, one.path) for one in api.OPERATIONS]


@dataclass(frozen=True, slots=True)
class Served:
    """The description as it is served, and who may call what."""

    schema: BaseSchema
    database: Database
    keys: dict[str, str]
    ids: dict[str, str]

    def key_for(self, method: str, path: str) -> str:
        theirs = path.startswith("/verwijzingen") or (method, path) == ("PATCH", "/plekken/{id}")
        return self.keys["haven" if theirs else "wijkteam"]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Served]:
    """The application with a case, a referral and a place, and a key of the team and of the provider."""
    path = tmp_path_factory.mktemp("fuzz") / "toegang.db"
    path.write_bytes(sqlite_template.read_bytes())
    path.chmod(0o600)
    database = open_database(f"sqlite:///{path}", MASTER_KEY)
    made = Settings(
        instance=Path(), database_url="", secret_key="k" * 40, master_key=MASTER_KEY, trusted_hosts=("localhost",)
    )
    app = build(settings=made, clock=CLOCK, database=database)
    api.mount(app, settings=made, clock=CLOCK, database=database)
    with database.unit_of_work() as session:
        bind_system(session)
        region = a_region(session)
        place = a_place(session, region, "haven", capaciteit=3)
        case = region.an_intake(session)
        region.a_besluit(session, case)
        sent = choice.refer(Act(session, region.actor(session), CLOCK), case.id)
        paper = letter.letters_of(session, case.id)[0]
        keys = {name: a_key(session, region, name).secret for name in ("wijkteam", "haven")}
        rows = {"intakes": case, "verwijzingen": sent, "plekken": place, "brieven": paper}
        ids = {name: str(row.id) for name, row in rows.items()}
    described = {
        name: part for name, part in api.description().items() if name != "security"
    }  # the key is ours to send
    schema = schemathesis.openapi.from_dict(copy.deepcopy(described))
    schema.app = app
    yield Served(schema, database, keys, ids)
    database.dispose()


@pytest.mark.slow
@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_whatever_is_sent_the_answer_is_as_described(served, monkeypatch, method, path):
    monkeypatch.setattr(admission, "CALLS", 10**9)
    operation = served.schema[path][method]
    fits = st.tuples(operation.as_strategy(GenerationMode.POSITIVE), st.booleans())
    does_not = st.tuples(operation.as_strategy(GenerationMode.NEGATIVE), st.just(value=False))
    headers = {"Authorization": f"Bearer {served.key_for(method, path)}"}

    @effort(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.one_of(fits, does_not))
    def call(sent):
        case, real = sent
        if real and "id" in case.path_parameters:
            case.path_parameters["id"] = served.ids[path.split("/")[1]]
        case.call_and_validate(headers=headers, checks=list(CHECKS))

    call()
    with served.database.reading() as session:
        assert session.scalar(select(func.count()).where(Place.bezet > Place.capaciteit)) == 0
