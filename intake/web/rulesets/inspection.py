"""Looking at a draft: the whole check, what changes for whom, past cases again. A job does it; these pages show it."""

import uuid
from collections.abc import Mapping

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from intake.access import Action
from intake.rulesets import inspection
from intake.rulesets.drafts import DraftGone, NotAllowed
from intake.rulesets.inspection import read
from intake.tables.ruleset_inspection import InspectionKind
from intake.web.frame.access import act, action
from intake.web.rulesets.draft import inspected, open_draft, overview
from rules.explain import lines

blueprint = Blueprint("rules_inspection", __name__, url_prefix="/regels/concepten/<uuid:draft_id>")

DONE: Mapping[InspectionKind, tuple[str, ...]] = {
    InspectionKind.CONTROLE: (
        "of elk bestand klopt",
        "of geen waarborg wordt gebroken",
        "of er voor elk geval een regel is, en of regels elkaar niet tegenspreken",
        "of elk scenario uitkomt en elke regel ergens beslist",
    ),
    InspectionKind.VERSCHIL: ("voor welke soorten gevallen de uitkomst anders wordt, met een verzonnen voorbeeld",),
    InspectionKind.NASPELEN: ("wat bij eerdere intakes anders was geadviseerd; aan die intakes verandert niets",),
}
"""What is being looked at, for whoever waits."""
BY_CHOICE = "(door een parameter)."
"""How a line of the comparison ends when only a choice of the region made the rule another."""


@blueprint.get("/controle")
@action(Action.EDIT_RULES)
def check(draft_id: uuid.UUID) -> str:
    """What the check found of the draft as it is now."""
    kind = InspectionKind.CONTROLE
    return render_template("rulesets/check.html", draft=open_draft(draft_id), **_looked(draft_id, kind))


@blueprint.post("/controle")
@action(Action.EDIT_RULES)
def run_check(draft_id: uuid.UUID) -> ResponseReturnValue:
    """Ask for the check of everything: files, guard rails, gaps, scenarios."""
    return _asked(draft_id, InspectionKind.CONTROLE, "rules_inspection.check")


@blueprint.get("/verschil")
@action(Action.EDIT_RULES)
def difference(draft_id: uuid.UUID) -> str:
    """What the draft says otherwise than the rules it is a copy of, and for which kinds of cases that matters."""
    found = open_draft(draft_id)
    (new, faults), (old, _) = read(found.bundle), read(found.base)
    readable = new is not None and old is not None
    told = list(lines(old, new)) if old is not None and new is not None else []
    looked = _looked(draft_id, InspectionKind.VERSCHIL)
    return render_template(
        "rulesets/difference.html",
        draft=found,
        readable=readable,
        faults=faults,
        lines=told,
        by_choice=BY_CHOICE,
        caused=sum(one.endswith(BY_CHOICE) for one in told),
        **looked,
    )


@blueprint.post("/verschil")
@action(Action.EDIT_RULES)
def find_examples(draft_id: uuid.UUID) -> ResponseReturnValue:
    """Ask for the kinds of cases that come out otherwise."""
    return _asked(draft_id, InspectionKind.VERSCHIL, "rules_inspection.difference")


@blueprint.get("/naspelen")
@action(Action.EDIT_RULES)
def replayed(draft_id: uuid.UUID) -> str:
    """Past cases under the draft, counted."""
    kind = InspectionKind.NASPELEN
    return render_template("rulesets/replay.html", draft=open_draft(draft_id), **_looked(draft_id, kind))


@blueprint.post("/naspelen")
@action(Action.EDIT_RULES)
def play_again(draft_id: uuid.UUID) -> ResponseReturnValue:
    """Ask for past cases under the draft; nothing stored changes."""
    return _asked(draft_id, InspectionKind.NASPELEN, "rules_inspection.replayed")


def _looked(draft_id: uuid.UUID, kind: InspectionKind) -> Mapping[str, object]:
    found = inspected(draft_id, kind)
    return {"looked": found, "found": found.outcome, "doing": DONE[kind]}


def _asked(draft_id: uuid.UUID, kind: InspectionKind, endpoint: str) -> ResponseReturnValue:
    """Ask, and go to the page that shows how far it is."""
    try:
        inspection.ask(act(), draft_id, kind)
    except (NotAllowed, DraftGone) as error:
        return overview(draft_id, wrong=str(error)), 409
    return redirect(url_for(endpoint, draft_id=draft_id), 303)
