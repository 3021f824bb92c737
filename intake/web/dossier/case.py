"""Intakes that were submitted: the list, the case with its route, and the decision of a person about it."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from intake import besluit, case, dossier, letters
from intake.access import Action
from intake.besluit import ReasonMissing, ReviewPending
from intake.dossier import Dossier, Order, deciding
from intake.dossier.deciding import (
    RECEIVERS,
    Keuze,
    NothingDeviates,
    Overtaken,
    Seen,
    UnknownReceiver,
    Wanted,
)
from intake.people import organisations
from intake.referrals.sending import ChoiceRefused
from intake.tables.intake import IntakeState
from intake.web.advice.route import route_of
from intake.web.advice.today import rules_today
from intake.web.dossier import outcome
from intake.web.frame import words
from intake.web.frame.access import act, action, the_actor
from intake.web.frame.listing import chosen, page_number
from intake.web.frame.request import clock, rollback, session
from rules.values import Urgentie

blueprint = Blueprint("intake", __name__, url_prefix="/intakes")

OPEN, ALL = "open", "alle"
LONGEST_NUMBER, NOTHING_SEEN = 9, -1
_BESIDE: Mapping[type[Exception], str] = {
    ReasonMissing: "reden",
    NothingDeviates: "afwijken",
    UnknownReceiver: "ontvanger",
    ReviewPending: "besluit-volgen",
    Overtaken: "besluit",
}
"""Beside which field a refusal of a besluit stands."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What was filled in to decide, kept when something is wrong with it."""

    doe: str = ""
    voorziening: str = ""
    overbrugging: str = ""
    ontvanger: str = ""
    reden: str = ""


@blueprint.get("")
@action(Action.READ_INTAKE)
def index() -> str:
    """The cases that one may read: most urgent first, by state and urgency."""
    state = chosen(request.args, "staat", (OPEN, ALL, *IntakeState))
    urgentie = chosen(request.args, "urgentie", ("", *Urgentie))
    order = Order(chosen(request.args, "volgorde", tuple(Order)))
    found = dossier.cases(
        session(),
        the_actor(),
        dossier.Selection(states=_states(state), urgenties=(Urgentie(urgentie),) if urgentie else (), order=order),
        page=page_number(request.args),
    )
    return render_template(
        "dossier/index.html",
        found=found,
        chosen={"staat": state, "urgentie": urgentie, "volgorde": order.value},
        today=clock().today(),
        urgenties=tuple(Urgentie),
        states=[(OPEN, "Open"), (ALL, "Alle"), *((one.value, words.INTAKE_STATE[one].text) for one in IntakeState)],
    )


@blueprint.get("/<uuid:intake_id>")
@action(Action.READ_INTAKE)
def show(intake_id: uuid.UUID) -> str:
    """One case: its route in a glance, the decision, why, and everything around it; in an emergency what that needs."""
    found = dossier.open_dossier(act(), intake_id)
    return render_template("dossier/emergency.html", found=found) if found.emergency else _page(found)


@blueprint.post("/<uuid:intake_id>/besluit")
@action(Action.TAKE_BESLUIT)
def decide(intake_id: uuid.UUID) -> ResponseReturnValue:
    """Follow the advice, deviate from it with a reason, or decide about tonight only."""
    typed = Typed(**{name: request.form.get(name, "") for name in Typed.__slots__})
    try:
        done = deciding.decide(act(), intake_id, _wanted(typed))
    except tuple(_BESIDE) as error:
        rollback()
        found = dossier.open_dossier(act(), intake_id)
        field = _beside(error, typed)
        status = 409 if isinstance(error, Overtaken) else 400
        return _page(found, typed=typed, errors={field: str(error)}), status
    flash(outcome.decided(done), "success")
    return redirect(url_for("intake.show", intake_id=intake_id), 303)


@blueprint.post("/<uuid:intake_id>/expertise")
@action(Action.ASK_REVIEW)
def ask_expertise(intake_id: uuid.UUID) -> ResponseReturnValue:
    """Ask the regional expertise function to look along."""
    besluit.ask_review(act(), intake_id, question=request.form.get("vraag", ""))
    flash("De vraag is naar het expertiseteam gestuurd.", "success")
    return redirect(url_for("intake.show", intake_id=intake_id), 303)


@blueprint.post("/<uuid:intake_id>/expertise/<uuid:request_id>/intrekken")
@action(Action.ASK_REVIEW)
def withdraw_question(intake_id: uuid.UUID, request_id: uuid.UUID) -> ResponseReturnValue:
    """Decide without waiting for the expertise function."""
    besluit.withdraw_request(act(), request_id)
    flash("De vraag is ingetrokken. U kunt nu zelf besluiten.", "success")
    return redirect(url_for("intake.show", intake_id=intake_id, _anchor="besluit"), 303)


@blueprint.post("/<uuid:intake_id>/taken/<uuid:task_id>")
@action(Action.EDIT_INTAKE)
def complete_task(intake_id: uuid.UUID, task_id: uuid.UUID) -> ResponseReturnValue:
    """Tick a task off."""
    case.complete_task(act(), intake_id, task_id)
    return redirect(url_for("intake.show", intake_id=intake_id, _anchor="taken"), 303)


@blueprint.post("/<uuid:intake_id>/brieven/<uuid:letter_id>")
@action(Action.MAKE_LETTER)
def letter_again(intake_id: uuid.UUID, letter_id: uuid.UUID) -> ResponseReturnValue:
    """Ask for a letter once more."""
    letters.ask_again(act(), letter_id)
    flash("De brief wordt opnieuw gemaakt.", "success")
    return redirect(url_for("intake.show", intake_id=intake_id, _anchor="brieven"), 303)


@blueprint.get("/<uuid:intake_id>/bsn")
@action(Action.SHOW_BSN)
def show_bsn(intake_id: uuid.UUID) -> str:
    """The burgerservicenummer, shown because somebody asked; logged."""
    return render_template(
        "dossier/bsn.html", bsn=dossier.show_bsn(session(), the_actor(), intake_id), intake_id=intake_id
    )


def again(
    intake_id: uuid.UUID, errors: Mapping[str, str], filled: Mapping[str, str] | None = None
) -> ResponseReturnValue:
    """The page of the case once more, with what was wrong beside its field and what was typed kept."""
    rollback()
    found = dossier.open_dossier(act(), intake_id)
    return _page(found, errors=errors, filled=filled), 400


def _page(
    found: Dossier,
    *,
    typed: Typed | None = None,
    errors: Mapping[str, str] | None = None,
    filled: Mapping[str, str] | None = None,
) -> str:
    return render_template(
        "dossier/show.html",
        **_around(found),
        found=found,
        route=route_of(found.advice),
        receivers=organisations.organisations(session(), RECEIVERS) if found.decides else [],
        typed=_as_advised(typed or Typed(), found),
        voorzieningen=words.VOORZIENING,
        overbruggingen=words.OVERBRUGGING,
        errors=errors or {},
        filled=filled or {},
        today=clock().today(),
        task_name=case.task_name,
        hanging=deciding.hanging(session(), the_actor(), found.case.id) if found.decides else None,
        tonight=dossier.tonight_of(session(), found, clock=clock()),
        rules_today=rules_today(found.case, found.stored, found.advice) if found.own else None,
    )


def _as_advised(typed: Typed, found: Dossier) -> Typed:
    """What was filled in; what was not, as the advice says, so that no choice is made by standing first in a list."""
    return replace(
        typed,
        voorziening=typed.voorziening or "".join(found.advice.voorzieningen[:1]),
        overbrugging=typed.overbrugging or found.advice.overbrugging,
    )


def _around(found: Dossier) -> dict[str, object]:
    """What only its own people see of a case: who looks after it, who else could, how it can end."""
    if not found.own:
        return {}
    others = case.colleagues(session(), found.case, clock().today())
    return {
        "caseworker": case.caseworker_name(session(), found.case),
        "colleagues": {str(one.id): f"{one.naam}, {one.functie}" for one in others},
        "ends": {"uitstroom": words.UITSTROOM, "intrekking": words.INTREKKING},
    }


def _states(name: str) -> tuple[IntakeState, ...]:
    if name == ALL:
        return tuple(IntakeState)
    return dossier.OPEN_STATES if name == OPEN else (IntakeState(name),)


def _beside(error: Exception, typed: Typed) -> str:
    """The field that the refusal stands beside; each form has a reason of its own."""
    field = next(beside for kind, beside in _BESIDE.items() if isinstance(error, kind))
    return "vannacht-reden" if field == "reden" and typed.doe == Keuze.VANNACHT else field


def _wanted(typed: Typed) -> Wanted:
    """What was chosen on the page. What is not in a list is left as advised; tonight alone must be chosen."""
    if typed.doe not in set(Keuze):
        abort(400)
    if typed.doe == Keuze.VANNACHT and typed.overbrugging not in words.OVERBRUGGING:
        raise ChoiceRefused("Kies uit de lijst wat er vannacht gebeurt.")
    return Wanted(
        keuze=Keuze(typed.doe),
        seen=_seen(),
        voorziening=typed.voorziening if typed.voorziening in words.VOORZIENING else "",
        overbrugging=typed.overbrugging if typed.overbrugging in words.OVERBRUGGING else "",
        ontvanger=_receiver(typed.ontvanger),
        reden=typed.reden,
        verwijzen=request.form.get("verwijzen") == "meteen",
    )


def _seen() -> Seen:
    """What the page showed; a page that does not tell showed nothing."""
    number = request.form.get("gezien", "")
    known = number.isascii() and number.isdigit() and len(number) < LONGEST_NUMBER
    return Seen(
        advies_hash=request.form.get("advies", ""),
        besluiten=int(number) if known else NOTHING_SEEN,
        gevolgen=request.form.get("gevolgen", ""),
    )


def _receiver(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text) if text else None
    except ValueError as error:
        raise UnknownReceiver from error
