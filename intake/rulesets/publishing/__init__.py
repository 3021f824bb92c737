"""Publishing a rule set by a second person, taking it back, and what stands where."""

from intake.rulesets.publishing.overview import Overview, overview_of
from intake.rulesets.publishing.publication import NotPublishable, Rechecked, publish
from intake.rulesets.publishing.withdrawal import NotWithdrawable, why_not, withdraw

__all__ = [
    "NotPublishable",
    "NotWithdrawable",
    "Overview",
    "Rechecked",
    "overview_of",
    "publish",
    "why_not",
    "withdraw",
]
