"""The clients of the demo year: who, when, with which answers. Drawn with a fixed seed: the same year every time."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from config.calendar import is_working_day
from config.clock import AMSTERDAM
from intake.demo.people import data

CASES = 120
SEED = 2026
LONGEST_AGO = timedelta(days=320)
RECENT_SHARES = ((0.14, timedelta(days=3)), (0.34, timedelta(days=14)))
"""One in seven comes in the last three days, one in five in the two weeks before: so there is work to do."""
GIVEN = (
    "Aïsha Bram Chantal Derya Emiel Fatima Geert Hassan Irene Jamal "
    "Kim Levi Maria Noah Olga Piet Ramon Sanne Tess Yusuf"
)
FAMILY = (
    "Bakker Jansen Yılmaz Kuiper Singh Santos Visser Kowalska Mulder Achterberg Dijk Özdemir Peters Smit Nguyen Vos"
)
REGION = ("GM0599", "GM0599", "GM0502", "GM0502", "GM0489", "GM0597", "GM0542", "GM1621", "GM0613")
MOVING = frozenset({"verlies_woonruimte_op", "detentie_tot", "forensische_titel_tot", "dakloos_sinds"})
BSN_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)
BSN_PREFIX = "99999"


@dataclass(frozen=True, slots=True)
class Client:
    """One client: when the melding comes, where, and with which answers."""

    number: int
    moment: datetime
    gemeente: str
    answers: Mapping[str, Any]


def clients(today: date, first_day: date, count: int = CASES) -> list[Client]:
    """The clients of the year that ends on `today`, in order of time; none before `first_day`."""
    draw = random.Random(SEED)  # noqa: S311 - the same year every time is the point
    templates, bsns = data("clienten")["clienten"], _test_bsns()
    made = []
    for number in range(count):
        template = templates[number % len(templates)]
        moment = _moment(draw, today, first_day)
        gemeente = template["antwoorden"].get("melding_gemeente", "GM0599")
        if number >= len(templates) and gemeente == "GM0599":
            gemeente = draw.choice(REGION)
        answers = _answers(template, moment.date(), draw, next(bsns))
        made.append(Client(number, moment, gemeente, {**answers, "melding_gemeente": gemeente}))
    return sorted(made, key=lambda one: one.moment)


def _moment(draw: random.Random, today: date, first_day: date) -> datetime:
    """A working moment, more often a recent one."""
    chance = draw.random()
    ago = next((ago for share, ago in RECENT_SHARES if chance < share), LONGEST_AGO)
    since = max(first_day, today - ago)
    day = since + timedelta(days=draw.randrange(max(1, (today - since).days)))
    while not is_working_day(day) and day > since:
        day -= timedelta(days=1)
    return datetime.combine(day, time(draw.randrange(8, 17), draw.randrange(60)), AMSTERDAM)


def _answers(template: Mapping[str, Any], melding: date, draw: random.Random, bsn: str) -> dict[str, Any]:
    answers = {key: _moved(key, value, melding) for key, value in template["antwoorden"].items()}
    answers |= {
        "melding_datum": melding.isoformat(),
        "verhaal": template["verhaal"],
        "roepnaam": draw.choice(GIVEN.split()),
        "achternaam": f"{draw.choice(FAMILY.split())} (fictief)",
        "clientondersteuning": draw.choice(("gewenst", "niet_gewenst", "nog_niet_aangeboden")),
    }
    if answers.get("nationaliteit") == "nederlands":
        answers |= {"bsn_status": "bekend", "bsn": bsn}
    return answers


def _moved(key: str, value: Any, melding: date) -> Any:
    """A day that moves with the melding; any other answer as it is."""
    return (melding + timedelta(days=int(value))).isoformat() if key in MOVING else value


def _test_bsns() -> Iterator[str]:
    """Numbers of the test range that pass the elfproef; they belong to nobody."""
    for number in range(10_000):
        digits = f"{BSN_PREFIX}{number:04d}"
        if sum(weight * int(digit) for weight, digit in zip(BSN_WEIGHTS, digits, strict=True)) % 11 == 0:
            yield digits
