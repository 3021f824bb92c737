"""The advies of a case: given by the rules in force, stored with their hash, proved again later."""

from intake.advice.giving import advise_answers, latest, regio_of
from intake.advice.in_force import (
    RulesOf,
    Version,
    bundle_in_force,
    bundle_on,
    display_of,
    rules_in_force,
    shelf,
    version_on,
    versions,
)
from intake.advice.receipt import NoSuchAdvice, Proof, prove
from intake.advice.today import by_rules_of_today

__all__ = [
    "NoSuchAdvice",
    "Proof",
    "RulesOf",
    "Version",
    "advise_answers",
    "bundle_in_force",
    "bundle_on",
    "by_rules_of_today",
    "display_of",
    "latest",
    "prove",
    "regio_of",
    "rules_in_force",
    "shelf",
    "version_on",
    "versions",
]
