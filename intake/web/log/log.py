"""The audit log, for the logbeheerder and the privacy officer: reading it, what stands out, and reviewing it."""

from datetime import date
from typing import TypeVar

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from intake import log
from intake.access import Act, Action, may
from intake.log import LogQuery, ReviewIncomplete
from intake.log.signals import SignalKind
from intake.tables.audit import AuditCode, Outcome
from intake.tables.log_review import Finding
from intake.web.frame.access import act, action, the_actor
from intake.web.frame.listing import page_number
from intake.web.frame.request import clock, rollback, session

blueprint = Blueprint("log", __name__, url_prefix="/logboek")
blueprint.add_app_template_filter(log.act, "handeling")
blueprint.add_app_template_filter(log.because, "waarom_mocht")

Code = TypeVar("Code", AuditCode, Outcome, Finding)
LONGEST = 80
LONGEST_NUMBER = 12
EARLIEST, LATEST = date(2000, 1, 1), date(2999, 12, 31)
CODES = {
    AuditCode.READ: "Bekeken",
    AuditCode.CREATE: "Gemaakt",
    AuditCode.UPDATE: "Gewijzigd",
    AuditCode.DELETE: "Weggegooid",
    AuditCode.EXECUTE: "Uitgevoerd",
}
SIGNALS = {
    SignalKind.SPOED: "Spoedtoegang (doorbreken)",
    SignalKind.BEKEND: "Cliënt die veel mensen kennen",
    SignalKind.ACHTERNAAM: "Cliënt met dezelfde achternaam",
    SignalKind.ADRES: "Cliënt op het eigen adres van de medewerker",
    SignalKind.BUITEN_GEMEENTE: "Buiten de eigen gemeente, zonder verwijzing",
    SignalKind.VEEL_DOSSIERS: "Veel meer dossiers dan anders",
    SignalKind.VEEL_PER_UUR: "Veel dossiers binnen één uur",
    SignalKind.VEEL_GEWEIGERD: "Vaak geweigerd",
}
FINDINGS = {
    Finding.NIETS_BIJZONDERS: "Niets bijzonders",
    Finding.NAVRAAG: "Ik vraag het na bij een medewerker of teamleider",
    Finding.GEMELD: "Ik heb het gemeld bij de functionaris gegevensbescherming",
}


@blueprint.get("")
@action(Action.READ_AUDIT)
def index() -> str:
    """The log, newest first, with filters; reading it is logged."""
    typed = {name: _typed(name) for name in ("van", "tot", "wie", "zaak", "wat", "hoe")}
    query = LogQuery(
        since=_day(typed["van"]),
        until=_day(typed["tot"]),
        person=typed["wie"],
        reference=typed["zaak"],
        code=_one_of(AuditCode, typed["wat"]),
        outcome=_one_of(Outcome, typed["hoe"]),
        emergency="spoed" in request.args,
    )
    filters = {name: text for name, text in typed.items() if text} | ({"spoed": "ja"} if query.emergency else {})
    return render_template(
        "log/index.html",
        found=log.read_log(session(), the_actor(), query, page=page_number(request.args)),
        typed=typed,
        query=query,
        filters=filters,
        codes=CODES,
        outcomes=log.OUTCOMES,
        state=log.state(act()),
    )


@blueprint.get("/signalen")
@action(Action.READ_AUDIT)
def signals() -> str:
    """What stands out in the rows that nobody reviewed yet, and the reviews so far."""
    return _signals()


@blueprint.post("/beoordeling")
@action(Action.REVIEW_AUDIT)
def review() -> ResponseReturnValue:
    """The log was looked through; what came of it is kept."""
    note = request.form.get("toelichting", "")
    try:
        log.review(
            act(),
            log.Reviewed(
                until_seq=_number("tot_regel"), finding=_finding(), note=note, signals_shown=_number("signalen")
            ),
        )
    except ReviewIncomplete as error:
        rollback()
        return make_response(_signals(note, {"uitkomst": str(error)}), 400)
    flash("Uw beoordeling van het logboek is vastgelegd.", "success")
    return redirect(url_for("log.signals"), 303)


def _typed(name: str) -> str:
    """What was typed in a filter, without signs that nobody can type (PostgreSQL keeps no NUL)."""
    return "".join(sign for sign in request.args.get(name, "")[:LONGEST] if sign.isprintable()).strip()


def _signals(note: str = "", errors: dict[str, str] | None = None) -> str:
    actor = the_actor()
    found = log.find_signals(Act(session(), actor, clock()))
    return render_template(
        "log/signals.html",
        signals=found,
        references=log.references(session(), {case for one in found for case in one.cases}),
        state=log.state(Act(session(), actor, clock())),
        reviews=log.reviews(session(), actor),
        kinds=SIGNALS,
        findings=FINDINGS,
        may_review=may(actor, Action.REVIEW_AUDIT),
        note=note,
        errors=errors or {},
    )


def _finding() -> Finding:
    """What was chosen.

    Raises:
        ReviewIncomplete: nothing.
    """
    found = _one_of(Finding, request.form.get("uitkomst", ""))
    if found is None:
        raise ReviewIncomplete("Kies wat uw beoordeling is.")
    return found


def _number(name: str) -> int:
    """A number that the page itself put in its form; 0, which no row has, for anything else."""
    text = request.form.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < LONGEST_NUMBER else 0


def _one_of(kind: type[Code], text: str) -> Code | None:
    return next((one for one in kind if one.value == text), None)


def _day(text: str) -> date | None:
    """The day that is asked for, kept within the years that a log can have."""
    try:
        return min(max(date.fromisoformat(text), EARLIEST), LATEST) if text else None
    except ValueError:
        return None
