"""`/routeadviezen`: answers in, advice out. Nothing is stored."""

from datetime import date
from typing import Any

from marshmallow import Schema, fields

from forms import INTAKE_FORM
from intake import advice
from intake.access import Action
from intake.api.frame.fields import Day, Strict
from intake.api.frame.operation import Answer, Call, FormAnswers, Operation


class AdviesQuery(Strict):
    """By which day the advice is asked."""

    peildatum = Day(metadata={"description": "De dag van het advies; anders die van de melding, anders vandaag."})


class BestemmingSchema(Schema):
    """Where the route leads."""

    soort = fields.String(required=True)
    naam = fields.String(required=True)
    gemeente = fields.String(required=True, metadata={"description": "CBS-code, of leeg."})


class StapSchema(Schema):
    """One rule that decided."""

    tabel = fields.String(required=True)
    regel = fields.String(required=True)
    omdat = fields.String(required=True)
    grondslag = fields.String(required=True)
    feiten = fields.Dict(keys=fields.String(), required=True)
    zeker = fields.Boolean(required=True)
    voorlopig = fields.Boolean(required=True)


class OpenVraagSchema(Schema):
    """A question whose answer can still change the advice."""

    feit = fields.String(required=True)
    kan_veranderen = fields.List(fields.String(), required=True)


class AdviesSchema(Schema):
    """The advice of the rules. It decides nothing: a person does."""

    regio = fields.String(required=True)
    regelset = fields.String(required=True)
    regelset_hash = fields.String(required=True)
    peildatum = fields.String(required=True, metadata={"format": "date"})
    veiligheid = fields.List(fields.String(), required=True)
    kring = fields.String(required=True)
    voorliggend = fields.List(fields.String(), required=True)
    voorzieningen = fields.List(fields.String(), required=True, metadata={"description": "De eerste is de hoofdroute."})
    overbrugging = fields.String(required=True)
    niveau = fields.String(required=True)
    urgentie = fields.String(required=True, metadata={"description": "U0 (nu, bellen) tot en met U4."})
    regiokeuze = fields.String(required=True)
    verantwoordelijke_gemeente = fields.String(required=True)
    expertise = fields.Boolean(required=True)
    expertise_redenen = fields.List(fields.String(), required=True)
    bestemming = fields.Nested(BestemmingSchema, required=True)
    termijnen = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    taken = fields.List(fields.String(), required=True)
    stappen = fields.List(fields.Nested(StapSchema), required=True)
    open_vragen = fields.List(fields.Nested(OpenVraagSchema), required=True)
    open_uitkomsten = fields.List(fields.String(), required=True)


def give(call: Call) -> Answer:
    """The advice on these answers, by the rules of the region and the day of the melding.

    Raises:
        InvalidAnswers: with a Dutch sentence per key.
    """
    answers = INTAKE_FORM.validate(call.body)
    day = call.query.get("peildatum") or _melding(answers) or call.clock.today()
    answers.setdefault("melding_datum", day.isoformat())
    regio = advice.regio_of(call.actor.gemeente_code) or call.regio
    outcome = advice.advise_answers(answers, regio=regio, on=day, rules_of=advice.shelf(call.session))
    return Answer(outcome.advice.to_dict())


def _melding(answers: dict[str, Any]) -> date | None:
    text = answers.get("melding_datum")
    return date.fromisoformat(text) if isinstance(text, str) and text != "onbekend" else None


OPERATIONS = (
    Operation(
        name="routeadviesGeven",
        method="POST",
        path="/routeadviezen",
        action=Action.READ_RULES,
        summary="Vraag een advies op antwoorden. Er wordt niets bewaard.",
        description="Kunnen de regels geen antwoord geven, dan is regelset “reserve”: het veilige antwoord voor "
        "vannacht, met de expertisefunctie erbij.",
        run=give,
        body=FormAnswers(),
        query=AdviesQuery(),
        answers={200: AdviesSchema()},
    ),
)
