"""Which rule set is in force: the dated folders per region, loaded once and kept."""

from datetime import date
from functools import lru_cache
from pathlib import Path

from rules.engine.ruleset import RuleSet, Status
from rules.reading.display import DISPLAY_FILE
from rules.shelf.load import load_ruleset
from rules.values.display import Display

SETS = Path(__file__).parent.parent / "sets"


class NoRuleSet(LookupError):
    """No rule set is in force for the region on that day; never a silent fall-back to another one."""


def ruleset_for(regio: str, on: date) -> RuleSet:
    """The rule set in force for a region on a day.

    Raises:
        NoRuleSet: with a Dutch sentence that names the first or last day for which there is one.
        RuleSetErrors: the set in force has faults.
    """
    return find_ruleset(SETS, regio, on)


def find_ruleset(root: Path, regio: str, on: date) -> RuleSet:
    """As `ruleset_for`, in another folder of rule sets."""
    started = [day for day in days_of(root, regio) if day <= on]
    for day in reversed(started):
        ruleset = _loaded(root / regio / day.isoformat())
        if ruleset.status is Status.CONCEPT:
            continue
        if on > ruleset.valid_to:
            raise NoRuleSet(f"De regels van {regio} gelden tot en met {ruleset.valid_to}; voor {on} zijn er nog geen.")
        return ruleset
    first = next((day for day in days_of(root, regio) if day > on), None)
    if first is None:
        raise NoRuleSet(f"Er zijn geen regels voor de regio {regio}.")
    raise NoRuleSet(f"De regels van {regio} gelden pas vanaf {first}; voor {on} zijn er geen.")


def version_of(regio: str, first_day: date) -> RuleSet:
    """The set that begins on `first_day`, a concept too; kept like those in force.

    Raises:
        NoRuleSet: no set begins on that day.
        RuleSetErrors: the set has faults.
    """
    if first_day not in days_of(SETS, regio):
        raise NoRuleSet(f"Er zijn geen regels van {regio} die op {first_day} ingaan.")
    return _loaded(SETS / regio / first_day.isoformat())


def declared(ruleset: RuleSet | None, regio: str) -> Display:
    """Where the reasons of a set are read, as it declares.

    For a set from before that was asked, or one that is nowhere any more: as the newest set of the region that came
    with the program declares it, else one of another region.
    """
    return ruleset.display if ruleset is not None and ruleset.display.tables else _usual(regio)


def _usual(regio: str) -> Display:
    others = sorted(path.name for path in SETS.iterdir() if path.is_dir() and path.name != regio)
    for one in (regio, *others):
        for day in reversed(days_of(SETS, one)):
            if (SETS / one / day.isoformat() / DISPLAY_FILE).is_file():
                return _loaded(SETS / one / day.isoformat()).display
    return Display()


def days_of(root: Path, regio: str) -> list[date]:
    """The first days in force of all sets of a region, oldest first."""
    folder = root / regio
    if not regio or "/" in regio or regio.startswith(".") or not folder.is_dir():
        return []
    return sorted(day for path in folder.iterdir() if path.is_dir() and (day := _day(path.name)) is not None)


def _day(name: str) -> date | None:
    try:
        return date.fromisoformat(name)
    except ValueError:
        return None


@lru_cache(maxsize=64)
def _loaded(folder: Path) -> RuleSet:
    return load_ruleset(folder)
