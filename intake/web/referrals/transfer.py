"""Warm hand-over to another region: proposing it, and its steps up to the arrival."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from intake import dossier
from intake.access import Action
from intake.referrals import transfers
from intake.referrals.sending import ChoiceRefused
from intake.tables.referral import RefusalReason
from intake.web.frame.access import act, action, the_actor
from intake.web.frame.request import rollback, session
from intake.web.referrals.referral import Posted, Step, again, done, tell, typed_answer, version

blueprint = Blueprint("transfer", __name__)

YES = "ja"
DONE: Mapping[Step, str] = {
    transfers.ask_region: "De andere regio is gevraagd. Bel ook: een warme overdracht begint met een gesprek.",
    transfers.escalate: "De regioadviseur kijkt mee. De opvang blijft hier.",
    transfers.dispute: "De geschillencommissie beslist. De opvang blijft hier.",
    transfers.hand_over: "Vastgelegd: de cliënt is op weg. De plek hier blijft tot de aankomst is bevestigd.",
    transfers.confirm_arrival: "De aankomst is bevestigd.",
}


@dataclass(frozen=True, slots=True)
class Typed:
    """What was filled in to propose a hand-over."""

    regio: str = ""
    reden: str = ""


@blueprint.get("/intakes/<uuid:intake_id>/overdracht")
@action(Action.SEND_REFERRAL)
def show(intake_id: uuid.UUID) -> str:
    """The question which region could take over, and why."""
    return _page(intake_id, Typed(), {})


@blueprint.post("/intakes/<uuid:intake_id>/overdracht")
@action(Action.SEND_REFERRAL)
def propose(intake_id: uuid.UUID) -> ResponseReturnValue:
    """Propose the hand-over; nothing is sent before the client was heard."""
    typed = Typed(request.form.get("regio", ""), request.form.get("reden", ""))
    known = transfers.regions(session(), the_actor(), intake_id)
    receiver = next((one.id for one in known if str(one.id) == typed.regio), None)
    if receiver is None:
        return _page(intake_id, typed, {"regio": "Kies een andere regio uit de lijst."}), 400
    try:
        made = transfers.propose(act(), intake_id, receiver_id=receiver, reden=typed.reden)
    except ChoiceRefused as error:
        rollback()
        return _page(intake_id, typed, {"reden": str(error)}), 400
    flash("De overdracht is voorgesteld. Bespreek die nu met de cliënt.", "success")
    return redirect(url_for("referral.show", referral_id=made.id), 303)


@blueprint.post("/verwijzingen/<uuid:referral_id>/besproken")
@action(Action.EXPLAIN_REFERRAL)
def discussed(referral_id: uuid.UUID) -> ResponseReturnValue:
    """The client was heard."""
    typed = typed_answer()
    return tell(
        partial(transfers.discussed, mening=typed.mening),
        Posted(referral_id, typed, "mening"),
        said="Vastgelegd wat de cliënt ervan vindt. U kunt de andere regio nu vragen.",
    )


@blueprint.post("/verwijzingen/<uuid:referral_id>/uitvragen")
@action(Action.EXPLAIN_REFERRAL)
def ask_region(referral_id: uuid.UUID) -> ResponseReturnValue:
    """Ask the other region; from now it reads the file."""
    return _step(referral_id, transfers.ask_region)


@blueprint.post("/verwijzingen/<uuid:referral_id>/antwoord")
@action(Action.EXPLAIN_REFERRAL)
def record_answer(referral_id: uuid.UUID) -> ResponseReturnValue:
    """What the other region answered by telephone or letter."""
    typed = typed_answer()
    if typed.uitkomst != YES and typed.uitkomst not in set(RefusalReason):
        return again(referral_id, typed, {"uitkomst": "Kies wat de andere regio heeft geantwoord."})
    if typed.start_errors:
        return again(referral_id, typed, typed.start_errors)
    reden = None if typed.uitkomst == YES else RefusalReason(typed.uitkomst)
    return tell(
        partial(transfers.record_answer, reden=reden, by=typed.wie, start_on=typed.start_on),
        Posted(referral_id, typed, "wie"),
        said="Het antwoord van de andere regio is vastgelegd.",
    )


@blueprint.post("/verwijzingen/<uuid:referral_id>/escaleren")
@action(Action.EXPLAIN_REFERRAL)
def escalate(referral_id: uuid.UUID) -> ResponseReturnValue:
    """Lay a refusal, or silence, before the regional adviser."""
    return _step(referral_id, transfers.escalate)


@blueprint.post("/verwijzingen/<uuid:referral_id>/geschil")
@action(Action.EXPLAIN_REFERRAL)
def dispute(referral_id: uuid.UUID) -> ResponseReturnValue:
    """Lay it before the Geschillencommissie."""
    return _step(referral_id, transfers.dispute)


@blueprint.post("/verwijzingen/<uuid:referral_id>/overdragen")
@action(Action.EXPLAIN_REFERRAL)
def hand_over(referral_id: uuid.UUID) -> ResponseReturnValue:
    """The client travels."""
    return _step(referral_id, transfers.hand_over)


@blueprint.post("/verwijzingen/<uuid:referral_id>/aankomst")
@action(Action.READ_REFERRAL)
def arrived(referral_id: uuid.UUID) -> ResponseReturnValue:
    """The client has arrived, says the other region or the sender."""
    return _step(referral_id, transfers.confirm_arrival)


def _step(referral_id: uuid.UUID, verb: Step) -> ResponseReturnValue:
    verb(act(), referral_id, version=version())
    return done(referral_id, DONE[verb])


def _page(intake_id: uuid.UUID, typed: Typed, errors: Mapping[str, str]) -> str:
    regions = transfers.regions(session(), the_actor(), intake_id)
    found = dossier.open_dossier(act(), intake_id)
    advised = next((str(one.id) for one in regions if one.gemeente_code == found.advice.bestemming.gemeente), "")
    return render_template(
        "referrals/transfer/propose.html",
        found=found,
        regions=regions,
        chosen=typed.regio or advised,
        typed=typed,
        errors=errors,
    )
