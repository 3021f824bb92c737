"""The description of the interface: valid, complete, and true."""

from dataclasses import replace

import pytest
from openapi_spec_validator import validate

from forms import INTAKE_FORM
from intake.api.app import OPERATIONS, description
from intake.api.besluit import BesluitBody
from intake.people.systems.api_actor import ACTIONS
from rules import ruleset_for
from tests.intake.api.conftest import Caller
from tests.intake.region import NOW
from wsgi import create_app


def test_the_description_is_open_to_everybody_and_valid(app):
    answer = Caller(app).get("/openapi.json")
    assert answer.status_code == 200
    validate(answer.json)
    assert answer.json["openapi"] == "3.1.0"
    assert answer.json["servers"] == [{"url": "/api/v1"}]


def test_the_front_door_serves_pages_and_interface(settings, sqlite_url):
    app = create_app(replace(settings, database_url=sqlite_url))
    assert Caller(app).get("/openapi.json").status_code == 200
    assert app.test_client().get("/inloggen").status_code == 200
    assert app.test_client().get("/api").status_code == 404


def test_it_describes_every_operation_and_no_other():
    described = {(method.upper(), path) for path, found in description()["paths"].items() for method in found}
    assert described == {(one.method, one.path) for one in OPERATIONS}


def test_it_knows_every_question_of_the_form():
    assert set(description()["components"]["schemas"]["Antwoorden"]["properties"]) == {
        one.key for one in INTAKE_FORM.questions
    }


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.name)
def test_every_operation_has_a_scope_that_lets_it_through(operation):
    assert [scope for scope, actions in ACTIONS.items() if operation.action in actions]


def test_the_closed_lists_are_those_of_the_rules():
    outcomes = ruleset_for("rotterdam-rijnmond", NOW.date()).outcomes
    body = BesluitBody().fields
    assert set(body["voorziening"].values) == set(outcomes["voorzieningen"].fact.values)
    assert set(body["overbrugging"].values) == set(outcomes["overbrugging"].fact.values)


def test_no_part_of_the_description_has_a_name_that_only_the_source_knows():
    described = description()["components"]["schemas"]
    assert not [name for name in described if name in {"Line", "List", "Case", "Place", "Referral", "Step", "Letter"}]
    assert {"Intake", "Verwijzing", "Plek", "Advies", "Antwoorden", "Probleem"} <= set(described)
