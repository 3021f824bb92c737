"""Derived facts: a closed list of functions over answers, each saying what is known and what is still possible.

A function gets its arguments as written in the head, and a `Source` to read facts from. It gives a certain value, an
`OpenValue` when something it needs is unknown, or None when nothing can be said.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from rules.derive import days, numbers, words
from rules.values.derived import Argument, Derived, Source
from rules.values.facts import FactType
from rules.values.states import State


@dataclass(frozen=True, slots=True)
class Function:
    """A function the head may use: what it gives, which arguments it takes and what type `van` must have."""

    run: Callable[[Mapping[str, Argument], Source], State | None]
    gives: FactType
    takes: tuple[str, ...]
    of: tuple[FactType, ...] = ()
    many: bool = False


def derive(derived: Derived, source: Source) -> State | None:
    """The value of one derived fact."""
    return FUNCTIONS[derived.function].run(derived.arguments, source)


_DATE = (FactType.DATUM,)
_GEMEENTE = (FactType.GEMEENTE,)
_LISTS = (FactType.LIJST, FactType.GEMEENTEN)
_WORDS = (FactType.KEUZE, FactType.JA_NEE, FactType.GEMEENTE)
_NUMBER = FactType.GETAL
_YES_NO = FactType.JA_NEE

FUNCTIONS: Mapping[str, Function] = MappingProxyType(
    {
        "leeftijd": Function(days.age, _NUMBER, ("van",), _DATE),
        "leeftijd_in_maanden": Function(days.age_in_months, _NUMBER, ("van",), _DATE),
        "dagen_tot": Function(days.days_until, _NUMBER, ("van",), _DATE),
        "dagen_sinds": Function(days.days_since, _NUMBER, ("van",), _DATE),
        "maanden_sinds": Function(days.months_since, _NUMBER, ("van",), _DATE),
        "maanden_tot": Function(days.months_until, _NUMBER, ("van",), _DATE),
        "dagen_tot_leeftijd": Function(days.days_until_age, _NUMBER, ("van", "leeftijd"), _DATE),
        "maand": Function(days.month, _NUMBER, ()),
        "in_regio": Function(words.in_region, _YES_NO, ("van",), _GEMEENTE),
        "bevat_regio": Function(words.has_region, _YES_NO, ("van",), _LISTS),
        "bevat_buiten_regio": Function(words.has_elsewhere, _YES_NO, ("van",), _LISTS),
        "zelfde": Function(words.same, _YES_NO, ("van",), _WORDS, many=True),
        "bevat_waarde": Function(words.has_value, _YES_NO, ("van", "waarde"), _LISTS),
        "aantal": Function(numbers.count, _NUMBER, ("van",), _LISTS),
        "aantal_met": Function(numbers.count_with, _NUMBER, ("van", "is"), _WORDS, many=True),
        "een_van": Function(numbers.one_of, _YES_NO, ("van", "is"), _WORDS, many=True),
        "eerste_bekende": Function(words.first_known, FactType.GEMEENTE, ("van",), _GEMEENTE, many=True),
        "hoogste": Function(numbers.highest, _NUMBER, ("van",), (_NUMBER,), many=True),
        "som": Function(numbers.total, _NUMBER, ("van",), (_NUMBER,), many=True),
        "verschil": Function(numbers.difference, _NUMBER, ("van",), (_NUMBER,), many=True),
        "punten": Function(numbers.points, _NUMBER, ("posten",)),
        "zrm_aantal": Function(numbers.zrm_count, _NUMBER, ("van", "hoogstens"), (FactType.ZRM,)),
    }
)
