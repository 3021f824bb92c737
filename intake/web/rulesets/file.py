"""The files of a draft: one as text, and all tables out to a spreadsheet and back in."""

import uuid

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from intake.access import Action
from intake.rulesets import drafts
from intake.rulesets.drafts import (
    KINDS,
    DraftChanged,
    DraftGone,
    DraftView,
    NotAllowed,
    SheetRefused,
    from_file,
    to_file,
)
from intake.rulesets.inspection import read
from intake.web.frame.access import act, action
from intake.web.rulesets.draft import open_draft, overview, tables_of, to, version
from rules.editing import SheetBroken

blueprint = Blueprint("rules_file", __name__, url_prefix="/regels/concepten/<uuid:draft_id>")

MIMETYPES = {
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


@blueprint.get("/bestand/<name>")
@action(Action.EDIT_RULES)
def file(draft_id: uuid.UUID, name: str) -> str:
    """One file as text: for scenarios, the head, and a table that cannot be read."""
    found = open_draft(draft_id)
    if name not in found.bundle.own:
        abort(404)
    return _file_page(found, name, found.bundle.own[name], "")


@blueprint.post("/bestand/<name>")
@action(Action.EDIT_RULES)
def save_file(draft_id: uuid.UUID, name: str) -> ResponseReturnValue:
    """Save one file as text; faults in it are shown, not refused."""
    found = open_draft(draft_id)
    text = request.form.get("tekst", "")
    if name not in found.bundle.own:
        abort(404)
    try:
        drafts.save_files(act(), draft_id, files={name: text}, version=version())
    except (NotAllowed, DraftChanged, DraftGone) as error:
        return _file_page(found, name, text, str(error)), 409
    flash("Bewaard.", "success")
    return redirect(url_for("rules_file.file", draft_id=draft_id, name=name), 303)


@blueprint.get("/regels.<kind>")
@action(Action.EDIT_RULES)
def download(draft_id: uuid.UUID, kind: str) -> Response:
    """The tables as a spreadsheet; CSV with the name of one table."""
    found = open_draft(draft_id)
    if kind not in KINDS:
        abort(404)
    names = tables_of(found)
    wanted = request.args.get("tabel", "")
    chosen = [name for name in names if name == f"{wanted}.csv"] or names
    try:
        content = to_file(kind, {name: found.bundle.own[name] for name in chosen})
    except SheetBroken:
        abort(409, "Een van de tabellen is nu niet te lezen. Verbeter die eerst.")
    answer = Response(content, mimetype=MIMETYPES[kind])
    stem = chosen[0].removesuffix(".csv") if len(chosen) == 1 or kind == "csv" else f"regels-{found.valid_from}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{stem}.{kind}"'
    return answer


@blueprint.post("/terug")
@action(Action.EDIT_RULES)
def upload(draft_id: uuid.UUID) -> ResponseReturnValue:
    """Take the tables in a spreadsheet in."""
    found = open_draft(draft_id)
    sent = request.files.get("bestand")
    if sent is None or not sent.filename:
        return overview(draft_id, wrong="Kies eerst een bestand."), 400
    try:
        files = from_file(sent.filename, sent.read(), tables_of(found))
        drafts.save_files(act(), draft_id, files=files, version=version())
    except (SheetRefused, NotAllowed, DraftChanged, DraftGone) as error:
        return overview(draft_id, wrong=str(error)), 400
    flash(f"Ingelezen: {', '.join(name.removesuffix('.csv') for name in files)}.", "success")
    return to(draft_id)


def _file_page(found: DraftView, name: str, text: str, wrong: str) -> str:
    _, faults = read(found.bundle)
    return render_template(
        "rulesets/file.html",
        draft=found,
        name=name,
        text=text,
        wrong=wrong,
        faults=[fault for fault in faults if fault.file == name],
    )
