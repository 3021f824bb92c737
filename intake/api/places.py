"""`/plekken`: what is free, and for a provider keeping its own places up to date."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validates_schema

from intake import access, places
from intake.access import Action
from intake.api.frame.fields import HIGHEST_VERSION, Choice, Number, Strict
from intake.api.frame.operation import Answer, Call, Operation
from intake.api.frame.paging import Page, PageQuery, after, cursor_after
from intake.api.frame.problems import Fault, Problem, Refusal, invalid
from intake.api.frame.reading import changed_meanwhile
from intake.tables.place import Place, PlaceState

_ORDER = (Place.voorziening, Place.naam, Place.id)
_NO_VERSION = Problem(
    status=428,
    kind="versie-nodig",
    title="Zeg welke versie u wijzigt",
    detail="Stuur de ETag die u kreeg mee als If-Match, of versie in de inhoud. Zo overschrijft u niemand.",
)


class PlaceSchema(Schema):
    """A group of equal places of one provider."""

    id = fields.UUID(required=True)
    organisatie = fields.UUID(required=True, metadata={"description": "De id van de aanbieder."})
    naam = fields.String(required=True)
    voorziening = fields.String(required=True)
    gemeente = fields.String(required=True)
    kenmerken = fields.List(fields.String(), required=True)
    min_leeftijd = fields.Integer(required=True)
    max_leeftijd = fields.Integer(required=True)
    kinderen = fields.Boolean(required=True)
    capaciteit = fields.Integer(required=True)
    vrij = fields.Integer(required=True, metadata={"description": "0 als er nu niemand wordt opgenomen."})
    wachtweken = fields.Integer(required=True)
    status = fields.Enum(PlaceState, by_value=True, required=True)
    versie = fields.Integer(required=True)
    gewijzigd_op = fields.AwareDateTime(required=True)


class PlaceListSchema(Page):
    """A part of the places."""

    resultaten = fields.List(fields.Nested(PlaceSchema), required=True)


class PlaceChange(Strict):
    """What changes; what is left out stays."""

    capaciteit = Number(0, places.MOST_PLACES)
    wachtweken = Number(0, places.MOST_WEEKS)
    status = Choice(PlaceState)
    versie = Number(1, HIGHEST_VERSION, metadata={"description": "De versie die u zag, als u geen If-Match stuurt."})

    @validates_schema
    def check_something(self, data: dict[str, Any], **rest: object) -> None:
        """Refuse a change of nothing."""
        del rest
        if not data.keys() - {"versie"}:
            raise ValidationError("Noem ten minste één ding dat wijzigt: capaciteit, wachtweken of status.")


def list_all(call: Call) -> Answer:
    """The places that the caller may see."""
    size = call.query["aantal"]
    rows = access.fetch_all(
        call.session,
        call.actor,
        Action.READ_PLACE,
        Place,
        *after(_ORDER, call.query.get("na")),
        order_by=_ORDER,
        limit=size,
    )
    return Answer({"resultaten": [_content(row) for row in rows], "volgende": cursor_after(rows, _ORDER, size)})


def show(call: Call) -> Answer:
    """One of them, with its version.

    Raises:
        NotFound: no such place, or not for this caller.
    """
    return _answer(access.fetch(call.session, call.actor, Action.READ_PLACE, Place, call.row_id))


def change(call: Call) -> Answer:
    """Say how many there are, how long the wait is, and whether people are taken in.

    Raises:
        NotFound: no such place, or not of the caller's organisation.
        PlaceConflict: it was changed since the caller looked.
        PlaceRefused: fewer than are occupied.
    """
    now = access.fetch(call.session, call.actor, Action.EDIT_PLACE, Place, call.row_id, lock=True)
    if call.version is not None and call.version != now.version:
        raise changed_meanwhile()
    version = call.body.get("versie", call.version)
    if version is None:
        raise Refusal(_NO_VERSION)
    try:
        changed = places.change_place(
            call.act,
            now.id,
            places.Offer(
                capaciteit=call.body.get("capaciteit", now.capaciteit),
                wachtweken=call.body.get("wachtweken", now.wachtweken),
                state=PlaceState(call.body.get("status", now.state)),
            ),
            version=version,
        )
    except places.PlaceRefused as error:
        raise Refusal(invalid([Fault("body", "/capaciteit", str(error))])) from error
    return _answer(changed)


def _answer(row: Place) -> Answer:
    return Answer(_content(row), headers={"ETag": f'"{row.version}"'})


def _content(row: Place) -> dict[str, Any]:
    return {
        "id": row.id,
        "organisatie": row.organisation_id,
        "naam": row.naam,
        "voorziening": row.voorziening,
        "gemeente": row.gemeente_code,
        "kenmerken": row.kenmerken,
        "min_leeftijd": row.min_leeftijd,
        "max_leeftijd": row.max_leeftijd,
        "kinderen": row.kinderen,
        "capaciteit": row.capaciteit,
        "vrij": row.capaciteit - row.bezet if row.state is PlaceState.OPEN else 0,
        "wachtweken": row.wachtweken,
        "status": row.state,
        "versie": row.version,
        "gewijzigd_op": row.changed_at,
    }


OPERATIONS = (
    Operation(
        name="plekkenOpvragen",
        method="GET",
        path="/plekken",
        action=Action.READ_PLACE,
        summary="De plekken in de regio; voor een aanbieder de eigen plekken.",
        run=list_all,
        query=PageQuery(),
        answers={200: PlaceListSchema()},
    ),
    Operation(
        name="plekOpvragen",
        method="GET",
        path="/plekken/{id}",
        action=Action.READ_PLACE,
        summary="Eén groep plekken, met de versie als ETag.",
        run=show,
        answers={200: PlaceSchema()},
        refuses=(404,),
    ),
    Operation(
        name="plekWijzigen",
        method="PATCH",
        path="/plekken/{id}",
        action=Action.EDIT_PLACE,
        summary="Werk uw eigen plekken bij.",
        run=change,
        body=PlaceChange(),
        answers={200: PlaceSchema()},
        takes_version=True,
        refuses=(404, 409, 412, 428),
    ),
)
