"""Holding a rule set against itself: gaps, overlaps, rows that never decide, guard rails, each with an example case."""

from rules.check.checking import check_ruleset
from rules.check.finding import CheckFinding, Kind
from rules.check.usage import Use

__all__ = ["CheckFinding", "Kind", "Use", "check_ruleset"]
