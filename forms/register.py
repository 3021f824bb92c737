"""The register of processing activities (art. 30 AVG) as far as it follows from the form's own purposes and grounds."""

from collections.abc import Mapping
from dataclasses import dataclass

from forms.values.question import Section


@dataclass(frozen=True, slots=True)
class Processing:
    """One purpose with its ground: which data of which sensitivity, who may receive them, how long they are kept."""

    doel: str
    grondslag: str
    gevoeligheid: str
    gegevens: tuple[str, ...]
    ontvangers: tuple[str, ...]
    bewaren: str


def processing_of(sections: tuple[Section, ...], terms: Mapping[str, str]) -> tuple[Processing, ...]:
    """One row per purpose, ground, sensitivity and term, in the order of the form."""
    grouped: dict[tuple[str, str, str, str], tuple[list[str], set[str]]] = {}
    for section in sections:
        for question in section.questions:
            row = (question.doel, question.grondslag, question.gevoeligheid.value, question.bewaren)
            labels, receivers = grouped.setdefault(row, ([], set()))
            labels.append(question.label)
            receivers |= question.ontvangers
    return tuple(
        Processing(doel, ground, sensitivity, tuple(labels), tuple(sorted(receivers)), terms.get(term, term))
        for (doel, ground, sensitivity, term), (labels, receivers) in grouped.items()
    )
