"""What law, region and gemeente promise: dated decision tables as data, and the engine that reads and explains them."""

from rules.advice import Advice, Bestemming, OpenVraag, Stap
from rules.consider import advise, consider
from rules.facts import FactValue, InvalidFacts
from rules.findings import Finding, RuleSetErrors
from rules.guard import WaarborgBroken
from rules.load import load_ruleset
from rules.ruleset import RuleSet
from rules.shelf import NoRuleSet, ruleset_for

__all__ = [
    "Advice",
    "Bestemming",
    "FactValue",
    "Finding",
    "InvalidFacts",
    "NoRuleSet",
    "OpenVraag",
    "RuleSet",
    "RuleSetErrors",
    "Stap",
    "WaarborgBroken",
    "advise",
    "consider",
    "load_ruleset",
    "ruleset_for",
]
