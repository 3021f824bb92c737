"""Two columns for the page of a case: what the rules said then, and what those of today would say."""

from dataclasses import dataclass

from intake.ruleset_today import by_rules_of_today
from intake.tables.advice import StoredAdvice
from intake.tables.intake import Intake
from intake.web.request import clock, session
from intake.web.route import Route, route_of
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
    """One part of the advice, then and now."""

    label: str
    before: str
    now: str

    @property
    def differs(self) -> bool:
        """Whether the rules of today say something else."""
        return self.before != self.now


@dataclass(frozen=True, slots=True)
class RulesToday:
    """Both advices beside each other; `version` is the first day of the rules of today."""

    version: str
    lines: tuple[Line, ...]

    @property
    def same(self) -> bool:
        """Whether nothing that people see would be otherwise."""
        return not any(line.differs for line in self.lines)


def rules_today(case: Intake, stored: StoredAdvice, before: Advice) -> RulesToday | None:
    """Both advices, or none when the rules are still those of the advies."""
    now = by_rules_of_today(session(), case, stored, clock=clock())
    return None if now is None else RulesToday(now.regelset, _lines(route_of(before), route_of(now)))


def _lines(before: Route, now: Route) -> tuple[Line, ...]:
    return tuple(Line(label, getattr(before, name), getattr(now, name)) for name, label in LABELS)
