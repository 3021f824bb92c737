"""Writing one table of a draft, rule by rule, and the choices of the region."""

import uuid
from dataclasses import dataclass

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from intake.access import Action
from intake.rulesets import drafts
from intake.rulesets.drafts import DraftChanged, DraftGone, DraftView, NotAllowed
from intake.rulesets.inspection import CheckReport, read
from intake.tables.ruleset_inspection import InspectionKind
from intake.web.frame.access import act, action
from intake.web.rulesets.draft import inspected, open_draft, version
from intake.web.rulesets.rule_form import TEXTS, cells_of, posted
from rules import Finding, RuleSet
from rules.editing import (
    FixedColumn,
    Grid,
    NoSuchKey,
    NoSuchRow,
    SheetBroken,
    moved_row,
    read_grid,
    with_new_row,
    with_row,
    with_value,
    without_row,
    write_grid,
)
from rules.reading import HEAD

blueprint = Blueprint("rules_table", __name__, url_prefix="/regels/concepten/<uuid:draft_id>")

NEW = "nieuw"


@blueprint.get("/tabel/<name>")
@action(Action.EDIT_RULES)
def show(draft_id: uuid.UUID, name: str) -> ResponseReturnValue:
    """The rules of one table, with what is wrong beside each."""
    found = open_draft(draft_id)
    try:
        grid = read_grid(_text(found, name))
    except SheetBroken:
        return redirect(url_for("rules_file.file", draft_id=draft_id, name=f"{name}.csv"), 303)
    new, faults = read(found.bundle)
    checked = inspected(draft_id, InspectionKind.CONTROLE).outcome
    report = checked if isinstance(checked, CheckReport) else None
    wrong = {row: _of_row(faults, row) or (report.of_row(row) if report else ()) for row in grid.ids}
    return render_template(
        "rulesets/table.html",
        draft=found,
        name=name,
        grid=grid,
        heads=[head for head in grid.heads if head not in dict(TEXTS)],
        wrong=wrong,
        faults=[fault for fault in faults if fault.file == f"{name}.csv" and not fault.row],
        title=_title(new or read(found.base)[0], name),
    )


@blueprint.get("/tabel/<name>/<row_id>")
@action(Action.EDIT_RULES)
def edit(draft_id: uuid.UUID, name: str, row_id: str) -> ResponseReturnValue:
    """One rule, to change; `nieuw` for one that is not there yet, as a copy of `na` when that is given."""
    found = open_draft(draft_id)
    grid = _grid(found, name)
    start = request.args.get("na", "")
    try:
        cells = dict(grid.row(row_id)) if row_id != NEW else {**grid.row(start), FixedColumn.ROW: ""} if start else {}
    except NoSuchRow:
        abort(404)
    return _form(found, _Row(name, row_id, grid, cells))


@blueprint.post("/tabel/<name>/<row_id>")
@action(Action.EDIT_RULES)
def save(draft_id: uuid.UUID, name: str, row_id: str) -> ResponseReturnValue:
    """Save one rule; a fault in a cell is kept and shown beside the rule."""
    found = open_draft(draft_id)
    grid = _grid(found, name)
    cells = posted(grid, request.form)
    try:
        changed = _changed(grid, row_id, cells)
        _save(draft_id, f"{name}.csv", write_grid(changed))
    except (NoSuchRow, DraftChanged, DraftGone, NotAllowed) as error:
        return _form(found, _Row(name, row_id, grid, cells), wrong=str(error)), 409
    flash("Bewaard.", "success")
    return redirect(url_for("rules_table.show", draft_id=draft_id, name=name), 303)


@blueprint.get("/keuzes")
@action(Action.EDIT_RULES)
def choices(draft_id: uuid.UUID) -> str:
    """The choices of the region, to change."""
    return _choices_page(open_draft(draft_id), {}, "")


@blueprint.post("/keuzes")
@action(Action.EDIT_RULES)
def save_choices(draft_id: uuid.UUID) -> ResponseReturnValue:
    """Save the choices that were changed."""
    found = open_draft(draft_id)
    text = found.bundle.own[HEAD]
    new = _readable(found)
    try:
        for name, value in _changed_choices(new).items():
            text = with_value(text, ("parameters", name, "waarde"), value)
        _save(draft_id, HEAD, text)
    except (NoSuchKey, DraftChanged, DraftGone, NotAllowed) as error:
        return _choices_page(found, request.form.to_dict(), str(error)), 409
    flash("Bewaard.", "success")
    return redirect(url_for("rules_table.choices", draft_id=draft_id), 303)


def _changed(grid: Grid, row_id: str, cells: dict[str, str]) -> Grid:
    match request.form.get("doe", ""):
        case "weg":
            return without_row(grid, row_id)
        case "omhoog":
            return moved_row(grid, row_id, -1)
        case "omlaag":
            return moved_row(grid, row_id, 1)
        case _:
            if not cells.get(FixedColumn.ROW, "").strip():
                raise NoSuchRow("Geef de regel een nummer, bijvoorbeeld T3.9a.")
            if row_id == NEW:
                return with_new_row(grid, cells, after=request.form.get("na", ""))
            return with_row(grid, row_id, cells)


def _save(draft_id: uuid.UUID, name: str, text: str) -> None:
    drafts.save_files(act(), draft_id, files={name: text}, version=version())


@dataclass(frozen=True, slots=True)
class _Row:
    """One rule on the page: of which table, under which number, with what in its cells."""

    table: str
    row_id: str
    grid: Grid
    cells: dict[str, str]


def _form(found: DraftView, row: _Row, *, wrong: str = "") -> str:
    new, faults = read(found.bundle)
    return render_template(
        "rulesets/row.html",
        draft=found,
        name=row.table,
        row_id=row.row_id,
        is_new=row.row_id == NEW,
        after=request.args.get("na", request.form.get("na", "")),
        texts=[(key, label, row.cells.get(key, "")) for key, label in TEXTS if key in row.grid.heads],
        cells=cells_of(row.grid, row.cells, new or read(found.base)[0]),
        faults=[fault for fault in faults if fault.row == row.row_id and fault.file == f"{row.table}.csv"],
        wrong=wrong,
    )


def _title(ruleset: RuleSet | None, name: str) -> str:
    tables = ruleset.tables if ruleset else ()
    return next((table.title for table in tables if table.name == name), name)


def _text(found: DraftView, name: str) -> str:
    text = found.bundle.own.get(f"{name}.csv")
    if text is None:
        abort(404)
    return text


def _grid(found: DraftView, name: str) -> Grid:
    try:
        return read_grid(_text(found, name))
    except SheetBroken:
        abort(409)


def _of_row(faults: tuple[Finding, ...], row: str) -> tuple[str, ...]:
    return tuple(str(fault) for fault in faults if fault.row == row)


def _readable(found: DraftView) -> RuleSet:
    new = read(found.bundle)[0] or read(found.base)[0]
    if new is None:
        abort(409)
    return new


def _changed_choices(ruleset: RuleSet) -> dict[str, str | tuple[str, ...]]:
    """The choices whose field says something else than what stands there."""
    found: dict[str, str | tuple[str, ...]] = {}
    for name, parameter in ruleset.parameters.items():
        typed = request.form.get(name)
        if typed is None or typed.strip() == written(parameter.value):
            continue
        words = tuple(word.strip() for word in typed.split(",") if word.strip())
        found[name] = words if isinstance(parameter.value, tuple) else typed.strip()
    return found


def written(value: object) -> str:
    """The value of a choice as its field shows it."""
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def _choices_page(found: DraftView, typed: dict[str, str], wrong: str) -> str:
    new, faults = read(found.bundle)
    base, _ = read(found.base)
    shown = new or base
    lines = [
        (
            item,
            typed.get(item.name, written(item.value)),
            shown.facts[item.name].values if shown and isinstance(item.value, str) else (),
            base is not None and item.name in base.parameters and base.parameters[item.name].value != item.value,
        )
        for item in (shown.parameters.values() if shown else ())
    ]
    return render_template(
        "rulesets/choices.html",
        draft=found,
        lines=lines,
        wrong=wrong,
        readable=new is not None,
        faults=[fault for fault in faults if fault.file == HEAD],
    )
