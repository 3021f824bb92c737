"""The sections of the form as a list of steps, with how far each is."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from forms import INTAKE_FORM, Section

PREFILLED = frozenset({"melding_datum", "melding_gemeente"})
"""What a new draft brings along: a part in which nobody answered anything else is empty."""
DONE, PARTLY, EMPTY = "done", "partly", "empty"
_WORDS = {DONE: "ingevuld", PARTLY: "deels ingevuld", EMPTY: "nog niet ingevuld"}


@dataclass(frozen=True, slots=True)
class Step:
    """One section: `mark` is how far it is, `state` says it in words."""

    key: str
    label: str
    mark: str
    current: bool

    @property
    def state(self) -> str:
        """How far it is, in words."""
        return _WORDS[self.mark]


@dataclass(frozen=True, slots=True)
class Steps:
    """All sections that have something to ask; `current` counts from 1, 0 on the review page."""

    sections: tuple[Step, ...]
    current: int


def steps_of(
    answers: Mapping[str, object], *, asked: frozenset[str], saved: Collection[str], current: str = ""
) -> Steps:
    """The steps of a draft.

    Args:
        answers: what is known.
        asked: the questions that matter now.
        saved: the sections that were saved without an error.
        current: the section that is shown; none on the review page.
    """
    steps = tuple(
        Step(section.key, section.titel, _mark(section, answers, asked, saved), section.key == current)
        for section in INTAKE_FORM.sections
        if any(question.key in asked for question in section.questions)
    )
    return Steps(steps, next((number for number, step in enumerate(steps, start=1) if step.current), 0))


def _mark(section: Section, answers: Mapping[str, object], asked: frozenset[str], saved: Collection[str]) -> str:
    open_ones = [one.key for one in section.questions if one.key in asked and one.key not in answers]
    answered = any(question.key in answers for question in section.questions if question.key not in PREFILLED)
    if section.key in saved and not open_ones:
        return DONE
    return PARTLY if answered else EMPTY
