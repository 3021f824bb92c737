"""Intakes that were submitted: the list, the case with its route, and the decision of a person about it."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from intake import besluit, case, dossier, letters
from intake.access import Action
from intake.besluit import ReasonMissing, ReviewPending, Route
from intake.dossier import REASONS, Dossier, Order
from intake.people import organisations
from intake.referrals import sending
from intake.referrals.sending import ChoiceRefused
from intake.tables.besluit import Besluit, BesluitKind
from intake.tables.intake import IntakeState
from intake.tables.organisation import Organisation, OrganisationKind
from intake.web.advice.route import route_of
from intake.web.advice.today import rules_today
from intake.web.frame import words
from intake.web.frame.access import action, the_actor
from intake.web.frame.listing import chosen, page_number
from intake.web.frame.request import clock, rollback, session

blueprint = Blueprint("intake", __name__, url_prefix="/intakes")

OPEN, ALL = "open", "alle"
LONGEST_NUMBER = 9
RECEIVERS = tuple(kind for kind in OrganisationKind if kind not in (OrganisationKind.EXPERTISE, OrganisationKind.REGIO))


class DecidedMeanwhile(RuntimeError):
    """Somebody else decided after this page was opened; the message says what to do."""

    def __init__(self) -> None:
        super().__init__(
            "Iemand anders besloot over deze zaak toen uw pagina openstond. Uw besluit is niet vastgelegd. Bekijk het "
            "besluit hierboven. Wilt u toch opnieuw besluiten? Verstuur het dan nog een keer."
        )


@dataclass(frozen=True, slots=True)
class Typed:
    """What was filled in to deviate, kept when something is wrong with it."""

    voorziening: str = ""
    overbrugging: str = ""
    ontvanger: str = ""
    reden: str = ""


@blueprint.get("")
@action(Action.READ_INTAKE)
def index() -> str:
    """The cases that one may read: most urgent first, by state and urgency."""
    state = chosen(request.args, "staat", (OPEN, ALL, *IntakeState))
    urgentie = chosen(request.args, "urgentie", ("", *words.URGENTIE))
    order = Order(chosen(request.args, "volgorde", tuple(Order)))
    found = dossier.cases(
        session(),
        the_actor(),
        states=_states(state),
        urgenties=(urgentie,) if urgentie else (),
        order=order,
        page=page_number(request.args),
    )
    return render_template(
        "dossier/index.html",
        found=found,
        chosen={"staat": state, "urgentie": urgentie, "volgorde": order.value},
        today=clock().today(),
        states=[(OPEN, "Open"), (ALL, "Alle"), *((one.value, words.INTAKE_STATE[one].text) for one in IntakeState)],
    )


@blueprint.get("/<uuid:intake_id>")
@action(Action.READ_INTAKE)
def show(intake_id: uuid.UUID) -> str:
    """One case: its route in a glance, the decision, why, and everything around it."""
    return _page(dossier.open_dossier(session(), the_actor(), intake_id, clock=clock()))


@blueprint.post("/<uuid:intake_id>/besluit")
@action(Action.TAKE_BESLUIT)
def decide(intake_id: uuid.UUID) -> ResponseReturnValue:
    """Follow the advice, deviate from it with a reason, or decide about tonight only."""
    typed = Typed(**{name: request.form.get(name, "") for name in Typed.__slots__})
    choose = _DECIDE.get(request.form.get("doe", ""))
    if choose is None:
        abort(400)
    try:
        done = choose(intake_id, typed)
    except (ReasonMissing, ReviewPending, DecidedMeanwhile) as error:
        rollback()
        found = dossier.open_dossier(session(), the_actor(), intake_id, clock=clock())
        field = "reden" if isinstance(error, ReasonMissing) else "besluit-volgen"
        status = 409 if isinstance(error, DecidedMeanwhile) else 400
        return _page(found, typed=typed, errors={field: str(error)}), status
    flash(done, "success")
    return redirect(url_for("intake.show", intake_id=intake_id), 303)


@blueprint.post("/<uuid:intake_id>/expertise")
@action(Action.ASK_REVIEW)
def ask_expertise(intake_id: uuid.UUID) -> ResponseReturnValue:
    """Ask the regional expertise function to look along."""
    besluit.ask_review(session(), the_actor(), intake_id, question=request.form.get("vraag", ""), clock=clock())
    flash("De vraag is naar het expertiseteam gestuurd.", "success")
    return redirect(url_for("intake.show", intake_id=intake_id), 303)


@blueprint.post("/<uuid:intake_id>/expertise/<uuid:request_id>/intrekken")
@action(Action.ASK_REVIEW)
def withdraw_question(intake_id: uuid.UUID, request_id: uuid.UUID) -> ResponseReturnValue:
    """Decide without waiting for the expertise function."""
    besluit.withdraw_request(session(), the_actor(), request_id, clock=clock())
    flash("De vraag is ingetrokken. U kunt nu zelf besluiten.", "success")
    return redirect(url_for("intake.show", intake_id=intake_id, _anchor="besluit"), 303)


@blueprint.post("/<uuid:intake_id>/taken/<uuid:task_id>")
@action(Action.EDIT_INTAKE)
def complete_task(intake_id: uuid.UUID, task_id: uuid.UUID) -> ResponseReturnValue:
    """Tick a task off."""
    case.complete_task(session(), the_actor(), intake_id, task_id, clock=clock())
    return redirect(url_for("intake.show", intake_id=intake_id, _anchor="taken"), 303)


@blueprint.post("/<uuid:intake_id>/brieven/<uuid:letter_id>")
@action(Action.MAKE_LETTER)
def letter_again(intake_id: uuid.UUID, letter_id: uuid.UUID) -> ResponseReturnValue:
    """Ask for a letter once more."""
    letters.ask_again(session(), the_actor(), letter_id, clock=clock())
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
    found = dossier.open_dossier(session(), the_actor(), intake_id, clock=clock())
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
        "ends": {"uitstroom": words.UITSTROOM, "intrekking": REASONS},
    }


def _states(name: str) -> tuple[IntakeState, ...]:
    if name == ALL:
        return tuple(IntakeState)
    return dossier.OPEN_STATES if name == OPEN else (IntakeState(name),)


def _follow(intake_id: uuid.UUID, typed: Typed) -> str:
    del typed
    _refuse_late(besluit.follow(session(), the_actor(), intake_id, clock=clock()))
    return f"Uw besluit is vastgelegd: u volgt het advies. {_send_on(intake_id)} De brief wordt gemaakt."


def _deviate(intake_id: uuid.UUID, typed: Typed) -> str:
    found = dossier.open_dossier(session(), the_actor(), intake_id, clock=clock())
    route = _wanted_route(found, typed)
    _refuse_late(besluit.deviate(session(), the_actor(), intake_id, route=route, reden=typed.reden, clock=clock()))
    return f"Uw besluit is vastgelegd: u wijkt af van het advies. {_send_on(intake_id)} De brief wordt gemaakt."


def _decide_tonight(intake_id: uuid.UUID, typed: Typed) -> str:
    if typed.overbrugging not in words.OVERBRUGGING:
        raise ChoiceRefused("Kies uit de lijst wat er vannacht gebeurt.")
    made = besluit.decide_overbrugging(
        session(), the_actor(), intake_id, overbrugging=typed.overbrugging, reden=typed.reden, clock=clock()
    )
    _refuse_late(made)
    return f"Uw besluit over vannacht is vastgelegd. {_send_on(intake_id)}"


def _refuse_late(made: Besluit) -> None:
    """Refuse a besluit, to be rolled back, when others stand before it that the page did not show.

    The same page sent twice gives the same besluit, with its own number, and passes.
    """
    seen = request.form.get("gezien", "")
    if seen.isascii() and seen.isdigit() and len(seen) < LONGEST_NUMBER and made.number > int(seen) + 1:
        raise DecidedMeanwhile


def _send_on(intake_id: uuid.UUID) -> str:
    """Send the case on as was decided, unless the worker wants to choose the receiver; in words what came of it."""
    if request.form.get("verwijzen") != "meteen":
        return "U verwijst zelf."
    sent = [words.sent(one) for one in sending.refer_as_decided(session(), the_actor(), intake_id, clock=clock())]
    decided = case.newest(session(), intake_id, BesluitKind.ROUTE)
    if decided is not None and decided.bestemming_soort == OrganisationKind.ANDERE_REGIO:
        sent.append("Stel nu de overdracht aan de andere regio voor.")
    return " ".join(sent)


def _wanted_route(found: Dossier, typed: Typed) -> Route:
    """What was chosen; what was left as it is, is as the advice says."""
    advised = besluit.route_of(found.advice)
    receiver = _receiver(typed.ontvanger)
    first = typed.voorziening if typed.voorziening in words.VOORZIENING else ""
    rest = tuple(one for one in advised.voorzieningen[1:] if one != first)
    return Route(
        voorzieningen=(first, *rest) if first else advised.voorzieningen,
        overbrugging=typed.overbrugging if typed.overbrugging in words.OVERBRUGGING else advised.overbrugging,
        bestemming_soort=receiver.kind.value if receiver else advised.bestemming_soort,
        bestemming_naam=receiver.naam if receiver else advised.bestemming_naam,
        bestemming_gemeente=(receiver.gemeente_code or "") if receiver else advised.bestemming_gemeente,
    )


def _receiver(text: str) -> Organisation | None:
    known = {str(one.id): one for one in organisations.organisations(session(), RECEIVERS)}
    return known.get(text)


_DECIDE: Mapping[str, Callable[[uuid.UUID, Typed], str]] = {
    "volgen": _follow,
    "afwijken": _deviate,
    "vannacht": _decide_tonight,
}
