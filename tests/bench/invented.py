"""Invented clients for measuring: complete ones, and ones with unknown answers, from the words of the rules."""

import random
from datetime import date, timedelta

from rules import RuleSet
from rules.values.facts import Fact, FactType

GEMEENTEN = ("GM0599", "GM0502", "GM0597", "GM0344", "GM0518", "GM0014")
DAY = date(2026, 11, 23)


def cases(ruleset: RuleSet, count: int, *, unknown: float = 0.0, seed: int = 2026) -> list[dict[str, object]]:
    """So many sets of facts; each fact is left out with the chance `unknown`."""
    chance = random.Random(seed)
    facts = [fact for name, fact in ruleset.facts.items() if name not in ruleset.constants]
    return [{fact.name: _value(fact, chance) for fact in facts if chance.random() >= unknown} for _ in range(count)]


def _value(fact: Fact, chance: random.Random) -> object:  # noqa: PLR0911 - one line a type
    match fact.type:
        case FactType.GETAL:
            return chance.randint(fact.low or 0, min(fact.high or 40, 40))
        case FactType.DATUM:
            return _day(fact.name, chance)
        case FactType.LIJST:
            return chance.sample(fact.values, chance.randint(0, min(2, len(fact.values))))
        case FactType.GEMEENTEN:
            return chance.sample(GEMEENTEN, chance.randint(0, 2))
        case FactType.GEMEENTE:
            return chance.choice((*GEMEENTEN, *fact.values))
        case FactType.TEKST:
            return "123456782" if fact.name == "bsn" else "tekst"
        case FactType.ZRM:
            return {"wonen": chance.randint(1, 5)}
        case _:
            return chance.choice(fact.values)


def _day(name: str, chance: random.Random) -> str:
    if name == "melding_datum":
        return DAY.isoformat()
    if name == "geboortedatum":
        return (DAY - timedelta(days=chance.randint(16 * 365, 70 * 365))).isoformat()
    return (DAY + timedelta(days=chance.randint(-700, 200))).isoformat()
