"""What rules speak in: facts, findings, advice, derived facts and their plain Dutch. Imports no other room."""

from rules.values.coined import spoken
from rules.values.facts import Fact, FactType, Known
from rules.values.known import (
    BED_TONIGHT,
    CRISIS,
    FAMILY_SHELTERS,
    SHELTERS,
    YOUTH_CRISIS,
    Overbrugging,
    Voorziening,
)
from rules.values.urgentie import TODAY, Urgentie
from rules.values.version import ENGINE_VERSION
from rules.values.wording import say_value

__all__ = [
    "BED_TONIGHT",
    "CRISIS",
    "ENGINE_VERSION",
    "FAMILY_SHELTERS",
    "SHELTERS",
    "TODAY",
    "YOUTH_CRISIS",
    "Fact",
    "FactType",
    "Known",
    "Overbrugging",
    "Urgentie",
    "Voorziening",
    "say_value",
    "spoken",
]
