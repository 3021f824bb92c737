"""`/intakes/{id}/besluit`: what a named person decided, told by the system in which that person works.

The system decides nothing: it names the person, the advice that the person saw, and what was chosen. The person must
work for the organisation in a role that decides, is logged as the one who did it, and gets a message.
"""

from collections.abc import Mapping
from typing import Any

from flask import request
from marshmallow import Schema, ValidationError, fields, validates_schema

from intake import access
from intake.access import Act, Action, Actor, audit
from intake.api.dossier import BesluitLineSchema, decided
from intake.api.frame.fields import Choice, Flag, Number, Strict, Text
from intake.api.frame.operation import Answer, Call, Operation
from intake.api.frame.problems import Fault, Problem, Refusal, invalid
from intake.besluit import LONGEST_REASON
from intake.dossier import deciding
from intake.dossier.deciding import Decided, Keuze, Overtaken, Seen, UnknownReceiver, Wanted
from intake.people import messages, systems
from intake.referrals.sending import Sent
from intake.tables.besluit import Besluit
from intake.tables.intake import Intake
from rules.values import Overbrugging, Voorziening

NO_RECEIVER = "Dit is geen organisatie die zaken ontvangt."
LONGEST_ADDRESS, LONGEST_HASH, MOST_BESLUITEN = 254, 80, 10_000


class BesluitBody(Strict):
    """What the person decided."""

    medewerker = Text(
        longest=LONGEST_ADDRESS,
        required=True,
        metadata={"description": "Het e-mailadres waarmee de medewerker die besluit, in Toegang staat."},
    )
    keuze = Choice(Keuze, required=True)
    advies_hash = Text(
        longest=LONGEST_HASH, required=True, metadata={"description": "Van het advies dat de medewerker zag."}
    )
    besluiten_gezien = Number(
        0, MOST_BESLUITEN, metadata={"description": "Hoeveel besluiten over de zaak de medewerker zag."}
    )
    voorziening = Choice(Voorziening, metadata={"description": "Bij afwijken: de hoofdvoorziening."})
    overbrugging = Choice(Overbrugging, metadata={"description": "Bij afwijken of vannacht: wat er vannacht gebeurt."})
    ontvanger = fields.UUID(
        error_messages={
            "invalid_uuid": "Dit is geen id van een organisatie.",
            "null": "Laat dit weg of vul een id in.",
        },
        metadata={"description": "Bij afwijken: de organisatie waar de zaak heen gaat."},
    )
    reden = Text(
        longest=LONGEST_REASON, lines=200, metadata={"description": "Verplicht als van het advies wordt afgeweken."}
    )
    verwijzen = Flag(
        load_default=True, metadata={"description": "Stuur de zaak meteen door naar wie het besluit noemt."}
    )

    @validates_schema
    def check_choice(self, data: Mapping[str, Any], **rest: object) -> None:
        """Refuse a decision about tonight that does not say what happens tonight."""
        del rest
        if data.get("keuze") == Keuze.VANNACHT and "overbrugging" not in data:
            raise ValidationError({"overbrugging": ["Vul in wat er vannacht gebeurt."]})


class SentOnSchema(Schema):
    """To whom the case was sent on."""

    doel = fields.String(required=True)
    ontvanger = fields.String(
        required=True, allow_none=True, metadata={"description": "null: nergens was plek, de zaak blijft in beeld."}
    )


class BesluitSchema(BesluitLineSchema):
    """The decision, and to whom the case was sent on by it."""

    verwezen = fields.List(fields.Nested(SentOnSchema), required=True)


def take(call: Call) -> Answer:
    """Record what the person decided; the same once more gives the besluit that is there.

    Raises:
        NotFound: no such case, or not for this organisation.
        NoSuchPerson: the person named cannot decide for it.
        NothingDeviates, ReasonMissing, CaseClosed, ReviewPending: as for a besluit on the page.
    """
    session, body = call.session, call.body
    access.fetch(session, call.actor, Action.TAKE_BESLUIT, Intake, call.row_id, lock=True)
    person = systems.person_behind(session, call.actor, body["medewerker"], Action.TAKE_BESLUIT)
    access.bind(session, person)
    done = _decide(call, person)
    if done.is_new:
        _tell(call, person, done.besluit)
    return Answer(
        {**decided(done.besluit), "verwezen": [_sent(one) for one in done.sent or ()]},
        201,
        {"Location": f"{request.script_root}/intakes/{call.row_id}"},
    )


def _decide(call: Call, person: Actor) -> Decided:
    try:
        return deciding.decide(Act(call.session, person, call.clock), call.row_id, _wanted(call.body))
    except Overtaken as error:
        raise _overtaken(error.what) from error
    except UnknownReceiver as error:
        raise Refusal(invalid([Fault("body", "/ontvanger", NO_RECEIVER)])) from error


def _wanted(body: Mapping[str, Any]) -> Wanted:
    return Wanted(
        keuze=Keuze(body["keuze"]),
        seen=Seen(advies_hash=body["advies_hash"], besluiten=body.get("besluiten_gezien")),
        voorziening=body.get("voorziening", ""),
        overbrugging=body.get("overbrugging", ""),
        ontvanger=body.get("ontvanger"),
        reden=body.get("reden", ""),
        verwijzen=body["verwijzen"],
    )


def _tell(call: Call, person: Actor, made: Besluit) -> None:
    """The log knows through which system it came, and the person hears of it: nobody decides in another's name."""
    audit.record(call.session, call.actor, Action.TAKE_BESLUIT, about=made, detail="doorgegeven_voor_medewerker")
    assert person.organisation_id is not None
    case = call.session.get_one(Intake, made.intake_id)
    told = messages.Told(messages.MessageKind.BESLUIT_OP_UW_NAAM, words={"door": call.actor.naam})
    to = messages.To(person.organisation_id, person.account_id)
    messages.send(call.session, told, to=to, behind=messages.about_case(case), clock=call.clock)


def _sent(one: Sent) -> dict[str, Any]:
    return {"doel": one.purpose, "ontvanger": one.receiver}


def _overtaken(what: str) -> Refusal:
    return Refusal(
        Problem(
            status=409,
            kind="besluit-ingehaald",
            title="De zaak is intussen veranderd",
            detail=f"{what} Het besluit is niet vastgelegd. Laat de medewerker de zaak opnieuw zien en stuur daarna "
            "het besluit.",
        )
    )


OPERATIONS = (
    Operation(
        name="besluitNemen",
        method="POST",
        path="/intakes/{id}/besluit",
        action=Action.TAKE_BESLUIT,
        summary="Leg vast wat een medewerker besloot: het advies volgen, of afwijken met een reden.",
        description="Een mens besluit, nooit een systeem. Noem de medewerker en het advies dat die zag. De medewerker "
        "krijgt bericht. Nog een keer sturen geeft hetzelfde besluit.",
        run=take,
        body=BesluitBody(),
        answers={201: BesluitSchema()},
        refuses=(404, 409),
    ),
)
