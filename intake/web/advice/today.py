"""Columns for the page of a case: what the rules said then, what was decided, and what the rules of today would say."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from intake.advice import by_rules_of_today
from intake.case import newest
from intake.tables.advice import StoredAdvice
from intake.tables.besluit import Besluit, BesluitKind
from intake.tables.intake import Intake
from intake.web.advice.route import Route, route_of
from intake.web.frame.request import clock, session
from intake.web.frame.words import word
from rules import Advice

LABELS = (
    ("what", "Wat"),
    ("where", "Waar"),
    ("how_soon", "Hoe snel"),
    ("tonight", "Vannacht"),
    ("who", "Verantwoordelijk"),
    ("circle", "Welke wet"),
    ("region", "Regio"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One part of the advice, then and now; `decided` is empty where a besluit says nothing about it."""

    label: str
    before: str
    decided: str
    now: str

    @property
    def differs(self) -> bool:
        """Whether the rules of today say something else."""
        return self.before != self.now


@dataclass(frozen=True, slots=True)
class RulesToday:
    """Both advices beside each other; `version` is the first day of the rules of today. With the besluit, if any."""

    version: str
    lines: tuple[Line, ...]
    decided_on: date | None = None

    @property
    def same(self) -> bool:
        """Whether nothing that people see would be otherwise."""
        return not any(line.differs for line in self.lines)


def rules_today(case: Intake, stored: StoredAdvice, before: Advice) -> RulesToday | None:
    """Both advices, or none when the rules are still those of the advies."""
    now = by_rules_of_today(session(), case, stored, clock=clock())
    if now is None:
        return None
    made = newest(session(), case.id, BesluitKind.ROUTE)
    lines = _lines(route_of(before), _decided(made) if made else {}, route_of(now))
    return RulesToday(now.regelset, lines, made.decided_on if made else None)


def _lines(before: Route, decided: Mapping[str, str], now: Route) -> tuple[Line, ...]:
    return tuple(
        Line(label, getattr(before, name), decided.get(name, ""), getattr(now, name)) for name, label in LABELS
    )


def _decided(made: Besluit) -> Mapping[str, str]:
    """What a person decided, by the parts that a besluit speaks of."""
    provisions = ", ".join(word(one, "voorziening") for one in made.voorzieningen)
    return {"what": provisions, "where": made.bestemming_naam, "tonight": word(made.overbrugging, "overbrugging")}
