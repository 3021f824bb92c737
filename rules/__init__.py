"""What law, region and gemeente promise: dated decision tables as data, and the engine that reads and explains them."""

from rules.engine.consider import advise, consider
from rules.engine.guard import WaarborgBroken
from rules.engine.ruleset import RuleSet
from rules.shelf.load import load_ruleset
from rules.shelf.shelf import NoRuleSet, ruleset_for
from rules.values.advice import Advice, Bestemming, OpenVraag, Stap
from rules.values.facts import FactValue, InvalidFacts
from rules.values.findings import Finding, RuleSetErrors

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
