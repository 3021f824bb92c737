"""Trying one case against the rules, for whoever wants to know what they say. Nothing is stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from forms import INTAKE_FORM
from intake.advice.in_force import RulesOf
from rules import Advice, FactValue, InvalidFacts, NoRuleSet, RuleSet, RuleSetErrors, WaarborgBroken, advise
from rules.explain import WhyNot, why_not


@dataclass(frozen=True, slots=True)
class TriedCase:
    """What the rules say; `problem` is a Dutch sentence when they say nothing, or break a waarborg."""

    advice: Advice | None
    why_not: tuple[WhyNot, ...] = ()
    problem: str = ""


def try_answers(answers: Mapping[str, Any], on: date, *, rules_of: RulesOf, regio: str) -> TriedCase:
    """The advice on checked answers on a day, by the rules in force then."""
    try:
        ruleset = rules_of(regio, on)
    except (NoRuleSet, RuleSetErrors) as error:
        return TriedCase(None, problem=str(error))
    return try_facts(INTAKE_FORM.facts({"melding_datum": on.isoformat(), **answers}), on, ruleset=ruleset)


def try_facts(facts: Mapping[str, FactValue], on: date, *, ruleset: RuleSet) -> TriedCase:
    """What one rule set says of these facts; of a broken waarborg, the safe answer and which one broke."""
    try:
        return TriedCase(advise(ruleset, facts, on), why_not(ruleset, facts, on))
    except WaarborgBroken as error:
        return TriedCase(error.safe, problem=f"Waarborg {error.waarborg} is gebroken: {error.because}")
    except InvalidFacts as error:
        return TriedCase(None, problem=str(error))
