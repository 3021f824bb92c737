"""Keys for the JSON interface, for the functioneel beheerder: making one, shown once, and withdrawing it."""

import uuid
from datetime import date, timedelta

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from intake.access import Act, Action
from intake.people import staff, systems
from intake.people.systems import NewToken, TokenRefused
from intake.tables.api_token import Scope
from intake.web.frame.access import act, action, the_actor
from intake.web.frame.listing import cut, page_number
from intake.web.frame.request import clock, rollback, session

blueprint = Blueprint("api_token", __name__, url_prefix="/beheer/koppelingen")

USUAL_LIFE = timedelta(days=365)
LONGEST = 100
SCOPES = {
    Scope.ROUTEADVIEZEN: "Advies vragen op antwoorden; er wordt niets bewaard",
    Scope.INTAKES_LEZEN: "Intakes lezen",
    Scope.INTAKES_INDIENEN: "Intakes indienen",
    Scope.BESLUITEN_NEMEN: "Doorgeven wat een medewerker besloot",
    Scope.VERWIJZINGEN_LEZEN: "Verwijzingen lezen",
    Scope.VERWIJZINGEN_BEANTWOORDEN: "Verwijzingen beantwoorden",
    Scope.BRIEVEN_LEZEN: "Brieven ophalen",
    Scope.PLEKKEN_LEZEN: "Zien welke plekken er zijn",
    Scope.PLEKKEN_WIJZIGEN: "Eigen plekken bijwerken",
}


@blueprint.get("")
@action(Action.MANAGE_ACCOUNTS)
def index() -> str:
    """The keys of the organisations that one manages, and the form for a new one."""
    return _page()


@blueprint.post("")
@action(Action.MANAGE_ACCOUNTS)
def make() -> ResponseReturnValue:
    """A new key, shown once on the page that follows."""
    try:
        made = systems.make_token(
            act(),
            NewToken(
                organisation_id=_organisation(request.form.get("organisatie", "")),
                naam=request.form.get("naam", "")[:LONGEST],
                scopes=[scope for scope in Scope if scope in request.form.getlist("waarvoor")],
                tot=_day(request.form.get("tot", "")),
            ),
        )
    except TokenRefused as error:
        rollback()
        return make_response(_page(error=str(error)), 400)
    return render_template("people/systems/show.html", made=made, scopes=SCOPES)


@blueprint.post("/<uuid:token_id>/intrekken")
@action(Action.MANAGE_ACCOUNTS)
def withdraw(token_id: uuid.UUID) -> ResponseReturnValue:
    """The key works no more."""
    gone = systems.withdraw(act(), token_id)
    flash(f"De sleutel van {gone.naam} is ingetrokken en werkt niet meer.", "success")
    return redirect(url_for("api_token.index"), 303)


def _page(*, error: str = "") -> str:
    actor, typed = the_actor(), request.form
    return render_template(
        "people/systems/index.html",
        found=cut(systems.tokens(Act(session(), actor, clock())), page_number(request.args)),
        organisations=staff.managed(session(), actor),
        scopes=SCOPES,
        chosen=typed.getlist("waarvoor"),
        typed={"naam": typed.get("naam", "")[:LONGEST], "organisatie": typed.get("organisatie", "")},
        tot=typed.get("tot") or (clock().today() + USUAL_LIFE).isoformat(),
        error=error,
    )


def _organisation(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError as error:
        raise TokenRefused("Kies voor welke organisatie de sleutel is.") from error


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise TokenRefused("Schrijf de laatste dag als jjjj-mm-dd, bijvoorbeeld 2027-01-31.") from error
