"""The rules as pages: those in force with a link per row, the history, and what is public."""

import json
from datetime import date

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from intake import advice
from intake.access import Action, may
from intake.web.frame.access import action, current_actor
from intake.web.frame.request import clock, rollback, session, settings
from rules import NoRuleSet, RuleSet, RuleSetErrors
from rules.publish import Document, document_of, record_of, to_dmn

blueprint = Blueprint("rules", __name__, url_prefix="/regels")

XML = "application/xml"
JSON = "application/json"


@blueprint.get("")
@action(Action.READ_RULES)
def show() -> str:
    """The rules in force today."""
    return _document_page(advice.rules_in_force(session(), settings().region, clock().today()))


@blueprint.get("/versie/<first_day>")
@action(Action.READ_RULES)
def version(first_day: str) -> str:
    """One version, by its first day in force; with `uitgave` one that was withdrawn."""
    return _document_page(_version(first_day, request.args.get("uitgave", type=int)))


@blueprint.get("/versies")
@action(Action.READ_RULES)
def history() -> str:
    """Every version there was, is and will be."""
    found = advice.versions(session(), settings().region, on=clock().today())
    actor = current_actor()
    may_publish = actor is not None and may(actor, Action.PUBLISH_RULES)
    return render_template("rulesets/versions.html", versions=found, may_publish=may_publish)


@blueprint.get("/openbaar")
@action(Action.PUBLIC)
def public() -> str:
    """The rules in force, for everybody."""
    found = advice.rules_in_force(session(), settings().region, clock().today())
    return render_template("rulesets/public.html", document=document_of(found), **_files(found))


@blueprint.get("/openbaar/algoritmeregister.json")
@action(Action.PUBLIC)
def register_record() -> Response:
    """The record for the Algoritmeregister."""
    today = clock().today()
    found = advice.rules_in_force(session(), settings().region, today)
    texts = advice.bundle_in_force(session(), settings().region, today)
    try:
        record = record_of(found, texts, public_page=settings().base_url + url_for("rules.public"), on=today)
    except RuleSetErrors:
        abort(404)
    return _download(json.dumps(record, ensure_ascii=False, indent=2).encode(), JSON, "algoritmeregister.json")


@blueprint.get("/openbaar/regels.dmn")
@action(Action.PUBLIC)
def dmn() -> Response:
    """The tables for other rule engines."""
    found = advice.rules_in_force(session(), settings().region, clock().today())
    return _download(to_dmn(found), XML, f"{found.regio}-{found.version}.dmn")


@blueprint.app_errorhandler(NoRuleSet)
def no_rules(error: NoRuleSet) -> ResponseReturnValue:
    """No rules are in force: say until when there were, and what happens now."""
    rollback()
    return render_template("rulesets/none.html", why=str(error)), 404


def _document_page(found: RuleSet) -> str:
    actor = current_actor()
    document: Document = document_of(found)
    current = found.hash == advice.rules_in_force(session(), settings().region, clock().today()).hash
    return render_template(
        "rulesets/document.html",
        document=document,
        in_force=current,
        may_edit=actor is not None and may(actor, Action.EDIT_RULES),
        **_files(found),
    )


def _files(found: RuleSet) -> dict[str, str]:
    return {"regio": found.regio, "record_url": url_for("rules.register_record"), "dmn_url": url_for("rules.dmn")}


def _version(first_day: str, issue: int | None) -> RuleSet:
    try:
        return advice.version_on(session(), settings().region, date.fromisoformat(first_day), issue)
    except (ValueError, NoRuleSet):
        abort(404)


def _download(content: bytes, mimetype: str, name: str) -> Response:
    answer = Response(content, mimetype=mimetype)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
