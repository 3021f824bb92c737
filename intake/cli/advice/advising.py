"""The advice on an answers file; nothing is stored."""

import sys
from collections.abc import Mapping
from datetime import date
from typing import Any

from config.clock import SystemClock
from forms import INTAKE_FORM
from intake.advice import RulesOf
from intake.cli.frame.failure import BadInput
from rules import Advice, NoRuleSet, RuleSet, RuleSetErrors, WaarborgBroken, advise


def advise_file(answers: Mapping[str, Any], region: str, chosen: date | None, *, rules_of: RulesOf) -> Advice:
    """The advice on the day `day_of` gives, by the rules in force on the day of the melding.

    Raises:
        BadInput: no rule set is in force on that day.
    """
    day, ruleset = day_of(answers, chosen), rules_for(answers, region, chosen, rules_of=rules_of)
    facts = INTAKE_FORM.facts({"melding_datum": day.isoformat(), **answers})
    try:
        return advise(ruleset, facts, day)
    except WaarborgBroken as error:
        print(f"toegang: {error.because} Hieronder staat het veilige antwoord.", file=sys.stderr)
        return error.safe


def rules_for(answers: Mapping[str, Any], region: str, chosen: date | None, *, rules_of: RulesOf) -> RuleSet:
    """The rules in force on the day of the melding.

    Raises:
        BadInput: none are in force on that day.
    """
    day = day_of(answers, chosen)
    try:
        return rules_of(region, min(_melding(answers) or day, day))
    except (NoRuleSet, RuleSetErrors) as error:
        raise BadInput(str(error)) from error


def day_of(answers: Mapping[str, Any], chosen: date | None) -> date:
    """The day asked for, else that of the melding, else today."""
    return chosen or _melding(answers) or SystemClock().today()


def _melding(answers: Mapping[str, Any]) -> date | None:
    text = answers.get("melding_datum")
    return date.fromisoformat(text) if isinstance(text, str) and text != "onbekend" else None
