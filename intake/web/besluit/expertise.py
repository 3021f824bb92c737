"""The regional expertise function: what waits for it, and its review of one case."""

import uuid

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from intake import besluit, dossier
from intake.access import Action
from intake.besluit import ReviewRefused, Route
from intake.dossier import deciding
from intake.web.advice.route import route_of
from intake.web.frame import words
from intake.web.frame.access import act, action, the_actor
from intake.web.frame.request import clock, rollback, session

blueprint = Blueprint("expertise", __name__, url_prefix="/expertise")


@blueprint.get("")
@action(Action.GIVE_REVIEW)
def index() -> str:
    """The questions that wait, most urgent first."""
    found = besluit.open_requests(session(), the_actor())
    return render_template(
        "besluit/expertise/index.html",
        requests=found,
        urgencies=besluit.urgencies(session(), the_actor(), found),
        today=clock().today(),
    )


@blueprint.get("/<uuid:request_id>")
@action(Action.GIVE_REVIEW)
def show(request_id: uuid.UUID) -> str:
    """One question with its case and the advice."""
    return _page(request_id, {}, {})


@blueprint.post("/<uuid:request_id>")
@action(Action.GIVE_REVIEW)
def answer(request_id: uuid.UUID) -> ResponseReturnValue:
    """The answer of a named person."""
    typed = {name: request.form.get(name, "") for name in ("voorziening", "overbrugging", "beoordeling")}
    try:
        advised = besluit.proposal(session(), besluit.open_request(session(), the_actor(), request_id).request)
        deciding.decide_by_review(act(), request_id, review=typed["beoordeling"], route=_route(advised, typed))
    except ReviewRefused as error:
        rollback()
        return _page(request_id, typed, {"beoordeling": str(error)}), 400
    flash("Uw beoordeling is verstuurd naar de medewerker.", "success")
    return redirect(url_for("expertise.index"), 303)


def _page(request_id: uuid.UUID, typed: dict[str, str], errors: dict[str, str]) -> str:
    found = besluit.open_request(session(), the_actor(), request_id)
    return render_template(
        "besluit/expertise/show.html",
        found=found,
        dossier=dossier.open_dossier(act(), found.case.id),
        route=route_of(found.advice),
        typed=typed,
        errors=errors,
        voorzieningen=words.VOORZIENING,
        overbruggingen=words.OVERBRUGGING,
        today=clock().today(),
    )


def _route(advised: Route, typed: dict[str, str]) -> Route:
    """What was chosen; what was left as it is, is as the rules advise."""
    first = typed["voorziening"]
    rest = tuple(one for one in advised.voorzieningen[1:] if one != first)
    return Route(
        voorzieningen=(first, *rest) if first in words.VOORZIENING else advised.voorzieningen,
        overbrugging=typed["overbrugging"] if typed["overbrugging"] in words.OVERBRUGGING else advised.overbrugging,
        bestemming_soort=advised.bestemming_soort,
        bestemming_naam=advised.bestemming_naam,
        bestemming_gemeente=advised.bestemming_gemeente,
    )
