"""Derived facts about time: ages, days and months counted from the day of the advice."""

from collections.abc import Mapping
from datetime import date

from rules.values.derived import Argument, Source
from rules.values.states import State


def _day(arguments: Mapping[str, Argument], source: Source) -> date | None:
    value = source.answers.get(str(arguments["van"]))
    return date.fromisoformat(value) if isinstance(value, str) else None


def months_between(start: date, end: date) -> int:
    """Whole months from `start` to `end`; negative when `end` lies before."""
    if end < start:
        return -months_between(end, start)
    return (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)


def birthday(born: date, age: int) -> date:
    """The day on which someone becomes `age`; born on 29 February counts from 1 March in other years."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)


def age(arguments: Mapping[str, Argument], source: Source) -> State | None:
    """Whole years on the day."""
    born = _day(arguments, source)
    return None if born is None else months_between(born, source.on) // 12


def age_in_months(arguments: Mapping[str, Argument], source: Source) -> State | None:
    """Whole months on the day."""
    born = _day(arguments, source)
    return None if born is None else months_between(born, source.on)


def days_until(arguments: Mapping[str, Argument], source: Source) -> State | None:
    """Days to a day; negative when it is past."""
    day = _day(arguments, source)
    return None if day is None else (day - source.on).days


def days_since(arguments: Mapping[str, Argument], source: Source) -> State | None:
    """Days since a day; negative when it is still to come."""
    day = _day(arguments, source)
    return None if day is None else (source.on - day).days


def months_since(arguments: Mapping[str, Argument], source: Source) -> State | None:
    """Whole months since a day."""
    day = _day(arguments, source)
    return None if day is None else months_between(day, source.on)


def months_until(arguments: Mapping[str, Argument], source: Source) -> State | None:
    """Whole months to a day."""
    day = _day(arguments, source)
    return None if day is None else months_between(source.on, day)


def days_until_age(arguments: Mapping[str, Argument], source: Source) -> State | None:
    """Days until the birthday on which someone becomes an age."""
    born = _day(arguments, source)
    age = arguments["leeftijd"]
    if born is None or not isinstance(age, int) or born.year + age > date.max.year:
        return None
    return (birthday(born, age) - source.on).days


def month(_arguments: Mapping[str, Argument], source: Source) -> State | None:
    """The month of the day, 1 to 12."""
    return source.on.month
