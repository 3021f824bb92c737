"""The intake form: a draft, page by page. Every page is saved before anything else happens with it.

A posted page always answers with a redirect, also when it holds errors: these are shown by the page it leads to, from
what was typed. So reloading and the back button never send anything twice.
"""

import uuid
from collections.abc import Mapping, Sequence

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forms import INTAKE_FORM, Question, Reading, Section
from intake import case, melding, store
from intake.access import Action
from intake.melding import DraftClosed, DraftView, EditConflict
from intake.tables.intake import Intake
from intake.web.frame.access import act, action, the_actor
from intake.web.frame.request import rollback, session, settings
from intake.web.melding import gemeenten
from intake.web.melding.form_page import Filled, FormPage, form_page, section_after
from intake.web.melding.so_far import beside
from intake.web.melding.steps import steps_of

blueprint = Blueprint("draft", __name__, url_prefix="/concepten")

IN_BETWEEN, LATER, MORE, SUBMIT = "tussendoor", "later", "meer:", "indienen"


@blueprint.post("")
@action(Action.START_DRAFT)
def start() -> ResponseReturnValue:
    """Begin a new draft, at the questions that decide about tonight."""
    made = melding.start_draft(act())
    return redirect(url_for("draft.show", draft_id=made.id, section_key=INTAKE_FORM.sections[0].key), 303)


@blueprint.get("/<uuid:draft_id>/<section_key>")
@action(Action.READ_DRAFT)
def show(draft_id: uuid.UUID, section_key: str) -> ResponseReturnValue:
    """One section, with what was typed and what is wrong with it."""
    section = _section(section_key)
    found = melding.open_draft(session(), the_actor(), draft_id)
    if found.intake_id is not None:
        return redirect(url_for("intake.show", intake_id=found.intake_id), 303)
    asked = INTAKE_FORM.asked(found.answers)
    form = _form(found, section, asked, more_of=request.args.get("meer", ""))
    return render_template(
        "melding/section.html",
        draft=found,
        form=form,
        shown_hash=_hash_of(section, found),
        shown_keys=sorted(one.key for one in form.fields if one.asked),
        gemeenten=gemeenten.choices(settings().region),
        following=section_after(section.key, asked),
        steps=steps_of(found.answers, asked=asked, saved=found.pages, current=section.key),
        **beside(found),
    )


@blueprint.post("/<uuid:draft_id>/<section_key>")
@action(Action.EDIT_DRAFT)
def save(draft_id: uuid.UUID, section_key: str) -> ResponseReturnValue:
    """Save the page, then go where the button leads."""
    section = _section(section_key)
    wanted = request.form.get("doe", "verder")
    try:
        saved = _save(draft_id, section)
    except EditConflict as conflict:
        return _show_conflict(section, conflict)
    except DraftClosed as closed:
        return _show_closed(closed)
    if wanted == IN_BETWEEN:
        return _show_state(section, saved)
    _tell_of_known(section, saved)
    return redirect(_next_page(section, saved, wanted), 303)


@blueprint.get("/<uuid:draft_id>/controle")
@action(Action.READ_DRAFT)
def review(draft_id: uuid.UUID) -> ResponseReturnValue:
    """Everything that was answered, once more, before it is submitted."""
    found = melding.open_draft(session(), the_actor(), draft_id)
    if found.intake_id is not None:
        return redirect(url_for("intake.show", intake_id=found.intake_id), 303)
    asked = INTAKE_FORM.asked(found.answers)
    return render_template(
        "melding/review.html",
        draft=found,
        sections=[(section, _lines(section, found, asked)) for section in INTAKE_FORM.sections],
        gaps=_gaps(found),
        known=_known(found),
        wrong=[section for section in INTAKE_FORM.sections if section.key in found.raw],
        key=store.new_key(),
        steps=steps_of(found.answers, asked=asked, saved=found.pages),
        **beside(found),
    )


@blueprint.post("/<uuid:draft_id>/indienen")
@action(Action.SUBMIT_INTAKE)
def submit(draft_id: uuid.UUID) -> ResponseReturnValue:
    """Make the draft an intake, once, however often this is sent."""
    key = request.form.get("sleutel", "")
    try:
        made = melding.submit(act(), draft_id, key=key)
    except DraftClosed as closed:
        rollback()
        return _show_closed(closed)
    except melding.DraftIncomplete:
        rollback()
        return redirect(url_for("draft.review", draft_id=draft_id), 303)
    flash(f"De intake is ingediend met nummer {made.reference}.", "success")
    return redirect(url_for("intake.show", intake_id=made.intake_id), 303)


@blueprint.post("/<uuid:draft_id>/weggooien")
@action(Action.DISCARD_DRAFT)
def discard(draft_id: uuid.UUID) -> ResponseReturnValue:
    """Throw the draft away."""
    try:
        melding.discard_draft(act(), draft_id)
    except DraftClosed as closed:
        return _show_closed(closed)
    flash("Het concept is weggegooid.", "success")
    return redirect(url_for("home.show"), 303)


def _known(found: DraftView) -> list[Intake]:
    """The cases with this burgerservicenummer that there are already, for who may read them."""
    return case.cases_with_bsn(session(), the_actor(), str(found.answers.get("bsn") or ""))


def _tell_of_known(section: Section, saved: DraftView) -> None:
    """Where the burgerservicenummer was typed: tell it at once when the gemeente knows this person."""
    if INTAKE_FORM.question("bsn") in section.questions and (known := _known(saved)):
        numbers = ", ".join(one.reference for one in known)
        flash(f"Van deze persoon is al een intake bekend: {numbers}. Kijk eerst wat daar staat.", "info")


def _gaps(found: DraftView) -> list[tuple[Section, Question, str]]:
    """What the report of the investigation still lacks, with the question to go to: hints, which block nothing."""
    places = {question.key: section for section in INTAKE_FORM.sections for question in section.questions}
    return [(places[gap.key], INTAKE_FORM.question(gap.key), gap.text) for gap in INTAKE_FORM.gaps(found.answers)]


def _section(key: str) -> Section:
    try:
        return INTAKE_FORM.section(key)
    except KeyError:
        abort(404)


def _form(found: DraftView, section: Section, asked: frozenset[str], *, more_of: str) -> FormPage:
    """The section as it stands: after an error, as it was typed."""
    typed = found.raw.get(section.key)
    errors: Mapping[str, str] = INTAKE_FORM.read(section.key, typed, found.answers).errors if typed else {}
    return form_page(
        section,
        Filled(typed or INTAKE_FORM.raw_of(section.key, found.answers), errors, more_of),
        asked=asked,
        gemeenten=gemeenten.choices(settings().region),
    )


def _save(draft_id: uuid.UUID, section: Section) -> DraftView:
    """Save the posted page; on another version too, when nobody touched this section meanwhile."""
    typed = request.form.to_dict(flat=False)
    base = melding.open_draft(session(), the_actor(), draft_id)
    version = request.form.get("versie", type=int, default=0)
    if version != base.version and request.form.get("stand") == _hash_of(section, base):
        version = base.version
    reading = INTAKE_FORM.read(section.key, _answers_in(section, typed), base.answers)
    if version != base.version and not reading.errors and _same(section, reading, base):
        return base
    return melding.save_draft(act(), draft_id, melding.TypedPage(section=section.key, reading=reading), version=version)


def _answers_in(section: Section, typed: Mapping[str, Sequence[str]]) -> dict[str, Sequence[str]]:
    """What was typed in the fields of this section, and nothing else that the page sends along."""
    keys = {question.key for question in section.questions}
    return {name: texts for name, texts in typed.items() if name.partition(".")[0] in keys}


def _hash_of(section: Section, found: DraftView) -> str:
    """What this section looked like, so that a page knows whether it was changed since."""
    return store.body_hash(found.raw.get(section.key) or INTAKE_FORM.raw_of(section.key, found.answers))


def _same(section: Section, reading: Reading, base: DraftView) -> bool:
    """Whether the page says what is kept already: a second click, a page sent again."""
    return all(reading.answers.get(one.key) == base.answers.get(one.key) for one in section.questions)


def _next_page(section: Section, saved: DraftView, wanted: str) -> str:
    """Where to go after a save; back to the same section when it has errors or new questions."""
    here = url_for("draft.show", draft_id=saved.id, section_key=section.key)
    if wanted == LATER:
        flash("Het concept is bewaard. U vindt het op de startpagina.", "success")
        return url_for("home.show")
    if wanted.startswith(MORE):
        key = wanted.removeprefix(MORE)
        return url_for("draft.show", draft_id=saved.id, section_key=section.key, meer=key, _anchor=f"vraag-{key}")
    if section.key in saved.raw:
        return here
    asked = INTAKE_FORM.asked(saved.answers)
    new = _new_questions(section, saved, asked)
    if new:
        flash("Door uw antwoord zijn er vragen bijgekomen. U vindt ze hieronder.", "info")
        return f"{here}#vraag-{new[0]}"
    following = section_after(section.key, asked)
    if following is None or wanted == SUBMIT:
        return url_for("draft.review", draft_id=saved.id)
    return url_for("draft.show", draft_id=saved.id, section_key=following.key)


def _new_questions(section: Section, saved: DraftView, asked: frozenset[str]) -> list[str]:
    """Questions of this section that the page did not show when it was filled in."""
    shown = request.form.get("getoond", "").split()
    keys = [question.key for question in section.questions]
    return [key for key in keys if key in asked and key not in shown and key not in saved.answers] if shown else []


def _lines(section: Section, found: DraftView, asked: frozenset[str]) -> list[tuple[str, str, str]]:
    """Key, label and answer of what is asked in this section and answered."""
    return [
        (one.key, one.label, INTAKE_FORM.as_text(one.key, found.answers[one.key]))
        for one in section.questions
        if one.key in asked and one.key in found.answers
    ]


def _show_state(section: Section, saved: DraftView) -> str:
    """What the script needs after a save in between."""
    return render_template(
        "melding/live.html",
        draft=saved,
        asked=INTAKE_FORM.asked(saved.answers),
        shown_hash=_hash_of(section, saved),
        first=section == INTAKE_FORM.sections[0],
        section_key=section.key,
        **beside(saved),
    )


def _show_conflict(section: Section, conflict: EditConflict) -> ResponseReturnValue:
    """Both versions beside each other; nothing was overwritten."""
    yours, kept = conflict.yours, conflict.theirs.answers
    lines = [
        (one.label, _said(one, yours.answers, yours.raw), _said(one, kept, {}))
        for one in section.questions
        if _said(one, yours.answers, yours.raw) != _said(one, kept, {})
    ]
    page = render_template(
        "melding/conflict.html",
        draft=conflict.theirs,
        section=section,
        lines=lines,
        typed=yours.raw,
        message=str(conflict),
    )
    return page, 409


def _said(question: Question, answers: Mapping[str, object], raw: Mapping[str, Sequence[str]]) -> str:
    """The answer in words; what is no answer (yet), as it was typed."""
    if question.key in answers:
        return INTAKE_FORM.as_text(question.key, answers[question.key])
    return ", ".join(
        text for name, texts in raw.items() if name.partition(".")[0] == question.key for text in texts if text
    )


def _show_closed(closed: DraftClosed) -> ResponseReturnValue:
    """A draft that is open no more leads to what became of it."""
    if closed.draft.intake_id is not None:
        return redirect(url_for("intake.show", intake_id=closed.draft.intake_id), 303)
    flash(str(closed), "warning")
    return redirect(url_for("home.show"), 303)
