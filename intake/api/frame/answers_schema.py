"""The answers of the form as JSON Schema, made from the questions themselves."""

from collections.abc import Mapping
from typing import Any

from config.gemeenten import GEMEENTEN
from forms import INTAKE_FORM, Column, Option, Question, QuestionType
from forms.schema import MAX_LIST, MAX_ROWS
from forms.values import GEEN, ONBEKEND, WIL_NIET_ZEGGEN

Json = dict[str, Any]
GEMEENTE = "#/components/schemas/Gemeentecode"
_ALONE = (ONBEKEND, WIL_NIET_ZEGGEN)


def gemeentecode() -> Json:
    """The codes of the gemeenten."""
    return {"type": "string", "enum": sorted(GEMEENTEN), "description": "CBS-code van een gemeente."}


def answers() -> Json:
    """The flat object of answers. Which dates and combinations hold together, only the form itself can say."""
    return {
        "type": "object",
        "description": "De antwoorden op het intakeformulier. Ontbreekt een sleutel, is de waarde null of “onbekend”, "
        "dan is het antwoord niet bekend; dat sluit nooit iemand uit. Geen enkel antwoord is verplicht.",
        "properties": {one.key: _property(one) for one in INTAKE_FORM.questions},
        "additionalProperties": False,
        "example": {"slaapplek_vannacht": "geen", "woonsituatie": "1_buiten"},
    }


def _property(asked: Question) -> Json:
    return {"description": asked.label, "anyOf": [*_forms_of(asked), {"type": "null"}]}


def _forms_of(asked: Question | Column) -> list[Json]:
    """The forms that an answer can have: the typed one, and words that can be chosen instead."""
    if asked.type in {QuestionType.KEUZE, QuestionType.JA_NEE}:
        return [_words(asked.options)]
    alone = [one for one in asked.options if asked.type not in _LISTS or one.value in _ALONE]
    return [_typed(asked), *([_words(alone)] if alone else [])]


def _typed(asked: Question | Column) -> Json:
    if asked.type is QuestionType.GETAL:
        low, high = asked.bereik or (0, 999)
        return {"type": "integer", "minimum": low, "maximum": high}
    if asked.type is QuestionType.MEERKEUZE:
        words = [one.value for one in asked.options if one.value != GEEN]
        return {"type": "array", "items": {"type": "string", "enum": words}, "uniqueItems": True}
    if asked.type is QuestionType.RIJEN and isinstance(asked, Question):
        return {"type": "array", "items": _row(asked), "maxItems": MAX_ROWS}
    if asked.type is QuestionType.ZRM and isinstance(asked, Question):
        score = {"type": "integer", "minimum": 1, "maximum": 5}
        return {
            "type": "object",
            "properties": {one.key: score for one in asked.columns},
            "additionalProperties": False,
        }
    if asked.type in {QuestionType.TEKST, QuestionType.VERHAAL}:
        return {"type": "string", "maxLength": asked.max_lengte}
    return dict(_SIMPLE[asked.type])


def _row(asked: Question) -> Json:
    return {
        "type": "object",
        "properties": {
            one.key: {"description": one.label, "anyOf": [*_forms_of(one), {"type": "null"}]} for one in asked.columns
        },
        "additionalProperties": False,
    }


def _words(options: tuple[Option, ...] | list[Option]) -> Json:
    return {"type": "string", "enum": [one.value for one in options]}


_LISTS = frozenset({QuestionType.MEERKEUZE, QuestionType.GEMEENTEN, QuestionType.RIJEN})
_SIMPLE: Mapping[QuestionType, Json] = {
    QuestionType.DATUM: {"type": "string", "format": "date"},
    QuestionType.MAAND: {"type": "string", "pattern": "^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])$"},
    QuestionType.BSN: {"type": "string", "pattern": "^[0-9]{9}$", "description": "Moet voldoen aan de elfproef."},
    QuestionType.GEMEENTE: {"$ref": GEMEENTE},
    QuestionType.GEMEENTEN: {"type": "array", "items": {"$ref": GEMEENTE}, "uniqueItems": True, "maxItems": MAX_LIST},
}
