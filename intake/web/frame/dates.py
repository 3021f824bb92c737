"""Days and moments as people write them in Dutch."""

from datetime import date, datetime, timedelta

from flask import Flask

from config.clock import AMSTERDAM

MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
NIGHT_ENDS = 6
HALF_A_DAY = timedelta(hours=12)


def day(value: date | str | None) -> str:
    """`23 november 2026`; ISO text is read first; nothing for nothing."""
    if not value:
        return ""
    on = date.fromisoformat(value) if isinstance(value, str) else value
    return f"{on.day} {MONTHS[on.month - 1]} {on.year}"


def weekday(value: date | str | None) -> str:
    """`maandag 23 november`: for days that are near."""
    if not value:
        return ""
    on = date.fromisoformat(value) if isinstance(value, str) else value
    return f"{WEEKDAYS[on.weekday()]} {on.day} {MONTHS[on.month - 1]}"


def moment(value: datetime | None) -> str:
    """`23 november 2026, 14.05 uur`, in Amsterdam."""
    if value is None:
        return ""
    local = value.astimezone(AMSTERDAM)
    return f"{day(local.date())}, {local.hour}.{local.minute:02d} uur"


def near(value: datetime, now: datetime) -> str:
    """A moment that is near, as people say it: `vandaag om 14.05 uur`, `vannacht om 1.30 uur`, `morgen om 9.00 uur`."""
    local, here = value.astimezone(AMSTERDAM), now.astimezone(AMSTERDAM)
    days = (local.date() - here.date()).days
    tonight = local.hour < NIGHT_ENDS and timedelta() <= value - now < HALF_A_DAY
    said = "vannacht" if tonight else {-1: "gisteren", 0: "vandaag", 1: "morgen"}.get(days) or weekday(local.date())
    return f"{said} om {local.hour}.{local.minute:02d} uur"


def distance(value: date, today: date) -> str:
    """How far a day is: `vandaag`, `morgen`, `over 5 dagen`, `2 dagen te laat`."""
    days = (value - today).days
    if days < 0:
        return "1 dag te laat" if days == -1 else f"{-days} dagen te laat"
    return {0: "vandaag", 1: "morgen"}.get(days, f"over {days} dagen")


def weeks(number: int) -> str:
    """How long a wait is: `geen`, `1 week`, `3 weken`."""
    return {0: "geen", 1: "1 week"}.get(number, f"{number} weken")


def register(app: Flask) -> None:
    """Make the ways of writing a day known to the templates."""
    app.add_template_filter(day, "dag")
    app.add_template_filter(weekday, "weekdag")
    app.add_template_filter(moment, "moment")
    app.add_template_filter(near, "nabij")
    app.add_template_filter(distance, "afstand")
    app.add_template_filter(weeks, "weken")
