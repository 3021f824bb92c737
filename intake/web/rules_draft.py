"""Writing rules: drafts, their tables and choices, spreadsheets out and in, the check, the replay, publishing."""

import uuid
from datetime import date

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from intake import ruleset, ruleset_draft, ruleset_publish, ruleset_replay
from intake.action import Action
from intake.policy import may
from intake.ruleset_check import Examination, examine, known, read
from intake.ruleset_draft import DraftChanged, DraftGone, DraftView, NotAllowed
from intake.ruleset_publish import NotPublishable
from intake.ruleset_sheets import KINDS, SheetRefused, from_file, to_file
from intake.web import request as work
from intake.web.access import action, the_actor
from intake.web.request import clock, session, settings
from rules import RuleSet
from rules.compare import compare, lines
from rules.guard_load import HEAD
from rules.head_edit import value_at
from rules.publish.algoritmeregister import ABOUT_FILE
from rules.replay import replay
from rules.scenario import SCENARIO_FILE
from rules.sheet_edit import SheetBroken

blueprint = Blueprint("rules_draft", __name__, url_prefix="/regels/concepten")

MIMETYPES = {
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


@blueprint.get("")
@action(Action.EDIT_RULES)
def index() -> str:
    """The open drafts."""
    found = ruleset_draft.drafts(session(), the_actor(), regio=settings().region, clock=clock())
    return render_template("rules/drafts.html", drafts=found)


@blueprint.post("")
@action(Action.EDIT_RULES)
def start() -> ResponseReturnValue:
    """Begin a draft as a copy of the rules in force."""
    made = ruleset_draft.start(session(), the_actor(), regio=settings().region, clock=clock())
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
        ruleset_draft.plan(
            session(),
            the_actor(),
            draft_id,
            valid_from=days[0],
            valid_to=days[1],
            note=typed.get("toelichting", ""),
            version=version(),
            clock=clock(),
        )
    except (NotAllowed, DraftChanged, DraftGone) as error:
        return overview(draft_id, typed=typed, wrong=str(error)), 409
    flash("Bewaard.", "success")
    return to(draft_id)


@blueprint.get("/<uuid:draft_id>/bestand/<name>")
@action(Action.EDIT_RULES)
def file(draft_id: uuid.UUID, name: str) -> str:
    """One file as text: for scenarios, the head, and a table that cannot be read."""
    found = open_draft(draft_id)
    if name not in found.bundle.own:
        abort(404)
    return _file_page(found, name, found.bundle.own[name], "")


@blueprint.post("/<uuid:draft_id>/bestand/<name>")
@action(Action.EDIT_RULES)
def save_file(draft_id: uuid.UUID, name: str) -> ResponseReturnValue:
    """Save one file as text; faults in it are shown, not refused."""
    found = open_draft(draft_id)
    text = request.form.get("tekst", "")
    if name not in found.bundle.own:
        abort(404)
    try:
        ruleset_draft.save_file(
            session(), the_actor(), draft_id, name=name, text=text, version=version(), clock=clock()
        )
    except (NotAllowed, DraftChanged, DraftGone) as error:
        return _file_page(found, name, text, str(error)), 409
    flash("Bewaard.", "success")
    return redirect(url_for("rules_draft.file", draft_id=draft_id, name=name), 303)


@blueprint.get("/<uuid:draft_id>/regels.<kind>")
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


@blueprint.post("/<uuid:draft_id>/terug")
@action(Action.EDIT_RULES)
def upload(draft_id: uuid.UUID) -> ResponseReturnValue:
    """Take the tables in a spreadsheet in."""
    found = open_draft(draft_id)
    sent = request.files.get("bestand")
    if sent is None or not sent.filename:
        return overview(draft_id, wrong="Kies eerst een bestand."), 400
    try:
        files = from_file(sent.filename, sent.read(), tables_of(found))
        ruleset_draft.save_files(session(), the_actor(), draft_id, files=files, version=version(), clock=clock())
    except (SheetRefused, NotAllowed, DraftChanged, DraftGone) as error:
        return overview(draft_id, wrong=str(error)), 400
    flash(f"Ingelezen: {', '.join(name.removesuffix('.csv') for name in files)}.", "success")
    return to(draft_id)


@blueprint.get("/<uuid:draft_id>/controle")
@action(Action.EDIT_RULES)
def check(draft_id: uuid.UUID) -> str:
    """What the last check found, if these texts were checked."""
    found = open_draft(draft_id)
    return _check_page(found, known(found.bundle))


@blueprint.post("/<uuid:draft_id>/controle")
@action(Action.EDIT_RULES)
def run_check(draft_id: uuid.UUID) -> str:
    """Look at everything: files, guard rails, gaps, scenarios."""
    found = open_draft(draft_id)
    work.commit()  # nobody waits for the database while this reckons
    return _check_page(found, examine(found.bundle))


@blueprint.get("/<uuid:draft_id>/verschil")
@action(Action.EDIT_RULES)
def difference(draft_id: uuid.UUID) -> str:
    """What the draft says otherwise than the rules it is a copy of."""
    return _difference_page(open_draft(draft_id), examples=False)


@blueprint.post("/<uuid:draft_id>/verschil")
@action(Action.EDIT_RULES)
def find_examples(draft_id: uuid.UUID) -> str:
    """As `difference`, with the kinds of cases that come out otherwise."""
    found = open_draft(draft_id)
    work.commit()
    return _difference_page(found, examples=True)


@blueprint.post("/<uuid:draft_id>/naspelen")
@action(Action.EDIT_RULES)
def play_again(draft_id: uuid.UUID) -> ResponseReturnValue:
    """Past cases under the draft, counted; nothing stored changes."""
    found = open_draft(draft_id)
    new, faults = read(found.bundle)
    if new is None:
        return overview(draft_id, wrong="Er zitten nog fouten in de bestanden. Verbeter die eerst."), 409
    old = ruleset.in_force(session(), found.regio, clock().today())
    cases = ruleset_replay.past_cases(session(), the_actor())
    work.commit()
    return render_template("rules/replay.html", draft=found, found=replay(old, new, cases), faults=faults)


@blueprint.post("/<uuid:draft_id>/vaststellen")
@action(Action.PUBLISH_RULES)
def publish(draft_id: uuid.UUID) -> ResponseReturnValue:
    """Let the draft come into force on its day."""
    bundle = open_draft(draft_id).bundle
    work.commit()
    examine(bundle)
    try:
        made = ruleset_publish.publish(session(), the_actor(), draft_id, version=version(), clock=clock())
    except NotPublishable as refused:
        return overview(draft_id, reasons=refused.reasons), 409
    except (DraftChanged, DraftGone) as error:
        return overview(draft_id, wrong=str(error)), 409
    flash("De regels zijn vastgesteld. Zij veranderen nu niet meer.", "success")
    return redirect(url_for("rules.version", first_day=made.valid_from.isoformat()), 303)


@blueprint.post("/<uuid:draft_id>/weggooien")
@action(Action.EDIT_RULES)
def discard(draft_id: uuid.UUID) -> ResponseReturnValue:
    """Throw the draft away."""
    try:
        ruleset_draft.discard(session(), the_actor(), draft_id, version=version(), clock=clock())
    except (DraftChanged, DraftGone) as error:
        return overview(draft_id, wrong=str(error)), 409
    flash("Het concept is weggegooid.", "success")
    return redirect(url_for("rules_draft.index"), 303)


def open_draft(draft_id: uuid.UUID) -> DraftView:
    """The draft of this page."""
    return ruleset_draft.open_draft(session(), the_actor(), draft_id, clock=clock())


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
        "rules/draft.html",
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
        examined=known(found.bundle),
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


def _file_page(found: DraftView, name: str, text: str, wrong: str) -> str:
    _, faults = read(found.bundle)
    return render_template(
        "rules/file.html",
        draft=found,
        name=name,
        text=text,
        wrong=wrong,
        faults=[fault for fault in faults if fault.file == name],
    )


def _check_page(found: DraftView, examined: Examination | None) -> str:
    return render_template("rules/check.html", draft=found, examined=examined)


def _difference_page(found: DraftView, *, examples: bool) -> str:
    new, faults = read(found.bundle)
    old, _ = read(found.base)
    readable = new is not None and old is not None
    whole = compare(old, new) if examples and old is not None and new is not None else None
    told = list(lines(old, new)) if old is not None and new is not None else []
    return render_template(
        "rules/difference.html", draft=found, readable=readable, faults=faults, lines=told, difference=whole
    )
