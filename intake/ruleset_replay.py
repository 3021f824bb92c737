"""Past cases under other rules: what would have come out, counted per gemeente and receiver. Nothing stored changes.

No case is shown to whoever asks; only numbers leave this module.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

from sqlalchemy import select
from sqlalchemy.orm import Session

from config.gemeenten import naam_van
from intake import advice, sealing
from intake.ruleset_words import outcome_label, outcome_words
from intake.tables.intake import Intake
from intake.tables.organisation import Organisation
from rules import RuleSet
from rules.replay import Case, Replay, Transition, replay

MOST_CASES = 5_000
GEMEENTE, RECEIVER = "gemeente", "ontvanger"


@dataclass(frozen=True, slots=True)
class PlayedAgain:
    """What came of it, and how many cases there are in all: with very many only the newest are played."""

    found: Replay
    in_all: int

    @property
    def all_played(self) -> bool:
        """Whether no case was left out."""
        return self.found.cases >= self.in_all

    def in_words(self, ruleset: RuleSet) -> Self:
        """The same with the names of outcomes and values as people say them."""
        moved = tuple(
            replace(
                one,
                outcome=outcome_label(ruleset, one.outcome),
                before=_in_words(ruleset, one.outcome, one.before),
                after=_in_words(ruleset, one.outcome, one.after),
            )
            for one in self.found.transitions
        )
        return replace(self, found=replace(self.found, transitions=moved))

    def to_dict(self) -> dict[str, Any]:
        """Plain data, for the database."""
        found = self.found
        moved = [[one.outcome, one.before, one.after, dict(one.groups), one.count] for one in found.transitions]
        counts = [found.cases, found.changed, found.unreadable, found.broken]
        return {"telling": counts, "overgangen": moved, "totaal": self.in_all}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """What `to_dict` gave."""
        cases, changed, unreadable, broken = data["telling"]
        moved = tuple(Transition(*one) for one in data["overgangen"])
        return cls(Replay(cases, changed, unreadable, broken, moved), data["totaal"])


def play_again(old: RuleSet, new: RuleSet, cases: Sequence[Case], *, in_all: int) -> PlayedAgain:
    """The cases under both sets, counted."""
    return PlayedAgain(replay(old, new, cases), in_all)


def stored_cases(session: Session, *, most: int = MOST_CASES) -> tuple[Case, ...]:
    """The facts of the newest cases of the installation, with the groups that they count in and nothing else.

    For a job that policy staff asked for, and for the command line, where whoever runs it holds the database and keys.
    """
    return tuple(_cases(session, most))


def _in_words(ruleset: RuleSet, outcome: str, told: str) -> str:
    """One side of a transition; a list is told with commas."""
    return ", ".join(outcome_words(ruleset, outcome, one) for one in told.split(", "))


def _cases(session: Session, most: int) -> Iterator[Case]:
    rows = session.execute(select(Organisation.id, Organisation.gemeente_code))
    codes = {row.id: row.gemeente_code for row in rows}
    query = select(Intake).order_by(Intake.submitted_at.desc(), Intake.id).limit(most)
    for case in session.scalars(query):
        given = advice.opened(session, advice.latest(session, case.id))
        groups = {
            GEMEENTE: naam_van(codes.get(case.gemeente_id) or ""),
            RECEIVER: given.bestemming.naam or given.bestemming.soort,
        }
        yield Case(sealing.get(session, case, "facts"), case.melding_datum, groups)
