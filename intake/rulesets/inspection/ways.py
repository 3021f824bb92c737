"""The three ways of looking at a draft: the whole check, the difference in cases, past cases played again.

Doing one gives plain data that can be kept; reading gives that data its shape again. Knows no database.
"""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from intake.rulesets.drafts.words import ChangedCase, changed_cases
from intake.rulesets.inspection.check import CheckReport, examine, kept_by_form, read
from intake.rulesets.inspection.replay import Batch, PlayedAgain, Supply, play_again
from intake.tables.ruleset_inspection import InspectionKind
from rules import RuleSet
from rules.explain import compare
from rules.shelf import Bundle


@dataclass(frozen=True, slots=True)
class DifferenceReport:
    """The kinds of cases that come out otherwise, in words. `limits`: what is established and what is not."""

    cases: tuple[ChangedCase, ...]
    limits: tuple[str, ...]


Outcome = CheckReport | DifferenceReport | PlayedAgain


@dataclass(frozen=True, slots=True)
class Subject:
    """What is looked at: the texts of a draft, the rules they are set against, and with which digest."""

    bundle: Bundle
    against: Bundle | None
    digest: str


@dataclass(frozen=True, slots=True)
class Cases:
    """Past cases to play: a batch, what came of the batches before, and the places that there are now."""

    batch: Batch
    so_far: PlayedAgain
    supply: Mapping[str, Supply]


@dataclass(frozen=True, slots=True)
class Gathered:
    """What the work needs, read from the database. `cases` only when past cases are played."""

    inspection_id: uuid.UUID
    kind: InspectionKind
    subject: Subject
    cases: Cases | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """One way of looking: doing it gives plain data, reading gives that data its shape again."""

    do: Callable[[Gathered], dict[str, Any]]
    read: Callable[[Mapping[str, Any]], Outcome]


def _check(gathered: Gathered) -> dict[str, Any]:
    return examine(gathered.subject.bundle).report.to_dict()


def _compare(gathered: Gathered) -> dict[str, Any]:
    old, new = _both(gathered)
    found = compare(old, new, kept=kept_by_form)
    cases = [[case.example, list(case.changes)] for case in changed_cases(new, found.kinds)]
    return {"gevallen": cases, "vastgesteld": list(found.limits)}


def _read_difference(data: Mapping[str, Any]) -> DifferenceReport:
    cases = tuple(ChangedCase(example, tuple(changes)) for example, changes in data["gevallen"])
    return DifferenceReport(cases, tuple(data["vastgesteld"]))


def _play(gathered: Gathered) -> dict[str, Any]:
    assert gathered.cases is not None
    old, new = _both(gathered)
    found = play_again(old, new, gathered.cases.batch, gathered.cases.so_far)
    return (found if found.bookmark else found.in_words(new, gathered.cases.supply)).to_dict()


def _both(gathered: Gathered) -> tuple[RuleSet, RuleSet]:
    """The rules in force and those of the draft; `ask` saw that both can be read."""
    against, own = gathered.subject.against, gathered.subject.bundle
    old, new = read(against)[0] if against else None, read(own)[0]
    assert old is not None
    assert new is not None
    return old, new


WAYS: Mapping[InspectionKind, Way] = {
    InspectionKind.CONTROLE: Way(_check, CheckReport.from_dict),
    InspectionKind.VERSCHIL: Way(_compare, _read_difference),
    InspectionKind.NASPELEN: Way(_play, PlayedAgain.from_dict),
}
