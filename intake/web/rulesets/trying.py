"""Trying one case: the questions that the rules ask about, and what they say. Nothing of it is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from forms import INTAKE_FORM, InvalidAnswers, Section
from intake import advice
from intake.access import Action
from intake.rulesets.inspection import TriedCase, try_answers
from intake.store import UnreadableJson, read_json
from intake.web.advice.route import route_of
from intake.web.frame.access import action
from intake.web.frame.request import clock, session, settings
from intake.web.melding import gemeenten
from intake.web.melding.form_page import Filled, FormPage, form_page

blueprint = Blueprint("rules_try", __name__, url_prefix="/regels/proberen")

Raw = Mapping[str, Sequence[str]]
MAX_BYTES = 200_000
DAY, ANSWERS = "op", "antwoorden"


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed: the day, the answers as far as they are right, and the errors by field."""

    on: date
    answers: Mapping[str, object]
    errors: Mapping[str, str]
    raw: Raw


@blueprint.get("")
@action(Action.READ_RULES)
def show() -> str:
    """The empty form."""
    return _page(Typed(clock().today(), {}, {}, {}), None)


@blueprint.post("")
@action(Action.READ_RULES)
def tried() -> ResponseReturnValue:
    """The same page with what the rules say, or with what is wrong."""
    typed = _read(request.form.to_dict(flat=False))
    if typed.errors:
        return _page(typed, None), 400
    found = try_answers(typed.answers, typed.on, rules_of=advice.shelf(session()), regio=settings().region)
    return _page(typed, found)


def fact_sections() -> tuple[Section, ...]:
    """The form with only the questions that rules may ask about."""
    found = (
        replace(section, questions=tuple(one for one in section.questions if one.feit))
        for section in INTAKE_FORM.sections
    )
    return tuple(section for section in found if section.questions)


def _read(raw: Raw) -> Typed:
    errors: dict[str, str] = {}
    on = _day(raw, errors)
    answers: dict[str, object] = {}
    pasted = next(iter(raw.get(ANSWERS, ())), "").strip()
    if pasted:
        answers |= _pasted(pasted, errors)
        raw = {name: texts for section in INTAKE_FORM.sections for name, texts in _raw_of(section, answers)} | {
            name: raw[name] for name in (DAY, ANSWERS) if name in raw
        }
    else:
        for section in INTAKE_FORM.sections:
            reading = INTAKE_FORM.read(section.key, raw, answers)
            answers |= reading.answers
            errors |= reading.errors
    return Typed(on, answers, errors, raw)


def _day(raw: Raw, errors: dict[str, str]) -> date:
    text = next(iter(raw.get(DAY, ())), "").strip()
    try:
        return date.fromisoformat(text) if text else clock().today()
    except ValueError:
        errors[DAY] = "Dit is geen datum. Schrijf jaar-maand-dag, bijvoorbeeld 2026-11-23."
        return clock().today()


def _pasted(text: str, errors: dict[str, str]) -> Mapping[str, object]:
    try:
        return INTAKE_FORM.validate(read_json(text.encode(), max_bytes=MAX_BYTES))
    except UnreadableJson as error:
        errors[ANSWERS] = str(error)
    except InvalidAnswers as error:
        errors[ANSWERS] = " ".join(f"{key}: {message}" for key, message in error.errors.items())
    return {}


def _raw_of(section: Section, answers: Mapping[str, object]) -> list[tuple[str, tuple[str, ...]]]:
    return list(INTAKE_FORM.raw_of(section.key, answers).items())


def _page(typed: Typed, found: TriedCase | None) -> str:
    sections = [_form(section, typed) for section in fact_sections()]
    own = {name: typed.errors[name] for name in (DAY, ANSWERS) if name in typed.errors}
    return render_template(
        "rulesets/try.html",
        sections=sections,
        filled=[_filled(form, typed) for form in sections],
        day=next(iter(typed.raw.get(DAY, ())), typed.on.isoformat()),
        pasted=next(iter(typed.raw.get(ANSWERS, ())), ""),
        own_errors=own,
        errors={**own, **{key: text for form in sections for key, text in form.errors.items()}},
        found=found,
        route=route_of(found.advice) if found and found.advice else None,
        gemeenten=gemeenten.choices(settings().region),
    )


def _form(section: Section, typed: Typed) -> FormPage:
    return form_page(
        section,
        Filled(typed.raw, typed.errors),
        asked=frozenset(question.key for question in section.questions),
        gemeenten=gemeenten.choices(settings().region),
    )


def _filled(form: FormPage, typed: Typed) -> bool:
    """Whether something was answered here, so that it lies open."""
    return any(field.key in typed.answers or field.error for field in form.fields)
