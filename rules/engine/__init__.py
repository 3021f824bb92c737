"""From facts to advice: tables with unknown answers, guard rails, and what is still open."""

from rules.engine.ruleset import RuleSet, Status

__all__ = [
    "RuleSet",
    "Status",
]
