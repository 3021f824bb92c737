"""Refusals of the domain that a person can do something about: one table of what each page says.

The message of these errors is a Dutch sentence made for the person; the page adds where to go on.
"""

from collections.abc import Callable

from flask import Flask, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forms import InvalidAnswers, on_page
from intake.besluit import NoExpertise, ReviewPending, ReviewRefused
from intake.case import CaseClosed, TermError
from intake.login.accounts import TooManyLinks
from intake.melding import EditConflict
from intake.people.staff import StaffRefused
from intake.places import PlaceConflict, PlaceTaken
from intake.referrals.sending import (
    ACTIVE,
    ChoiceRefused,
    HandOverNeeded,
    HasPlace,
    KeepsCase,
    NoBesluit,
    StateConflict,
)
from intake.rights import CorrectionConflict
from intake.rights.destruction import DestructionRefused
from intake.store import KeyRefused, KeyReused
from intake.tables.referral import ReferralState
from intake.web.frame.request import rollback

BAD, CONFLICT = 400, 409
STILL_OPEN = ACTIVE | {ReferralState.GEACCEPTEERD, ReferralState.OVERGEDRAGEN, ReferralState.AANGEKOMEN}
"""States in which both sides can still open the referral."""
TITLES: dict[type[Exception], tuple[int, str]] = {
    StateConflict: (CONFLICT, "Deze verwijzing is intussen veranderd"),
    PlaceConflict: (CONFLICT, "Deze plek is intussen veranderd"),
    PlaceTaken: (CONFLICT, "Deze plek is net vergeven"),
    EditConflict: (CONFLICT, "Dit concept is intussen veranderd"),
    CaseClosed: (CONFLICT, "Deze zaak is gesloten"),
    HandOverNeeded: (CONFLICT, "Dit gaat met een overdracht"),
    HasPlace: (CONFLICT, "De cliënt heeft al een plek"),
    KeepsCase: (CONFLICT, "U behandelt deze zaak zelf"),
    NoBesluit: (CONFLICT, "Er is nog geen besluit"),
    ReviewPending: (CONFLICT, "Het expertiseteam kijkt nog mee"),
    NoExpertise: (CONFLICT, "Er is geen expertiseteam in het register"),
    ChoiceRefused: (BAD, "Dit kan nog niet"),
    ReviewRefused: (BAD, "Dit kan nog niet"),
    TermError: (BAD, "Dit kan niet met deze termijn"),
    KeyRefused: (BAD, "Open het formulier opnieuw"),
    KeyReused: (CONFLICT, "Dit is al eerder verstuurd"),
    CorrectionConflict: (CONFLICT, "Deze intake is intussen gewijzigd"),
    DestructionRefused: (CONFLICT, "Dit dossier wordt nu niet vernietigd"),
    StaffRefused: (CONFLICT, "Dit kan niet met dit account"),
    TooManyLinks: (CONFLICT, "Te veel links vandaag"),
    InvalidAnswers: (BAD, "Sommige antwoorden passen niet bij elkaar"),
}


def register(app: Flask) -> None:
    """Give each of these its page."""
    for kind, (status, title) in TITLES.items():
        app.register_error_handler(kind, _page(status, title))


def _page(status: int, title: str) -> Callable[[Exception], ResponseReturnValue]:
    def answer(error: Exception) -> ResponseReturnValue:
        rollback()
        sentences = (
            [on_page(one) for one in error.errors.values()] if isinstance(error, InvalidAnswers) else [str(error)]
        )
        back = _way_back(error)
        return make_response(
            render_template("frame/problem/refused.html", title=title, sentences=sentences, back=back), status
        )

    return answer


def _way_back(error: Exception) -> tuple[str, str] | None:
    """Where the person sees how things stand now: address and label of a link; none but the start page otherwise."""
    about = request.view_args or {}
    if "referral_id" in about and isinstance(error, StateConflict) and error.state not in STILL_OPEN:
        return url_for("referral.index"), "Naar uw verwijzingen"
    if "referral_id" in about:
        return url_for("referral.show", referral_id=about["referral_id"]), "Terug naar de verwijzing"
    if "intake_id" in about:
        return url_for("intake.show", intake_id=about["intake_id"]), "Terug naar de intake"
    return None
