"""Refusals of the domain that a person can do something about: the page of each (`intake.failures`).

The message of these errors is a Dutch sentence made for the person; the page adds where to go on.
"""

from collections.abc import Callable

from flask import Flask, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forms import InvalidAnswers, on_page
from intake.failures import FAILURES
from intake.referrals.sending import ACTIVE, StateConflict
from intake.tables.referral import ReferralState
from intake.web.frame.request import rollback

STILL_OPEN = ACTIVE | {ReferralState.GEACCEPTEERD, ReferralState.OVERGEDRAGEN, ReferralState.AANGEKOMEN}
"""States in which both sides can still open the referral."""


def register(app: Flask) -> None:
    """Give each failure that speaks for itself its page."""
    for kind, failure in FAILURES.items():
        if failure.person and not failure.person.what:
            app.register_error_handler(kind, _page(failure.status, failure.title))


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
