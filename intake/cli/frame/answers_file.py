"""Reading an answers file: one JSON object with answers, or a list of them."""

import argparse
import re
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from config.clock import SystemClock
from forms import INTAKE_FORM, InvalidAnswers
from intake.cli.frame.failure import BadInput
from intake.cli.frame.os_words import why
from intake.store import UnreadableJson, read_json

MAX_BYTES = 5_000_000
MAX_OBJECTS = 10_000
ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

Answers = Mapping[str, Any]


def read_answers(place: str) -> Answers | list[Answers]:
    """The checked answers in the file at `place`, or on standard input for `-`.

    Raises:
        BadInput: it cannot be read or holds something that is not allowed; the message names key and what is allowed.
    """
    try:
        content = read_json(_bytes_of(place), max_bytes=MAX_BYTES)
    except UnreadableJson as error:
        raise BadInput(f"{_called(place)}: {error}") from error
    if not isinstance(content, list):
        return _checked(content, _called(place))
    if len(content) > MAX_OBJECTS:
        raise BadInput(f"{_called(place)}: {len(content)} intakes is te veel; toegestaan zijn er {MAX_OBJECTS}.")
    return [_checked(item, f"{_called(place)}, nummer {number}") for number, item in enumerate(content, start=1)]


def iso_date(text: str) -> date:
    """The day that `text` writes as JJJJ-MM-DD.

    Raises:
        argparse.ArgumentTypeError: it is not such a day.
    """
    problem = argparse.ArgumentTypeError(
        f"“{text[:40]}” is geen datum. Schrijf jaar-maand-dag, bijvoorbeeld 2026-11-23."
    )
    if not ISO_DATE.fullmatch(text):
        raise problem
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise problem from None


def _called(place: str) -> str:
    return "standaardinvoer" if place == "-" else Path(place).name


def _bytes_of(place: str) -> bytes:
    try:
        if place == "-":
            return sys.stdin.buffer.read(MAX_BYTES + 1)
        with Path(place).open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise BadInput(f"het bestand {place} is niet te lezen: {why(error)}.") from error


def _checked(item: Any, called: str) -> Answers:
    try:
        if not isinstance(item, dict) or "melding_datum" in item:
            return INTAKE_FORM.validate(item)
        checked = INTAKE_FORM.validate({**item, "melding_datum": SystemClock().today().isoformat()})
        return {key: value for key, value in checked.items() if key != "melding_datum"}
    except InvalidAnswers as error:
        lines = [f"{key}: {message}" for key, message in error.errors.items()]
        raise BadInput(f"{called}: " + "\n  ".join(lines)) from error
