"""Publishing a draft for a day to come, and withdrawing what was published before that day. Each by a second person."""

import uuid

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from intake import advice
from intake.access import Act, Action
from intake.advice import Version
from intake.rulesets import publishing
from intake.rulesets.drafts import DraftChanged, DraftGone
from intake.rulesets.publishing import NotPublishable, NotWithdrawable, Rechecked
from intake.web.frame import request as work
from intake.web.frame.access import act, action, the_actor
from intake.web.frame.dates import day
from intake.web.frame.request import clock, session, settings
from intake.web.rulesets.draft import open_draft, overview, version

blueprint = Blueprint("rules_publish", __name__, url_prefix="/regels")


@blueprint.post("/concepten/<uuid:draft_id>/vaststellen")
@action(Action.PUBLISH_RULES)
def publish(draft_id: uuid.UUID) -> ResponseReturnValue:
    """Let the draft come into force on its day."""
    bundle = open_draft(draft_id).bundle
    work.commit()  # nobody waits for the database while this reckons
    again = Rechecked.of(bundle)
    try:
        made = publishing.publish(act(), draft_id, version=version(), rechecked=again)
    except NotPublishable as refused:
        return overview(draft_id, reasons=refused.reasons), 409
    except (DraftChanged, DraftGone) as error:
        return overview(draft_id, wrong=str(error)), 409
    flash(f"De regels zijn vastgesteld. Zij gaan in op {day(made.valid_from)}.", "success")
    return redirect(url_for("rules.history"), 303)


@blueprint.get("/versies/<uuid:ruleset_id>/intrekken")
@action(Action.PUBLISH_RULES)
def ask_withdraw(ruleset_id: uuid.UUID) -> str:
    """What withdrawing means, and why it is done."""
    return _page(ruleset_id)


@blueprint.post("/versies/<uuid:ruleset_id>/intrekken")
@action(Action.PUBLISH_RULES)
def withdraw(ruleset_id: uuid.UUID) -> ResponseReturnValue:
    """Withdraw rules that did not begin yet."""
    reason = request.form.get("reden", "")
    try:
        publishing.withdraw(act(), ruleset_id, reason=reason)
    except NotWithdrawable as refused:
        return _page(ruleset_id, reason=reason, wrong=str(refused)), 409
    flash("De regels zijn ingetrokken. Zij gaan niet in.", "success")
    return redirect(url_for("rules.history"), 303)


def _page(ruleset_id: uuid.UUID, *, reason: str = "", wrong: str = "") -> str:
    found = _version(ruleset_id)
    actor = the_actor()
    problem = publishing.why_not(Act(session(), actor, clock()), ruleset_id)
    return render_template(
        "rulesets/withdraw.html", version=found, problem=problem, reason=reason, wrong="" if problem else wrong
    )


def _version(ruleset_id: uuid.UUID) -> Version:
    found = advice.versions(session(), settings().region, on=clock().today())
    version_of = {one.id: one for one in found}
    if ruleset_id not in version_of:
        abort(404)
    return version_of[ruleset_id]
