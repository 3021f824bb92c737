"""`/intakes`: filing one, and the list; one of them stands in `case`."""

from flask import request
from marshmallow import Schema, fields
from sqlalchemy import ColumnElement, select

from intake import access, keys, melding
from intake.access import Act, Action
from intake.api.advice import AdviesSchema
from intake.api.dossier import LineSchema, line
from intake.api.frame.fields import Choice
from intake.api.frame.operation import Answer, Call, FormAnswers, Operation
from intake.api.frame.paging import Page, PageQuery, after, cursor_after
from intake.people import messages
from intake.tables.advice import StoredAdvice
from intake.tables.intake import Intake, IntakeState
from rules.values import Urgentie

_ORDER = (Intake.submitted_at, Intake.id)


class FiledSchema(Schema):
    """The receipt of an intake."""

    id = fields.UUID(required=True)
    referentie = fields.String(required=True, metadata={"description": "Het nummer waarmee mensen de zaak noemen."})
    ontvangsthash = fields.String(required=True, metadata={"description": "SHA-256 van wat is ontvangen."})
    advies = fields.Nested(AdviesSchema, required=True)
    advies_hash = fields.String(required=True, metadata={"description": "Geef dit mee bij het besluit op dit advies."})


class ListSchema(Page):
    """A part of the intakes, the newest first."""

    resultaten = fields.List(fields.Nested(LineSchema), required=True)


class ListQuery(PageQuery):
    """Which intakes."""

    status = Choice(IntakeState)
    urgentie = Choice(Urgentie)


def file_one(call: Call) -> Answer:
    """File an intake; the same key and answers once more give the same receipt.

    Raises:
        InvalidAnswers: with a Dutch sentence per key.
        KeyRefused: the key is no key.
        KeyReused: the key was used with other answers.
    """
    session = call.session
    receipt = melding.file_intake(Act(session, call.actor, call.clock), call.body, key=call.idempotency_key)
    first = session.scalars(
        select(StoredAdvice).where(StoredAdvice.intake_id == receipt.intake_id, StoredAdvice.number == 1)
    ).one()
    if receipt.created:
        _tell_team(call, receipt)
    content = {
        "id": receipt.intake_id,
        "referentie": receipt.reference,
        "ontvangsthash": receipt.receipt_hash,
        "advies": keys.get(session, first, "content"),
        "advies_hash": first.content_hash,
    }
    return Answer(content, 201, {"Location": f"{request.script_root}/intakes/{receipt.intake_id}"})


def list_all(call: Call) -> Answer:
    """The intakes that the caller may read, the newest first."""
    where: list[ColumnElement[bool]] = after(_ORDER, call.query.get("na"), down=True)
    if "status" in call.query:
        where.append(Intake.state == IntakeState(call.query["status"]))
    if "urgentie" in call.query:
        where.append(Intake.urgentie == Urgentie(call.query["urgentie"]))
    size = call.query["aantal"]
    rows = access.fetch_all(
        call.session,
        call.actor,
        Action.READ_INTAKE,
        Intake,
        *where,
        order_by=[column.desc() for column in _ORDER],
        limit=size,
    )
    return Answer({"resultaten": [line(row) for row in rows], "volgende": cursor_after(rows, _ORDER, size)})


def _tell_team(call: Call, receipt: melding.Receipt) -> None:
    """People of the organisation hear of it: nobody reads the messages of a system."""
    case = call.session.get_one(Intake, receipt.intake_id)
    words = {"door": call.actor.naam, "hoe_snel": case.urgentie.value}
    told = messages.Told(messages.MessageKind.MELDING_VIA_SYSTEEM, words=words)
    to = messages.To(case.organisation_id)
    messages.send(call.session, told, to=to, behind=messages.about_case(case), clock=call.clock)


OPERATIONS = (
    Operation(
        name="intakeIndienen",
        method="POST",
        path="/intakes",
        action=Action.SUBMIT_INTAKE,
        summary="Dien een intake in.",
        description="Zelfde sleutel en zelfde antwoorden: hetzelfde antwoord, en er komt geen tweede zaak. Een sleutel "
        "blijft zeven dagen bekend.",
        run=file_one,
        body=FormAnswers(),
        answers={201: FiledSchema()},
        needs_key=True,
        refuses=(404, 409),
    ),
    Operation(
        name="intakesOpvragen",
        method="GET",
        path="/intakes",
        action=Action.READ_INTAKE,
        summary="De intakes die uw organisatie mag zien, de nieuwste eerst.",
        run=list_all,
        query=ListQuery(),
        answers={200: ListSchema()},
    ),
)
