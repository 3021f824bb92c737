"""One intake: whole for who works on it, and for others what their kind of receiver needs."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from marshmallow import Schema, fields
from sqlalchemy.orm import Session

from forms import INTAKE_FORM, ShownSection
from intake import access, advice, keys, letters
from intake.access import Action, Actor
from intake.api.advice import AdviesSchema
from intake.api.frame.operation import Answer, Call, Operation
from intake.case import besluiten_of
from intake.referrals import viewing
from intake.tables.besluit import Besluit
from intake.tables.intake import Intake, IntakeState


class LineSchema(Schema):
    """One intake in a list; it names nobody."""

    id = fields.UUID(required=True)
    referentie = fields.String(required=True)
    status = fields.Enum(IntakeState, by_value=True, required=True)
    urgentie = fields.String(required=True)
    melding_datum = fields.Date(required=True)
    ingediend_op = fields.AwareDateTime(required=True)


class QuestionSchema(Schema):
    """A question with its answer, in words."""

    vraag = fields.String(required=True)
    antwoord = fields.String(required=True)


class SectionSchema(Schema):
    """What the reader may see of one section of the form."""

    titel = fields.String(required=True)
    regels = fields.List(fields.Nested(QuestionSchema), required=True)


class BesluitLineSchema(Schema):
    """A decision as it stands with the case."""

    id = fields.UUID(required=True)
    nummer = fields.Integer(required=True)
    soort = fields.String(required=True)
    voorzieningen = fields.List(fields.String(), required=True)
    overbrugging = fields.String(required=True)
    wijkt_af = fields.Boolean(required=True)
    bevoegd = fields.Boolean(required=True)
    namens = fields.String(required=True)
    medewerker = fields.String(required=True)
    genomen_op = fields.AwareDateTime(required=True)


class SentSchema(Schema):
    """A referral of the case."""

    id = fields.UUID(required=True)
    doel = fields.String(required=True)
    status = fields.String(required=True)
    ontvanger = fields.String(required=True)


class LetterSchema(Schema):
    """A letter of the case."""

    id = fields.UUID(required=True)
    soort = fields.String(required=True)
    status = fields.String(required=True)


class CaseSchema(LineSchema):
    """One intake, as its reader may see it."""

    antwoorden = fields.Dict(
        keys=fields.String(),
        required=True,
        allow_none=True,
        metadata={"description": "Voor wie zelf aan de zaak werkt, zonder bsn; anders null."},
    )
    getoond = fields.List(
        fields.Nested(SectionSchema),
        required=True,
        metadata={"description": "De antwoorden die uw organisatie nodig heeft, in woorden."},
    )
    advies = fields.Nested(AdviesSchema, required=True)
    advies_hash = fields.String(required=True)
    besluiten = fields.List(fields.Nested(BesluitLineSchema), required=True)
    verwijzingen = fields.List(fields.Nested(SentSchema), required=True)
    brieven = fields.List(fields.Nested(LetterSchema), required=True)


def show(call: Call) -> Answer:
    """One intake: whole for who works on it, else the projection for its kind of receiver.

    Raises:
        NotFound: no such case, or not for this caller.
    """
    session, actor = call.session, call.actor
    case = access.fetch(session, actor, Action.READ_INTAKE, Intake, call.row_id)
    answers = keys.get(session, case, "answers")
    stored = advice.latest(session, case.id)
    unlimited = replace(actor, only=None)
    works_on_it = bool(access.can(unlimited, Action.EDIT_INTAKE, case))
    return Answer(
        {
            **line(case),
            "antwoorden": {key: value for key, value in answers.items() if key != "bsn"} if works_on_it else None,
            "getoond": [] if works_on_it else _shown(session, actor, case.id, answers),
            "advies": keys.get(session, stored, "content"),
            "advies_hash": stored.content_hash,
            "besluiten": [decided(one) for one in besluiten_of(session, case.id)],
            "verwijzingen": [
                {"id": one.id, "doel": one.purpose, "status": one.state, "ontvanger": to}
                for one, to in viewing.referrals_of(session, actor, case.id)
            ],
            "brieven": [
                {"id": one.id, "soort": one.kind, "status": one.state}
                for one in letters.letters_of(session, case.id)
                if works_on_it or access.can(unlimited, Action.READ_LETTER, one)
            ],
        }
    )


def decided(one: Besluit) -> dict[str, Any]:
    """A decision, for its schema."""
    return {
        "id": one.id,
        "nummer": one.number,
        "soort": one.kind,
        "voorzieningen": one.voorzieningen,
        "overbrugging": one.overbrugging,
        "wijkt_af": one.wijkt_af,
        "bevoegd": one.bevoegd,
        "namens": one.namens,
        "medewerker": f"{one.naam}, {one.functie}",
        "genomen_op": one.decided_at,
    }


def line(case: Intake) -> dict[str, Any]:
    """A case in a list, for its schema."""
    return {
        "id": case.id,
        "referentie": case.reference,
        "status": case.state,
        "urgentie": case.urgentie,
        "melding_datum": case.melding_datum,
        "ingediend_op": case.submitted_at,
    }


def sections(shown: Iterable[ShownSection]) -> list[dict[str, Any]]:
    """What may be seen of the answers, for its schema."""
    return [
        {"titel": one.title, "regels": [{"vraag": label, "antwoord": text} for label, text in one.lines]}
        for one in shown
    ]


def _shown(session: Session, actor: Actor, intake_id: uuid.UUID, answers: Mapping[str, Any]) -> list[dict[str, Any]]:
    kind = access.receiver_kind(session, actor, intake_id)
    return sections(viewing.covered(INTAKE_FORM.shown(answers, kind))) if kind else []


OPERATIONS = (
    Operation(
        name="intakeOpvragen",
        method="GET",
        path="/intakes/{id}",
        action=Action.READ_INTAKE,
        summary="Eén intake, met advies, besluiten, verwijzingen en brieven.",
        run=show,
        answers={200: CaseSchema()},
        refuses=(404,),
    ),
)
