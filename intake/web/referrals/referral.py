"""Referrals: sending a case, and for who receives one, its answer: accept, decline or ask back."""

import uuid
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Protocol

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forms.values import typed_date
from intake import dossier
from intake.access import Act, Action
from intake.referrals import answering, sending, transfers, viewing
from intake.referrals.sending import ChoiceRefused, NoPlace, Side
from intake.tables.place import PlacementPurpose
from intake.tables.referral import Referral, ReferralKind, ReferralState, RefusalReason
from intake.web.frame import words
from intake.web.frame.access import act, action, the_actor
from intake.web.frame.listing import chosen, page_number
from intake.web.frame.request import clock, rollback, session

NOBODY = (uuid.UUID(int=0), None)


class Step(Protocol):
    """A verb that brings a referral a step further."""

    def __call__(self, act: Act, referral_id: uuid.UUID, /, *, version: int) -> Referral:
        """The referral after it."""


blueprint = Blueprint("referral", __name__)

WAITING, ALL = "wacht", "alle"
NO_DATE = "Dit is geen datum. Typ dag, maand en jaar, zoals 23-11-2026."


@dataclass(frozen=True, slots=True)
class Typed:
    """What was filled in to answer, kept when something is wrong with it."""

    start: str = ""
    reden: str = ""
    toelichting: str = ""
    vraag: str = ""
    antwoord: str = ""
    mening: str = ""
    uitkomst: str = ""
    wie: str = ""

    @property
    def start_on(self) -> date | None:
        """The first day; none when nothing was typed, or no date."""
        return typed_date(self.start) if self.start.strip() else None

    @property
    def start_errors(self) -> dict[str, str]:
        """What is wrong with the first day, beside its field."""
        return {"start": NO_DATE} if self.start.strip() and self.start_on is None else {}


@dataclass(frozen=True, slots=True)
class Posted:
    """A form about a referral that was posted: what was typed, and the one field that the verb may refuse."""

    referral_id: uuid.UUID
    typed: Typed
    field: str


@blueprint.get("/verwijzingen")
@action(Action.ANSWER_REFERRAL)
def index() -> str:
    """The referrals that one's organisation got, the first to be answered first."""
    state = chosen(request.args, "staat", (WAITING, ALL, *ReferralState))
    found = viewing.inbox(session(), the_actor(), states=_states(state), page=page_number(request.args))
    return render_template(
        "referrals/index.html",
        found=found,
        chosen={"staat": state},
        states=[
            (WAITING, "Wacht op antwoord"),
            (ALL, "Alle"),
            *((one.value, words.REFERRAL_STATE[one].text) for one in ReferralState),
        ],
        today=clock().today(),
    )


@blueprint.get("/verwijzingen/<uuid:referral_id>")
@action(Action.READ_REFERRAL)
def show(referral_id: uuid.UUID) -> str:
    """One referral, with what its receiver needs and nothing more."""
    return _page(referral_id)


@blueprint.get("/verwijzingen/<uuid:referral_id>/bsn")
@action(Action.READ_REFERRAL)
def show_bsn(referral_id: uuid.UUID) -> str:
    """The burgerservicenummer, shown to a receiver that asked for it; logged."""
    bsn = viewing.show_bsn(session(), the_actor(), referral_id)
    return render_template("referrals/bsn.html", bsn=bsn, referral_id=referral_id)


@blueprint.get("/intakes/<uuid:intake_id>/verwijzen")
@action(Action.SEND_REFERRAL)
def choose(intake_id: uuid.UUID) -> str:
    """Who could receive the case, best first."""
    purpose = _purpose()
    return render_template(
        "referrals/choose.html",
        found=dossier.open_dossier(act(), intake_id),
        candidates=sending.candidates(act(), intake_id, purpose=purpose),
        purpose=purpose,
    )


@blueprint.post("/intakes/<uuid:intake_id>/verwijzen")
@action(Action.SEND_REFERRAL)
def send(intake_id: uuid.UUID) -> ResponseReturnValue:
    """Send the case to the chosen receiver, or the first in line."""
    made = sending.refer(act(), intake_id, purpose=_purpose(), chosen=_choice(request.form.get("wie", "")))
    if isinstance(made, NoPlace):
        flash("Er is nu nergens plek. De opvang van vannacht blijft staan en het expertiseteam kijkt mee.", "warning")
    else:
        flash("De verwijzing is verstuurd. U ziet het antwoord hier.", "success")
    return redirect(url_for("intake.show", intake_id=intake_id, _anchor="verwijzingen"), 303)


@blueprint.post("/verwijzingen/<uuid:referral_id>/accepteren")
@action(Action.ANSWER_REFERRAL)
def accept(referral_id: uuid.UUID) -> ResponseReturnValue:
    """Take the client."""
    typed = typed_answer()
    if typed.start_errors:
        return _page(referral_id, typed, typed.start_errors), 400
    return done(_accept(referral_id, typed.start_on), "U hebt de verwijzing geaccepteerd. De verwijzer krijgt bericht.")


@blueprint.post("/verwijzingen/<uuid:referral_id>/weigeren")
@action(Action.ANSWER_REFERRAL)
def decline(referral_id: uuid.UUID) -> ResponseReturnValue:
    """Decline, for a reason."""
    typed = typed_answer()
    if typed.reden not in set(RefusalReason):
        return _page(referral_id, typed, {f"reden-{RefusalReason.GEEN_PLEK}": "Kies een reden."}), 400
    try:
        answering.decline(
            act(), referral_id, version=version(), reden=RefusalReason(typed.reden), toelichting=typed.toelichting
        )
    except ChoiceRefused as error:
        return again(referral_id, typed, {"toelichting": str(error)})
    flash("U hebt de verwijzing geweigerd. De verwijzer en de volgende in de rij krijgen bericht.", "success")
    return redirect(url_for("referral.index"), 303)  # what was declined is the receiver's to read no longer


@blueprint.post("/verwijzingen/<uuid:referral_id>/terugvragen")
@action(Action.ANSWER_REFERRAL)
def ask_back(referral_id: uuid.UUID) -> ResponseReturnValue:
    """Ask the sender something first."""
    typed = typed_answer()
    return tell(
        partial(answering.ask_back, vraag=typed.vraag),
        Posted(referral_id, typed, "vraag"),
        said="Uw vraag is gesteld. U krijgt bericht als er antwoord is.",
    )


@blueprint.post("/verwijzingen/<uuid:referral_id>/toelichten")
@action(Action.EXPLAIN_REFERRAL)
def explain(referral_id: uuid.UUID) -> ResponseReturnValue:
    """Answer the receiver's question."""
    typed = typed_answer()
    return tell(
        partial(answering.answer_question, antwoord=typed.antwoord),
        Posted(referral_id, typed, "antwoord"),
        said="Uw antwoord is verstuurd.",
    )


@blueprint.post("/verwijzingen/<uuid:referral_id>/intrekken")
@action(Action.WITHDRAW_REFERRAL)
def withdraw(referral_id: uuid.UUID) -> ResponseReturnValue:
    """Take the case back."""
    answering.withdraw_referral(act(), referral_id, version=version())
    return done(referral_id, "De verwijzing is ingetrokken.")


def _accept(referral_id: uuid.UUID, start_on: date | None) -> uuid.UUID:
    return answering.accept(act(), referral_id, version=version(), start_on=start_on).id


def _page(referral_id: uuid.UUID, typed: Typed | None = None, errors: dict[str, str] | None = None) -> str:
    found = viewing.open_referral(act(), referral_id)
    is_transfer = found.referral.kind is ReferralKind.OVERDRACHT
    return render_template(
        "referrals/show.html",
        found=found,
        stages=words.STAGES if is_transfer else (),
        kept=transfers.shelter_kept(session(), found.referral) if is_transfer and found.side is Side.VERZENDER else (),
        typed=typed or Typed(),
        errors=errors or {},
        refusals=words.REFUSAL_REASON,
        today=clock().today(),
    )


def tell(verb: Step, posted: Posted, *, said: str) -> ResponseReturnValue:
    """Do `verb` with what was typed; what it refuses stands beside its field.

    Args:
        verb: a step of a referral that holds what was typed.
        posted: the form.
        said: what is said when it was done.
    """
    try:
        verb(act(), posted.referral_id, version=version())
    except ChoiceRefused as error:
        return again(posted.referral_id, posted.typed, {posted.field: str(error)})
    return done(posted.referral_id, said)


def again(referral_id: uuid.UUID, typed: Typed, errors: dict[str, str]) -> ResponseReturnValue:
    """The page of the referral once more, with what was wrong beside its field."""
    rollback()
    return _page(referral_id, typed, errors), 400


def done(referral_id: uuid.UUID, what: str) -> ResponseReturnValue:
    """Back to the referral, saying what was done."""
    flash(what, "success")
    return redirect(url_for("referral.show", referral_id=referral_id), 303)


def typed_answer() -> Typed:
    """What was filled in."""
    return Typed(**{name: request.form.get(name, "") for name in Typed.__slots__})


def version() -> int:
    """The version of the referral that the person was looking at."""
    return request.form.get("versie", type=int, default=0)


def _purpose() -> PlacementPurpose:
    text = chosen(request.values, "doel", tuple(PlacementPurpose))
    return PlacementPurpose(text)


def _choice(text: str) -> tuple[uuid.UUID, uuid.UUID | None] | None:
    """The receiver that a form names as `organisation` or `organisation.place`; none for the first in line.

    What names no receiver becomes `NOBODY`, which is refused only after it is known that one may ask at all.
    """
    if not text:
        return None
    first, _, second = text.partition(".")
    try:
        return uuid.UUID(first), uuid.UUID(second) if second else None
    except ValueError:
        return NOBODY


def _states(name: str) -> tuple[ReferralState, ...]:
    if name == ALL:
        return tuple(ReferralState)
    return viewing.WAITING if name == WAITING else (ReferralState(name),)
