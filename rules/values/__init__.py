"""What rules speak in: facts, findings, advice, derived facts and their plain Dutch. Imports no other room."""

from rules.values.facts import Fact, FactType, Known
from rules.values.known import BED_TONIGHT, BY_PHONE, CRISIS, FAMILY_SHELTERS, SHELTERS, TODAY, YOUTH_CRISIS
from rules.values.version import ENGINE_VERSION
from rules.values.wording import say_value

__all__ = [
    "BED_TONIGHT",
    "BY_PHONE",
    "CRISIS",
    "ENGINE_VERSION",
    "FAMILY_SHELTERS",
    "SHELTERS",
    "TODAY",
    "YOUTH_CRISIS",
    "Fact",
    "FactType",
    "Known",
    "say_value",
]
