"""The rights of the client, for who carries them out: a copy, a correction, destruction, and what is kept how long."""

import json
import uuid

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from forms import INTAKE_FORM, Reading
from intake import access, rights
from intake.access import Act, Action, is_restricted
from intake.rights import CorrectionRefused, Improvement, destruction, give_inzage, marks
from intake.tables.destruction import DestructionGround
from intake.tables.intake import Intake
from intake.web.frame.access import act, action, the_actor
from intake.web.frame.request import clock, commit, rollback, session, settings
from intake.web.frame.words import Mark
from intake.web.melding import gemeenten
from intake.web.melding.form_page import Filled, form_page
from reports.copies import render_copy
from reports.letters import RendererUnavailable
from reports.tables import Table, to_csv, to_ods

blueprint = Blueprint("client_rights", __name__)

LONGEST_NUMBER = 9
GROUNDS = {
    DestructionGround.VERZOEK: "De cliënt vraagt erom",
    DestructionGround.BEWAARTERMIJN: "Vijftien jaar na de laatste wijziging",
    DestructionGround.INGETROKKEN: "Zes weken na het intrekken, zonder besluit",
}


@blueprint.get("/intakes/<uuid:intake_id>/rechten")
@action(Action.CORRECT_FILE)
def show(intake_id: uuid.UUID) -> str:
    """What the client may ask about this file, and what was done of it."""
    return page(intake_id)


def page(intake_id: uuid.UUID, *, reason: str = "", errors: dict[str, str] | None = None) -> str:
    """The page, with what was typed and what was wrong with it."""
    case = access.fetch(session(), the_actor(), Action.CORRECT_FILE, Intake, intake_id)
    return render_template(
        "rights/client/show.html",
        case=case,
        sections=INTAKE_FORM.sections,
        corrections=rights.corrections_of(session(), case),
        holds=destruction.holds_of(session(), case),
        marks=marks.marks_of(session(), case),
        living={one.row.kind.value: one for one in marks.marks_of(session(), case) if one.row.ended_at is None},
        mark_names=marks.NAMES,
        reason=reason,
        errors=errors or {},
    )


@blueprint.post("/intakes/<uuid:intake_id>/inzage/<kind>")
@action(Action.EXPORT_FILE)
def copy(intake_id: uuid.UUID, kind: str) -> ResponseReturnValue:
    """The whole file and who looked at it, as PDF or JSON. It is printed after the reading is in the log."""
    found = give_inzage(act(), intake_id)
    commit()
    if kind == "json":
        text = json.dumps(found.data, ensure_ascii=False, indent=1)
        return _download(text.encode(), "application/json", "dossier.json")
    try:
        return _download(render_copy(found.copy).pdf, "application/pdf", "dossier.pdf")
    except RendererUnavailable as missing:
        flash(f"{missing} De kopie als JSON kan wel.", "error")
        return redirect(url_for("client_rights.show", intake_id=intake_id), 303)


@blueprint.get("/intakes/<uuid:intake_id>/verbeteren/<section_key>")
@action(Action.CORRECT_FILE)
def correct(intake_id: uuid.UUID, section_key: str) -> ResponseReturnValue:
    """One section of the form with the answers of the case in it."""
    case, answers = rights.to_correct(session(), the_actor(), intake_id, section=section_key)
    _known(section_key)
    reading = Reading(answers=dict(answers), errors={}, raw=INTAKE_FORM.raw_of(section_key, answers))
    return _page(case, section_key, Improvement(reading, ""))


@blueprint.post("/intakes/<uuid:intake_id>/verbeteren/<section_key>")
@action(Action.CORRECT_FILE)
def save(intake_id: uuid.UUID, section_key: str) -> ResponseReturnValue:
    """Take the section over; what stood there stays in the history."""
    case, answers = rights.to_correct(session(), the_actor(), intake_id, section=section_key)
    _known(section_key)
    raw = {name: request.form.getlist(name) for name in request.form}
    reading = INTAKE_FORM.read(section_key, raw, answers)
    wanted, version = Improvement(reading, request.form.get("reden", "")), request.form.get("versie", "")
    if reading.errors:
        return make_response(_page(case, section_key, wanted), 400)
    number = int(version) if version.isascii() and version.isdigit() and len(version) < LONGEST_NUMBER else 0
    try:
        changed = rights.correct(act(), intake_id, wanted, version=number)
    except CorrectionRefused as refused:
        rollback()
        case, _ = rights.to_correct(session(), the_actor(), intake_id, section=section_key)
        return make_response(_page(case, section_key, wanted, refused=str(refused)), 400)
    advised = "" if is_restricted(session(), intake_id) else " Het advies is opnieuw gemaakt."
    flash(f"{changed} antwoorden verbeterd.{advised}", "success")
    return redirect(url_for("client_rights.show", intake_id=intake_id), 303)


@blueprint.post("/intakes/<uuid:intake_id>/vernietiging")
@action(Action.DESTROY_FILE)
def ask_destruction(intake_id: uuid.UUID) -> ResponseReturnValue:
    """The client asks for the file to be destroyed, or its time is over."""
    actor, today = the_actor(), clock().today()
    due = {one.intake_id: one for one in destruction.due_files(session(), actor, today=today)}.get(intake_id)
    if due is not None and request.form.get("grond") != DestructionGround.VERZOEK:
        destruction.request(Act(session(), actor, clock()), intake_id, ground=due.ground, due_on=due.since)
    else:
        destruction.request(Act(session(), actor, clock()), intake_id)
    flash("Het dossier staat op de lijst. Twee personen moeten akkoord gaan.", "success")
    return redirect(url_for("client_rights.destructions"), 303)


@blueprint.post("/intakes/<uuid:intake_id>/bewaarplicht")
@action(Action.DESTROY_FILE)
def hold(intake_id: uuid.UUID) -> ResponseReturnValue:
    """Keep the file while an objection, appeal or complaint runs."""
    destruction.hold(act(), intake_id, reason=request.form.get("reden", ""))
    flash("Het dossier blijft bewaard tot u dit opheft.", "success")
    return redirect(url_for("client_rights.destructions"), 303)


@blueprint.post("/beheer/vernietiging/bewaarplicht/<uuid:hold_id>/opheffen")
@action(Action.DESTROY_FILE)
def release(hold_id: uuid.UUID) -> ResponseReturnValue:
    """The file need not be kept any more."""
    destruction.release(act(), hold_id)
    flash("De bewaarplicht is opgeheven.", "success")
    return redirect(url_for("client_rights.destructions"), 303)


@blueprint.get("/beheer/vernietiging")
@action(Action.DESTROY_FILE)
def destructions() -> str:
    """What is due, what waits for a yes, and what was destroyed."""
    actor = the_actor()
    return render_template(
        "rights/client/destructions.html",
        due=destruction.due_files(session(), actor, today=clock().today()),
        waiting=destruction.waiting_list(session(), actor),
        certificates=destruction.certificates(session(), actor),
        grounds=GROUNDS,
        me=actor.account_id,
        today=clock().today(),
        held=Mark("Moet bewaard blijven", "warning"),
    )


@blueprint.post("/beheer/vernietiging/<uuid:destruction_id>/akkoord")
@action(Action.DESTROY_FILE)
def approve(destruction_id: uuid.UUID) -> ResponseReturnValue:
    """Say yes; the second yes destroys the file."""
    row = destruction.approve(act(), destruction_id)
    done = row.done_at is not None
    flash("Het dossier is vernietigd." if done else "Uw akkoord is vastgelegd. Nu nog een tweede persoon.", "success")
    return redirect(url_for("client_rights.destructions"), 303)


@blueprint.post("/beheer/vernietiging/<uuid:destruction_id>/afwijzen")
@action(Action.DESTROY_FILE)
def reject(destruction_id: uuid.UUID) -> ResponseReturnValue:
    """Say no; the file stays."""
    destruction.reject(session(), the_actor(), destruction_id)
    flash("Het dossier blijft bewaard.", "success")
    return redirect(url_for("client_rights.destructions"), 303)


@blueprint.get("/beheer/verwerkingsregister")
@action(Action.READ_REGISTER)
def register() -> ResponseReturnValue:
    """The register of processing activities (AVG art. 30) that follows from the form; as page, CSV or ODS."""
    rows = INTAKE_FORM.processing_register()
    kind = request.args.get("als", "")
    if kind not in {"csv", "ods"}:
        return render_template("rights/client/register.html", rows=rows)
    headings = ("Doel", "Grondslag", "Gevoeligheid", "Gegevens", "Ontvangers", "Bewaren")
    cells = tuple(
        (row.doel, row.grondslag, row.gevoeligheid, "; ".join(row.gegevens), "; ".join(row.ontvangers), row.bewaren)
        for row in rows
    )
    table = Table("Verwerkingsregister", headings, cells)
    if kind == "csv":
        return _download(to_csv(table), "text/csv", "verwerkingsregister.csv")
    return _download(to_ods(table), "application/vnd.oasis.opendocument.spreadsheet", "verwerkingsregister.ods")


def _page(case: Intake, section_key: str, wanted: Improvement, *, refused: str = "") -> str:
    """The page of a section, as it was typed; `refused` says why it could not be taken over."""
    reading = wanted.reading
    raw = reading.raw or INTAKE_FORM.raw_of(section_key, reading.answers)
    form = form_page(
        INTAKE_FORM.section(section_key),
        Filled(raw, reading.errors),
        asked=INTAKE_FORM.asked(reading.answers),
        gemeenten=gemeenten.choices(settings().region),
    )
    return render_template(
        "rights/client/correct.html",
        case=case,
        form=form,
        reason=wanted.reason,
        errors={**form.errors, **({"reden": refused} if refused else {})},
        gemeenten=gemeenten.choices(settings().region),
    )


def _known(section_key: str) -> None:
    """Raises NotFound for a section that the form does not have."""
    if section_key not in {section.key for section in INTAKE_FORM.sections}:
        raise NotFound


def _download(content: bytes, kind: str, name: str) -> Response:
    answer = Response(content, mimetype=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
