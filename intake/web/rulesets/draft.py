"""Writing rules: the drafts, and the page of one draft, from which everything else starts."""

import uuid
from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from intake.access import Action, may
from intake.rulesets import drafts, inspection
from intake.rulesets.drafts import DraftChanged, DraftGone, DraftView, NotAllowed
from intake.rulesets.inspection import Inspection, read
from intake.tables.ruleset_inspection import InspectionKind
from intake.web.frame.access import act, action, the_actor
from intake.web.frame.request import settings
from rules import RuleSet
from rules.cases import SCENARIO_FILE
from rules.editing import value_at
from rules.publish import ABOUT_FILE
from rules.reading import HEAD

blueprint = Blueprint("rules_draft", __name__, url_prefix="/regels/concepten")


@blueprint.get("")
@action(Action.EDIT_RULES)
def index() -> str:
    """The open drafts."""
    found = drafts.drafts(act(), regio=settings().region)
    return render_template("rulesets/drafts.html", drafts=found)


@blueprint.post("")
@action(Action.EDIT_RULES)
def start() -> ResponseReturnValue:
    """Begin a draft as a copy of the rules in force."""
    made = drafts.start(act(), regio=settings().region)
    return redirect(url_for("rules_draft.show", draft_id=made), 303)


@blueprint.get("/<uuid:draft_id>")
@action(Action.EDIT_RULES)
def show(draft_id: uuid.UUID) -> str:
    """One draft: its plan, its tables, what changed, what stands in the way."""
    return overview(draft_id)


@blueprint.post("/<uuid:draft_id>")
@action(Action.EDIT_RULES)
def plan(draft_id: uuid.UUID) -> ResponseReturnValue:
    """Save from when to when, what changes and why."""
    typed = request.form.to_dict()
    try:
        days = [date.fromisoformat(typed.get(name, "").strip()) for name in ("van", "tot")]
    except ValueError:
        return overview(
            draft_id, typed=typed, wrong="Schrijf een dag als jaar-maand-dag, bijvoorbeeld 2027-01-01."
        ), 400
    try:
        drafts.plan(
            act(),
            draft_id,
            drafts.Planning(valid_from=days[0], valid_to=days[1], note=typed.get("toelichting", "")),
            version=version(),
        )
    except (NotAllowed, DraftChanged, DraftGone) as error:
        return overview(draft_id, typed=typed, wrong=str(error)), 409
    flash("Bewaard.", "success")
    return to(draft_id)


@blueprint.post("/<uuid:draft_id>/weggooien")
@action(Action.EDIT_RULES)
def discard(draft_id: uuid.UUID) -> ResponseReturnValue:
    """Throw the draft away."""
    try:
        drafts.discard(act(), draft_id, version=version())
    except (DraftChanged, DraftGone) as error:
        return overview(draft_id, wrong=str(error)), 409
    flash("Het concept is weggegooid.", "success")
    return redirect(url_for("rules_draft.index"), 303)


def open_draft(draft_id: uuid.UUID) -> DraftView:
    """The draft of this page."""
    return drafts.open_draft(act(), draft_id)


def inspected(draft_id: uuid.UUID, kind: InspectionKind) -> Inspection:
    """How far a look at this draft is."""
    return inspection.look(act(), draft_id, kind)


def version() -> int:
    """The version that the page was made of."""
    return request.form.get("versie", type=int, default=0)


def to(draft_id: uuid.UUID) -> ResponseReturnValue:
    """Back to the draft."""
    return redirect(url_for("rules_draft.show", draft_id=draft_id), 303)


def tables_of(found: DraftView) -> list[str]:
    """The file names of its tables."""
    return sorted(name for name in found.bundle.own if name.endswith(".csv") and name != SCENARIO_FILE)


def overview(
    draft_id: uuid.UUID, *, typed: dict[str, str] | None = None, wrong: str = "", reasons: tuple[str, ...] = ()
) -> str:
    """The page of one draft."""
    found = open_draft(draft_id)
    new, faults = read(found.bundle)
    actor = the_actor()
    by_file: dict[str, int] = {}
    for fault in faults:
        by_file[fault.file] = by_file.get(fault.file, 0) + 1
    return render_template(
        "rulesets/draft.html",
        draft=found,
        tables=tables_of(found),
        head=HEAD,
        scenarios=SCENARIO_FILE,
        about=ABOUT_FILE,
        faults=faults,
        by_file=by_file,
        ruleset=new,
        titles=_titles(found, new),
        valid_to=value_at(found.bundle.own.get(HEAD, ""), ("geldig_tot",)),
        looked={kind.value: inspected(draft_id, kind) for kind in InspectionKind},
        typed=typed or {},
        wrong=wrong,
        reasons=reasons,
        own_work=actor.account_id in found.editors,
        may_publish=may(actor, Action.PUBLISH_RULES),
    )


def _titles(found: DraftView, readable: RuleSet | None) -> dict[str, str]:
    """What each table is about; as it was in the base when the draft cannot be read now."""
    shown = readable or read(found.base)[0]
    return {f"{table.name}.csv": table.title for table in shown.tables} if shown else {}
