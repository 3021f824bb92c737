"""The interface as it is served, beside the pages, and a caller with a key for each organisation of the region."""

import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from config.settings import Settings
from intake.access.row_security import bind_system
from intake.api import app as api
from intake.store.database import Database
from intake.tables.api_token import Scope
from tests.conftest import MASTER_KEY
from tests.intake.region import CLOCK, Region
from tests.intake.standing import Standing
from tests.intake.systems import a_key

PREFIX = api.PREFIX


@dataclass
class Caller:
    """A system with a key. Every answer is looked at: right headers, and no problem without its words."""

    app: Flask
    key: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def call(self, method: str, path: str, *, data: bytes | None = None, **headers: str) -> TestResponse:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.key:
            sent.setdefault("Authorization", f"Bearer {self.key}")
        answer = self.app.test_client(use_cookies=False).open(
            PREFIX + path, method=method, data=data, headers={**self.headers, **sent}
        )
        assert answer.headers["API-Version"] == "1.0.0"
        assert "Set-Cookie" not in answer.headers
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        if answer.status_code >= 400 and method != "HEAD":
            problem = json.loads(answer.data)
            assert answer.mimetype == "application/problem+json"
            assert problem["status"] == answer.status_code
            assert problem["title"]
            assert problem["detail"]
            assert problem["instance"].startswith("urn:toegang:kenmerk:")
        return answer

    def get(self, path: str, **headers: str) -> TestResponse:
        return self.call("GET", path, **headers)

    def post(self, path: str, body: Any, **headers: str) -> TestResponse:
        return self.send("POST", path, body, **headers)

    def send(self, method: str, path: str, body: Any, **headers: str) -> TestResponse:
        sent = {"Content_Type": "application/json", **headers}
        return self.call(method, path, data=json.dumps(body).encode(), **sent)

    def file(self, answers: dict[str, object], key: str | None = None) -> TestResponse:
        return self.post("/intakes", answers, Idempotency_Key=key or str(uuid.uuid4()))


CallerOf = Callable[..., Caller]


@pytest.fixture
def settings(database: Database) -> Settings:
    return Settings(
        instance=Path(),
        database_url=str(database.engine.url),
        secret_key="k" * 40,
        master_key=MASTER_KEY,
        trusted_hosts=("localhost",),
    )


@pytest.fixture
def app(standing: Standing, database: Database, settings: Settings) -> Flask:
    """The pages and the interface, as `wsgi` puts them together."""
    made = standing.on(settings=settings, clock=CLOCK, database=database)
    api.mount(made, settings=settings, clock=CLOCK, database=database)
    return made


@pytest.fixture
def caller(app: Flask, database: Database, people: Region) -> CallerOf:
    """Gives a caller for an organisation of the region, with all fitting scopes unless told otherwise."""

    def make(organisation: str = "wijkteam", *scopes: Scope, naam: str = "Proef") -> Caller:
        with database.unit_of_work() as session:
            bind_system(session)
            told = {"scopes": set(scopes)} if scopes else {}
            return Caller(app, a_key(session, people, organisation, naam=naam, **told).secret)

    return make
