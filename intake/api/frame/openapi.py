"""The description of the interface (OpenAPI 3.1), made from the operations and their schemas."""

from collections.abc import Sequence
from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from marshmallow import Schema

from intake.access import NotFound
from intake.api.frame import answers_schema
from intake.api.frame.operation import JSON, PDF, FormAnswers, Operation
from intake.api.frame.problems import MEDIA_TYPE, problem
from intake.api.frame.reading import MERGE_PATCH
from intake.failures import FAILURES
from intake.people.systems import ACTIONS

VERSION = "1.0.0"
Json = dict[str, Any]
USUAL_PROBLEMS = (400, 401, 403, 406, 429, 500, 503)
WITH_BODY = (413, 415)
_ID: Json = {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}}
_ABOUT = (
    "De JSON-interface van Toegang, voor systemen van gemeenten en aanbieders. Elke aanvraag heeft een sleutel van uw "
    "organisatie (Authorization: Bearer). Een fout is altijd application/problem+json (RFC 9457), in het Nederlands. "
    "De regels adviseren; een mens besluit."
)
_NAMES = {
    "FiledSchema": "Ontvangst",
    "LineSchema": "IntakeRegel",
    "ListSchema": "IntakeLijst",
    "CaseSchema": "Intake",
    "QuestionSchema": "VraagEnAntwoord",
    "SectionSchema": "Onderdeel",
    "BesluitLineSchema": "BesluitRegel",
    "BesluitBody": "BesluitAanvraag",
    "SentSchema": "VerwijzingVanZaak",
    "SentOnSchema": "Doorgestuurd",
    "LetterSchema": "Brief",
    "ReferralLineSchema": "VerwijzingRegel",
    "ReferralListSchema": "VerwijzingLijst",
    "ReferralSchema": "Verwijzing",
    "StepSchema": "VerwijzingStand",
    "AcceptBody": "AccepterenAanvraag",
    "DeclineBody": "WeigerenAanvraag",
    "AskBackBody": "TerugvragenAanvraag",
    "PlaceSchema": "Plek",
    "PlaceListSchema": "PlekLijst",
    "PlaceChange": "PlekWijziging",
}
"""What people who read the description see; the others are Dutch already."""
_PROBLEMS = {
    400: "Een deel van de aanvraag klopt niet; errors zegt wat.",
    401: "Geen geldige sleutel.",
    403: "Deze sleutel mag dit niet.",
    404: problem(FAILURES[NotFound]).detail,
    406: "U vraagt om een ander type dan wij sturen.",
    409: "Het kan nu niet: iemand was u voor, of er moet eerst iets anders.",
    412: "De versie in If-Match is niet die van nu.",
    413: "Groter dan 1 MB.",
    415: "Geen JSON in UTF-8.",
    428: "U zei niet welke versie u wijzigt.",
    429: "Te veel aanvragen; Retry-After zegt hoe lang u wacht.",
    500: "Een fout in Toegang; noem het kenmerk in instance.",
    503: "Even niet bereikbaar; Retry-After zegt hoe lang u wacht.",
}


def describe(operations: Sequence[Operation], *, server: str) -> Json:
    """The whole description, as JSON."""
    spec = APISpec(
        title="Toegang",
        version=VERSION,
        openapi_version="3.1.0",
        info={"description": _ABOUT, "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"}},
        servers=[{"url": server}],
        security=[{"sleutel": []}],
        plugins=[MarshmallowPlugin(schema_name_resolver=_name)],
    )
    spec.components.security_scheme("sleutel", {"type": "http", "scheme": "bearer"})
    spec.components.schema("Gemeentecode", answers_schema.gemeentecode())
    spec.components.schema("Antwoorden", answers_schema.answers())
    spec.components.schema("Probleem", _problem())
    for status, told in _PROBLEMS.items():
        spec.components.response(f"Probleem{status}", _problem_response(status, told))
    for one in operations:
        spec.path(path=one.path, operations={one.method.lower(): _operation(one)})
    return spec.to_dict()


def _operation(one: Operation) -> Json:
    described: Json = {
        "operationId": one.name,
        "tags": [one.path.split("/")[1]],
        "summary": one.summary,
        "description": " ".join(part for part in (one.description, _scope_of(one)) if part),
        "parameters": _parameters(one),
        "responses": {
            **{str(status): _success(one, status, schema) for status, schema in one.answers.items()},
            **{str(status): f"Probleem{status}" for status in _problems_of(one)},
        },
    }
    if one.body is not None:
        body = "Antwoorden" if isinstance(one.body, FormAnswers) else one.body
        types = (JSON, MERGE_PATCH) if one.method == "PATCH" else (JSON,)
        described["requestBody"] = {"required": True, "content": {kind: {"schema": body} for kind in types}}
    return described


def _scope_of(one: Operation) -> str:
    scope = next(scope for scope, actions in ACTIONS.items() if one.action in actions)
    return f"De sleutel heeft “{scope}” nodig."


def _problems_of(one: Operation) -> list[int]:
    return sorted({*USUAL_PROBLEMS, *one.refuses, *(WITH_BODY if one.body is not None else ())})


def _parameters(one: Operation) -> list[Any]:
    found: list[Any] = [_ID] if "{id}" in one.path else []
    if one.query is not None:
        found.append({"in": "query", "schema": one.query})
    if one.needs_key:
        told = "Een eigen sleutel voor deze aanvraag, bijvoorbeeld een UUID. Herhaal hem als u de aanvraag herhaalt."
        schema = {"type": "string", "minLength": 8, "maxLength": 200, "pattern": "^[!-~]+$"}
        found.append(
            {"in": "header", "name": "Idempotency-Key", "required": True, "description": told, "schema": schema}
        )
    if one.takes_version:
        told = "De ETag van de stand die u zag. Nodig als u geen versie in de inhoud stuurt."
        schema = {"type": "string", "pattern": '^"[0-9]{1,9}"$'}
        found.append({"in": "header", "name": "If-Match", "required": False, "description": told, "schema": schema})
    return found


def _success(one: Operation, status: int, schema: Schema | None) -> Json:
    content: Json = {PDF: {"schema": {}}} if schema is None else {JSON: {"schema": schema}}
    headers: Json = {"API-Version": {"schema": {"type": "string"}}}
    if status == 201:  # noqa: PLR2004 - created
        headers["Location"] = {"schema": {"type": "string"}}
    if one.path == "/plekken/{id}":
        headers["ETag"] = {"schema": {"type": "string"}}
    return {"description": "Gelukt.", "content": content, "headers": headers}


def _problem() -> Json:
    text = {"type": "string"}
    fault = {
        "type": "object",
        "properties": {
            "in": {"type": "string", "enum": ["body", "query", "header"]},
            "pointer": text,
            "name": text,
            "detail": text,
        },
        "required": ["in", "detail"],
    }
    return {
        "type": "object",
        "properties": {
            "type": {**text, "description": "Vaste naam van het soort probleem."},
            "title": text,
            "status": {"type": "integer"},
            "detail": {**text, "description": "Wat er is en wat u kunt doen."},
            "instance": {**text, "description": "Het kenmerk van deze aanvraag."},
            "errors": {"type": "array", "items": fault},
        },
        "required": ["type", "title", "status", "detail", "instance"],
    }


def _problem_response(status: int, told: str) -> Json:
    headers: Json = {"API-Version": {"schema": {"type": "string"}}}
    if status in {429, 503}:
        headers["Retry-After"] = {"schema": {"type": "string"}}
    return {"description": told, "content": {MEDIA_TYPE: {"schema": "Probleem"}}, "headers": headers}


def _name(schema: Any) -> str:
    kind = schema if isinstance(schema, type) else type(schema)
    return _NAMES.get(kind.__name__, kind.__name__.removesuffix("Schema"))
