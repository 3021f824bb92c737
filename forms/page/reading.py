"""What a posted page gives: the answers that are right, the errors beside their fields, and all that was typed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from forms.page.page import is_posted, row_places, value_of
from forms.schema.schema import AnswerSchema
from forms.values.question import Question, QuestionType

_FOR_FILES = re.compile(r" ?\(in een bestand[^)]*\)")


@dataclass(frozen=True, slots=True)
class Reading:
    """The outcome of a posted page.

    `answers` holds all answers so far with those of this page in place; what is wrong is left out.
    `errors` has a Dutch sentence per posted name. `raw` is what was typed, untouched.
    """

    answers: dict[str, object]
    errors: dict[str, str]
    raw: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an intake is: the answers so far, and the keys of the questions that are asked with them."""

    answers: Mapping[str, object]
    asked: frozenset[str]


def read_page(
    questions: Sequence[Question], raw: Mapping[str, Sequence[str]], before: Progress, schema: AnswerSchema
) -> Reading:
    """The posted page read into the answers `before` it.

    A question of the page that was asked and is now empty loses its answer; one that was not on the page keeps it.
    """
    here = {question.key: question for question in questions}
    posted = {key: value_of(question, raw) for key, question in here.items() if is_posted(question, raw)}
    kept = {
        key: value
        for key, value in before.answers.items()
        if key not in here or (key not in before.asked and key not in posted)
    }
    filled = {key: value for key, value in posted.items() if value is not None}
    right, errors = schema.split(kept | filled)
    merged = kept | {key: right[key] for key in filled if key in right}
    posted_here = {key: here[key] for key in posted}
    return Reading(merged, _placed(errors, posted_here, raw), raw)


def on_page(sentence: str) -> str:
    """The message of an error without its hint for who writes a file."""
    return _FOR_FILES.sub("", sentence)


def _placed(
    errors: Mapping[str, str], here: Mapping[str, Question], raw: Mapping[str, Sequence[str]]
) -> dict[str, str]:
    """The errors of this page, each at the name under which its field was posted."""
    placed = {}
    for name, sentence in errors.items():
        text = on_page(sentence)
        key, _, rest = name.partition(".")
        question = here.get(key)
        if question and question.type is QuestionType.RIJEN and rest:
            number, _, column = rest.partition(".")
            place = row_places(question, raw)[int(number)]
            placed[f"{key}.{place}.{column}" if column else f"{key}.{place}"] = text
        elif question:
            placed[name] = text
    return placed
