"""Saying why: an advice in words, why not, two sets side by side, past cases, scenarios."""

from rules.explain.comparison import ChangedKind, compare, lines
from rules.explain.text import explain
from rules.explain.whynot import WhyNot, why_not
from rules.values.display import Display, Heading, LetterPart, Shown

__all__ = [
    "ChangedKind",
    "Display",
    "Heading",
    "LetterPart",
    "Shown",
    "WhyNot",
    "compare",
    "explain",
    "lines",
    "why_not",
]
