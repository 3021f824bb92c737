"""`/verwijzingen`: a receiver's side: what waits for an answer, and the answer."""

from collections.abc import Mapping, Sequence
from typing import Any

from marshmallow import Schema, fields
from sqlalchemy import select
from sqlalchemy.orm import Session

from intake import access
from intake.access import Action
from intake.api.dossier import LetterSchema, SectionSchema, sections
from intake.api.frame.fields import HIGHEST_VERSION, Choice, Day, Number, Strict, Text
from intake.api.frame.operation import Answer, Call, Operation
from intake.api.frame.paging import Page, PageQuery, after, cursor_after
from intake.api.frame.problems import Fault, Refusal, invalid
from intake.referrals import answering, viewing
from intake.referrals.answering import LONGEST_TEXT
from intake.tables.intake import Intake
from intake.tables.organisation import Organisation
from intake.tables.referral import Referral, ReferralState, RefusalReason

_ORDER = (Referral.respond_by, Referral.sent_at, Referral.id)
LINES = 200


class ReferralLineSchema(Schema):
    """One referral in a list; it names nobody."""

    id = fields.UUID(required=True)
    referentie = fields.String(required=True)
    status = fields.Enum(ReferralState, by_value=True, required=True)
    versie = fields.Integer(required=True)
    urgentie = fields.String(required=True)
    voorziening = fields.String(required=True)
    doel = fields.String(required=True, metadata={"description": "traject of overbrugging (een bed voor vannacht)."})
    verzender = fields.String(required=True)
    verzonden_op = fields.AwareDateTime(required=True)
    antwoord_voor = fields.Date(required=True, metadata={"description": "De laatste dag voor een antwoord."})
    antwoord_voor_tijdstip = fields.AwareDateTime(
        required=True, allow_none=True, metadata={"description": "Bij spoed: het uur waarvoor u antwoordt."}
    )


class ReferralListSchema(Page):
    """A part of the referrals to the caller, the first to be answered first."""

    resultaten = fields.List(fields.Nested(ReferralLineSchema), required=True)


class ReferralQuery(PageQuery):
    """Which referrals."""

    status = Choice(ReferralState)


class ReferralSchema(ReferralLineSchema):
    """One referral with what its receiver needs, and nothing more (Wmo 2015 art. 5.2.1)."""

    telefoon_verzender = fields.String(required=True)
    plek = fields.UUID(required=True, allow_none=True)
    getoond = fields.List(fields.Nested(SectionSchema), required=True)
    vraag = fields.String(required=True)
    antwoord = fields.String(required=True)
    start_op = fields.Date(required=True, allow_none=True)
    kan = fields.List(fields.String(), required=True, metadata={"description": "De stappen die u nu kunt zetten."})
    brieven = fields.List(fields.Nested(LetterSchema), required=True)


class Versioned(Strict):
    """A step that is taken on the referral as the caller saw it."""

    versie = Number(1, HIGHEST_VERSION, required=True, metadata={"description": "De versie die u zag."})


class AcceptBody(Versioned):
    """Taking the client."""

    start_op = Day(metadata={"description": "Vanaf wanneer de cliënt kan komen, als u dat weet."})


class DeclineBody(Versioned):
    """Not taking the client, and why."""

    reden = Choice(RefusalReason, required=True)
    toelichting = Text(
        longest=LONGEST_TEXT, lines=LINES, load_default="", metadata={"description": "Verplicht bij reden anders."}
    )


class AskBackBody(Versioned):
    """What the receiver needs to know first."""

    vraag = Text(longest=LONGEST_TEXT, lines=LINES, required=True)


class StepSchema(Schema):
    """Where the referral is after the step."""

    id = fields.UUID(required=True)
    status = fields.Enum(ReferralState, by_value=True, required=True)
    versie = fields.Integer(required=True)


def list_all(call: Call) -> Answer:
    """The referrals addressed to the caller's organisation."""
    where = [Referral.receiver_id.in_(call.actor.addressed_as), *after(_ORDER, call.query.get("na"))]
    if "status" in call.query:
        where.append(Referral.state == ReferralState(call.query["status"]))
    size = call.query["aantal"]
    rows = access.fetch_all(
        call.session, call.actor, Action.READ_REFERRAL, Referral, *where, order_by=_ORDER, limit=size
    )
    _load_around(call.session, rows)
    found = [_line(call.session, row) for row in rows]
    return Answer({"resultaten": found, "volgende": cursor_after(rows, _ORDER, size)})


def show(call: Call) -> Answer:
    """One referral, opened.

    Raises:
        NotFound: no such referral, or neither sent nor received by this organisation.
    """
    found = viewing.open_referral(call.act, call.row_id)
    row = found.referral
    return Answer(
        {
            **_line(call.session, row),
            "telefoon_verzender": found.sender.telefoon,
            "plek": found.place_id,
            "getoond": sections(found.shown),
            "vraag": found.vraag,
            "antwoord": found.antwoord,
            "start_op": row.start_on if found.knows else None,
            "kan": sorted(found.steps),
            "brieven": [{"id": one.id, "soort": one.kind, "status": one.state} for one in found.letters],
        }
    )


def accept(call: Call) -> Answer:
    """Take the client.

    Raises:
        NotFound: no such referral, or not addressed to this organisation.
        StateConflict: it was answered, withdrawn or passed on.
    """
    body = call.body
    return _after(answering.accept(call.act, call.row_id, version=body["versie"], start_on=body.get("start_op")))


def decline(call: Call) -> Answer:
    """Do not take the client, for a reason; the next in line is asked.

    Raises:
        NotFound, StateConflict: as for `accept`.
    """
    body = call.body
    if body["reden"] == RefusalReason.ANDERS and not body["toelichting"]:
        raise Refusal(invalid([Fault("body", "/toelichting", "Schrijf op waarom.")]))
    return _after(
        answering.decline(
            call.act,
            call.row_id,
            version=body["versie"],
            reden=RefusalReason(body["reden"]),
            toelichting=body["toelichting"],
        )
    )


def ask_back(call: Call) -> Answer:
    """Ask the sender first; the clock stands still.

    Raises:
        NotFound, StateConflict: as for `accept`.
    """
    body = call.body
    return _after(answering.ask_back(call.act, call.row_id, version=body["versie"], vraag=body["vraag"]))


def _after(row: Referral) -> Answer:
    return Answer({"id": row.id, "status": row.state, "versie": row.version})


def _load_around(session: Session, rows: Sequence[Referral]) -> None:
    """Load the cases and senders of a list in two queries, for `_line` to find: the session of a call keeps them."""
    session.scalars(select(Intake).where(Intake.id.in_({row.intake_id for row in rows}))).all()
    session.scalars(select(Organisation).where(Organisation.id.in_({row.organisation_id for row in rows}))).all()


def _line(session: Session, row: Referral) -> Mapping[str, Any]:
    case = session.get_one(Intake, row.intake_id)
    return {
        "id": row.id,
        "referentie": case.reference,
        "status": row.state,
        "versie": row.version,
        "urgentie": case.urgentie,
        "voorziening": row.voorziening,
        "doel": row.purpose,
        "verzender": session.get_one(Organisation, row.organisation_id).naam,
        "verzonden_op": row.sent_at,
        "antwoord_voor": row.respond_by,
        "antwoord_voor_tijdstip": row.respond_at,
    }


def _step(step: str, summary: str, run: Any, body: Versioned) -> Operation:
    return Operation(
        name=f"verwijzing{step.capitalize()}",
        method="POST",
        path=f"/verwijzingen/{{id}}/{step}",
        action=Action.ANSWER_REFERRAL,
        summary=summary,
        run=run,
        body=body,
        answers={200: StepSchema()},
        refuses=(404, 409),
    )


OPERATIONS = (
    Operation(
        name="verwijzingenOpvragen",
        method="GET",
        path="/verwijzingen",
        action=Action.READ_REFERRAL,
        summary="De verwijzingen aan uw organisatie; wat het eerst een antwoord nodig heeft, staat vooraan.",
        run=list_all,
        query=ReferralQuery(),
        answers={200: ReferralListSchema()},
    ),
    Operation(
        name="verwijzingOpvragen",
        method="GET",
        path="/verwijzingen/{id}",
        action=Action.READ_REFERRAL,
        summary="Eén verwijzing, met alleen wat uw organisatie nodig heeft.",
        run=show,
        answers={200: ReferralSchema()},
        refuses=(404,),
    ),
    _step("accepteren", "U neemt de cliënt aan.", accept, AcceptBody()),
    _step("weigeren", "U neemt de cliënt niet aan, met de reden.", decline, DeclineBody()),
    _step("terugvragen", "U wilt eerst iets weten van de verzender.", ask_back, AskBackBody()),
)
