"""Facts that follow from rows: months in the region from the places somebody lived, gemeenten from people and help.

The window is the 36 calendar months that end with the month of the melding. A month in which somebody moved counts
for the later place. What the rows do not tell stays unknown: months are counted as certain only when every month of
the window is accounted for.
"""

from collections import Counter
from collections.abc import Iterator, Mapping

from config.gemeenten import GEMEENTEN
from config.regions import REGIONS
from forms.relevance import known_answer
from forms.values.condition import Mark
from forms.values.dates import age_on, iso_date, iso_month

WINDOW = 36

_LISTS = {
    "positief_netwerk": ("netwerkpersonen", "invloed", "steunt"),
    "negatief_netwerk": ("netwerkpersonen", "invloed", "schaadt"),
    "lopende_hulp": ("hulpverleners", "loopt_nu", "ja"),
    "kinderen_in": ("kinderen", "", ""),
}


def derived_from_rows(answers: Mapping[str, object]) -> dict[str, object]:
    """The facts that follow from rows.

    Counted months replace a typed number; gemeenten are added to a typed list; the rows of children speak only where
    no number was given.
    """
    return _residence(answers) | _gemeenten(answers) | _children(answers)


def _residence(answers: Mapping[str, object]) -> dict[str, object]:
    last = _month_number(answers.get("melding_datum"))
    months = _months_lived(answers, last) if last else {}
    if not months:
        return {}
    found: dict[str, object] = {}
    region = _region_of(answers.get("melding_gemeente"))
    if region and len(months) == WINDOW:
        found["maanden_in_regio_36"] = sum(place in region for place in months.values())
    most = _certain_most(Counter(months.values()), WINDOW - len(months))
    if most in GEMEENTEN:
        found["regio_meeste_maanden"] = most
    return found


def _months_lived(answers: Mapping[str, object], last: int) -> dict[int, str]:
    """Per month of the window (as months since year 0) where somebody lived; unknown months are absent."""
    lived: dict[int, str] = {}
    spans = sorted(_spans(answers, last))
    for start, end, place in spans:
        for month in range(max(start, last - WINDOW + 1), min(end, last) + 1):
            lived[month] = place
    return {month: place for month, place in lived.items() if place}


def _spans(answers: Mapping[str, object], last: int) -> Iterator[tuple[int, int, str]]:
    for row in _rows(answers, "woongeschiedenis"):
        start, end = _month_number(row.get("van")), _month_number(row.get("tot"))
        place = row.get("gemeente")
        if start is not None and row.get("tot") != "onbekend":
            yield start, last if end is None else end, place if isinstance(place, str) and place != "onbekend" else ""


def _certain_most(counts: Counter[str], unknown: int) -> str:
    """The place that has most months, whatever the unknown months may be; an empty text when that is not sure."""
    ranked = counts.most_common(2)
    runner_up = ranked[1][1] if len(ranked) > 1 else 0
    return ranked[0][0] if ranked[0][1] > runner_up + unknown else ""


def _gemeenten(answers: Mapping[str, object]) -> dict[str, object]:
    found: dict[str, object] = {}
    for fact, (rows, column, wanted) in _LISTS.items():
        typed = answers.get(fact)
        codes = list(typed) if isinstance(typed, list | tuple) else []
        for row in _rows(answers, rows):
            code = row.get("gemeente")
            if code in GEMEENTEN and code not in codes and (not column or row.get(column) == wanted):
                codes.append(code)
        if codes:
            found[fact] = codes
    return found


def _children(answers: Mapping[str, object]) -> dict[str, object]:
    coming = [row for row in _rows(answers, "kinderen") if row.get("gaat_mee") == "ja"]
    found: dict[str, object] = {}
    if coming and _unknown(answers, "kinderen_mee"):
        found["kinderen_mee"] = len(coming)
    melding = iso_date(str(answers.get("melding_datum")))
    born = [day for row in coming if (day := iso_date(str(row.get("geboortedatum"))))]
    if melding and born and len(born) == len(coming) and max(born) <= melding and _unknown(answers, "jongste_kind"):
        found["jongste_kind"] = age_on(max(born), melding)
    return found


def _unknown(answers: Mapping[str, object], key: str) -> bool:
    return isinstance(known_answer(answers.get(key)), Mark)


def _rows(answers: Mapping[str, object], key: str) -> list[Mapping[str, object]]:
    rows = answers.get(key)
    return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list | tuple) else []


def _month_number(value: object) -> int | None:
    """Months since year 0 of a date or month; None when there is none."""
    if not isinstance(value, str):
        return None
    day = iso_date(value) or iso_month(value)
    return day.year * 12 + day.month if day else None


def _region_of(code: object) -> frozenset[str]:
    found = (region.gemeenten for region in REGIONS.values() if code in region.gemeenten)
    return frozenset(next(found, ()))
