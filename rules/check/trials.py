"""Values worth trying: for every fact, those at which some cell or derived fact turns over."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import islice, product
from types import MappingProxyType

from rules.derive.days import birthday
from rules.derive.derive import derive
from rules.engine.ruleset import RuleSet
from rules.values.cells import Cell
from rules.values.derived import Derived, Source
from rules.values.facts import Fact, FactType, Known, Value
from rules.values.states import State, now_of

ELSEWHERE = "GM0014"
MOST_COMBINATIONS = 400
_YEARS = ("leeftijd",)
_MONTHS = ("leeftijd_in_maanden", "maanden_sinds", "maanden_tot")
_LATER = ("dagen_tot", "maanden_tot")

Trial = Known | None


class Trials:
    """The values worth trying for each base fact of a rule set on one day; unknown (None) always comes first."""

    def __init__(self, ruleset: RuleSet, on: date) -> None:
        self.ruleset, self.on = ruleset, on
        self._cells = _cells_by_column(ruleset)
        self._derived = {item.fact.name: item for item in ruleset.derived}
        self.values: Mapping[str, tuple[Trial, ...]] = MappingProxyType(
            {name: (None, *self._of(fact)) for name, fact in ruleset.facts.items() if name not in ruleset.constants}
        )

    def base(self, name: str) -> bool:
        """Whether a name is a fact that a person can be asked."""
        return name in self.values

    def needs(self, name: str) -> tuple[str, ...]:
        """The base facts behind a name, itself when it is one."""
        item = self._derived.get(name)
        if item is None:
            return (name,) if name in self.values else ()
        return tuple(dict.fromkeys(base for need in item.needs for base in self.needs(need)))

    def making(self, name: str, wanted: Mapping[str, Known], cell: Cell, *, holds: bool) -> Iterator[dict[str, Known]]:
        """Base facts that, beside `wanted`, make the cell on a base or derived fact hold, or fail."""
        if name in self.values:
            if name in wanted:
                return
            for value in self.values[name]:
                if value is not None and cell.holds(_plain(value)) is holds:
                    yield {name: value}
            return
        free = [base for base in self.needs(name) if base not in wanted]
        choices = [self.values[base] for base in free]
        for combination in islice(product(*choices), MOST_COMBINATIONS):
            added = {base: value for base, value in zip(free, combination, strict=True) if value is not None}
            if added and cell.holds(self._derive(name, {**wanted, **added})) is holds:
                yield added

    def _derive(self, name: str, answers: Mapping[str, Known]) -> Value | None:
        states: dict[str, State] = {key: _plain(value) for key, value in answers.items()}
        source = Source(states, answers, self.on, self.ruleset.region)
        for item in self._before(name):
            state = derive(item, source)
            if state is not None:
                states[item.fact.name] = state
        return now_of(states.get(name))

    def _before(self, name: str) -> list[Derived]:
        item = self._derived[name]
        return [*(part for need in item.needs if need in self._derived for part in self._before(need)), item]

    def _of(self, fact: Fact) -> tuple[Known, ...]:  # noqa: PLR0911 - one line per type of fact
        cells = self._cells.get(fact.name, [])
        match fact.type:
            case FactType.KEUZE | FactType.JA_NEE:
                return fact.values
            case FactType.GEMEENTE:
                return self._gemeenten(fact, cells)
            case FactType.GEMEENTEN:
                codes = self._gemeenten(fact, cells)
                return ((), *((code,) for code in codes), codes[:2], codes[:3])
            case FactType.LIJST:
                pairs = [cell.words for cell in cells if len(cell.words) > 1]
                return ((), *((word,) for word in fact.values), *pairs, fact.values)
            case FactType.GETAL:
                return tuple(n for n in _borders(cells) if fact.low is None or n >= fact.low)
            case FactType.DATUM:
                return self._dates(fact.name)
            case FactType.ZRM:
                return tuple({f"leefgebied_{place}": 1 for place in range(count)} for count in (1, 4, 13))
            case _:
                return ("tekst",)

    def _gemeenten(self, fact: Fact, cells: list[Cell]) -> tuple[str, ...]:
        named = [word for cell in cells for word in cell.words]
        return tuple(dict.fromkeys([*sorted(self.ruleset.region)[:2], ELSEWHERE, *named, *fact.values]))

    def _dates(self, name: str) -> tuple[str, ...]:
        found: list[date] = []
        for item in self.ruleset.derived:
            if item.needs[:1] == (name,):
                borders = _borders(self._cells.get(item.fact.name, []))
                found += [day for n in borders if (day := self._day(item, n)) is not None]
        return tuple(day.isoformat() for day in dict.fromkeys(found or [self.on]))

    def _day(self, item: Derived, number: int) -> date | None:
        """A day on which the derived fact has this number."""
        try:
            if item.function in _YEARS:
                return birthday(self.on, -number)
            if item.function == "dagen_tot_leeftijd":
                age = item.arguments["leeftijd"]
                return birthday(self.on + timedelta(days=number), -age) if isinstance(age, int) else None
            sign = 1 if item.function in _LATER else -1
            if item.function in _MONTHS:
                months = self.on.year * 12 + self.on.month - 1 + sign * number
                return date(months // 12, months % 12 + 1, min(self.on.day, 28))
            return self.on + timedelta(days=sign * number)
        except (ValueError, OverflowError):
            return None


def _cells_by_column(ruleset: RuleSet) -> dict[str, list[Cell]]:
    found: dict[str, list[Cell]] = {}
    tables = list(ruleset.tables)
    if ruleset.guards is not None:
        tables += [ruleset.guards.when, ruleset.guards.must]
    for table in tables:
        for place, fact in enumerate(table.columns):
            found.setdefault(fact.name, []).extend(row.cells[place] for row in table.rows)
    return found


def _borders(cells: list[Cell]) -> list[int]:
    ends = {end for cell in cells for part in cell.ranges for end in (part.low, part.high) if end is not None}
    return sorted({near for end in ends for near in (end - 1, end, end + 1)} or {0, 1})


def _plain(value: Known) -> Value:
    return value if isinstance(value, str | int | tuple) else ""
