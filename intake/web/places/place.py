"""Places: what is free in the region, and for a provider the own places to keep up to date."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from intake import access
from intake.access import Action
from intake.people import organisations
from intake.places import MOST_PLACES, Offer, PlaceConflict, PlaceRefused, all_places, change_place, my_places
from intake.tables.place import Place, PlaceState
from intake.web.frame.access import act, action, the_actor
from intake.web.frame.request import rollback, session

blueprint = Blueprint("place", __name__, url_prefix="/plekken")

NOT_A_NUMBER = "Vul een heel getal in, zoals 12."


@dataclass(frozen=True, slots=True)
class Group:
    """The places for one voorziening, with how many are free in all."""

    voorziening: str
    places: Sequence[Place]
    free: int


@blueprint.get("")
@action(Action.READ_PLACE)
def index() -> str:
    """All places that one may see, by voorziening; the own ones can be changed."""
    return _page({}, {})


@blueprint.post("/<uuid:place_id>")
@action(Action.EDIT_PLACE)
def change(place_id: uuid.UUID) -> ResponseReturnValue:
    """Say how many places there are, how long the wait is, and whether people are taken in."""
    try:
        changed = change_place(
            act(),
            place_id,
            Offer(
                capaciteit=_number("capaciteit"),
                wachtweken=_number("wachtweken"),
                state=PlaceState.OPEN if request.form.get("open") else PlaceState.DICHT,
            ),
            version=request.form.get("versie", type=int, default=0),
        )
    except (PlaceRefused, PlaceConflict) as error:
        rollback()
        typed = request.form.to_dict() if isinstance(error, PlaceRefused) else {}
        status = 400 if isinstance(error, PlaceRefused) else 409
        return _page({place_id: typed}, {f"capaciteit-{place_id}": str(error)}), status
    flash(f"{changed.naam} is bijgewerkt.", "success")
    return redirect(url_for("place.index", _anchor=f"plek-{place_id}"), 303)


def _page(typed: Mapping[uuid.UUID, Mapping[str, str]], errors: Mapping[str, str]) -> str:
    actor = the_actor()
    own = access.may(actor, Action.EDIT_PLACE)
    return render_template(
        "places/index.html",
        groups=_groups(all_places(session(), actor)),
        own=own,
        mine={one.id for one in my_places(session(), actor)} if own else frozenset(),
        names={one.id: one.naam for one in organisations.organisations(session())},
        typed=typed,
        errors=errors,
    )


def _groups(places: Sequence[Place]) -> list[Group]:
    by_kind = groupby(sorted(places, key=lambda one: one.voorziening), key=lambda one: one.voorziening)
    return [
        Group(kind, found, sum(map(_free, found))) for kind, found in ((kind, list(rows)) for kind, rows in by_kind)
    ]


def _free(one: Place) -> int:
    return one.capaciteit - one.bezet if one.state is PlaceState.OPEN else 0


def _number(name: str) -> int:
    text = request.form.get(name, "").strip()
    if not (text.isascii() and text.isdigit() and len(text) < len(str(MOST_PLACES)) + 1):
        raise PlaceRefused(NOT_A_NUMBER)
    return int(text)
