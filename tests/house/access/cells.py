"""What the table of the access matrix promises for one person at one route in one situation, and what came of it."""

import io
import re
import uuid
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pypdf import PdfReader
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect
from werkzeug.test import TestResponse

from tests.house.access.cases import BASE, SITUATIONS
from tests.house.access.world import EVERYBODY, NOBODY, AccessWorld

TABLE = yaml.safe_load((Path(__file__).parent / "access.yaml").read_text(encoding="utf-8"))
ROUTES: dict[str, dict[str, Any]] = TABLE["routes"]
LOGIN = "/inloggen"
LEADS_TO = re.compile(rb'<form\s[^>]*action="([^"]+)"\s+method="post"|<a\s[^>]*href="(/[^"#?]*)')
REAL_PDF = b"startxref"
WHOLE = frozenset({"GET /intakes/<uuid:intake_id>/bsn", "GET /verwijzingen/<uuid:referral_id>/bsn"})
"""The only pages on which a burgerservicenummer is shown; and forms in which it is typed."""
TYPED = ("/concepten/", "/verbeteren/", "/inzage/")


@dataclass(frozen=True, slots=True)
class Cell:
    """One person at one route in one situation."""

    route: str
    person: str
    situation: str
    wanted: str


def wrong_cells(world: AccessWorld, route: str, persons: Collection[str] = (*EVERYBODY, *NOBODY)) -> Iterator[str]:
    """Where the route gives another answer than the table says, or tells or offers what is not for this person."""
    for cell in cells(route, persons):
        with world.undone():
            path, typed = path_of(world, route, cell.situation), ROUTES[route].get("vult_in")
            answer = world.ask(cell.person, route.partition(" ")[0], path, typed)
        got = outcome(answer)
        if cell.wanted == "te laat" and answer.status_code == 409:
            got = "te laat"
        if got != cell.wanted and not (cell.wanted == "openbaar" and answer.status_code < 500):
            yield f"{cell.person} / {cell.situation}: {got} ({answer.status_code}), not {cell.wanted}"
        who = f"{cell.person} / {cell.situation}"
        yield from (f"{who}: {fault}" for fault in (*_leaks(world, cell, answer), *_miscounts(cell, answer)))
        yield from (f"{who}: does not see {what}" for what in _unseen(world, cell, answer))
        yield from (f"{who}: is offered {way}, which is refused" for way in _dead_ends(world, cell, answer))


def cells(route: str, persons: Collection[str]) -> list[Cell]:
    """Every person in every situation; once for who is refused by role already, where the situation says nothing."""
    row, found = ROUTES[route], []
    for person in persons:
        for situation in _situations(row):
            found.append(Cell(route, person, situation, wanted(row, person, situation)))
            if found[-1].wanted in {"verboden", "inloggen"}:
                break
    return found


def wanted(row: dict[str, Any], person: str, situation: str) -> str:
    """What the table says."""
    if row.get("openbaar"):
        return "openbaar"
    if person not in by_role(row):
        return "inloggen" if person in NOBODY else "verboden"
    inside = row.get("in")
    if inside is None or person in inside.get(situation, inside.get("overal", [])):
        return "binnen"
    return "te laat" if person in row.get("te_laat", {}).get(situation, []) else "niet gevonden"


def by_role(row: dict[str, Any]) -> list[str]:
    """Who gets past the door by role."""
    return _persons(row["rol"])


def _persons(named: list[str]) -> list[str]:
    return [name for group in named for name in TABLE["groepen"].get(group, [group])]


def outcome(answer: TestResponse) -> str:
    """What became of the request; `binnen` for everything that the policy let through."""
    status, asked = answer.status_code, answer.request.path
    to_login = (f"{LOGIN}?",) if asked.startswith(LOGIN) else (f"{LOGIN}?", f"{LOGIN}/")
    if status == 303 and answer.location.startswith(to_login):
        return "inloggen"
    return {403: "verboden", 404: "niet gevonden"}.get(status, "binnen" if status < 500 else "fout")


def path_of(world: AccessWorld, route: str, situation: str) -> str:
    """The address of the object in this situation; of an object that does not exist when there is no situation."""
    ids = world.cases[situation].ids if situation else {}
    if "/bewaard/" in route:
        ids = {}  # a page that was kept: another thing with the same name
    if "/regels/" in route:
        ids = world.rules | {"name": "regelset.yaml" if "/bestand/" in route else "T8-bestemming"}

    def fill(found: re.Match[str]) -> str:
        name = found[1].partition(":")[2] or found[1]
        return ids.get(name) or {"section_key": "spoed", "name": "x", "filename": "icon.svg"}.get(
            name, str(uuid.uuid4())
        )

    return re.sub(r"<([^>]+)>", fill, route.partition(" ")[2])


def text_of(answer: TestResponse) -> bytes:
    """All bytes that were sent, headers too; of a printed document also its text."""
    sent = bytes(answer.data) + repr(answer.headers).encode()
    return sent + _printed(answer.data) if answer.mimetype == "application/pdf" else sent


@cache
def _printed(document: bytes) -> bytes:
    if REAL_PDF not in document:
        return b""
    pages = PdfReader(io.BytesIO(document)).pages
    return "".join(page.extract_text() for page in pages).replace("\n", "").encode()


def _situations(row: dict[str, Any]) -> tuple[str, ...]:
    inside = row.get("in")
    if inside is None:
        return BASE[:1]
    base = () if row.get("alleen_deze") else BASE
    return tuple(one for one in SITUATIONS if one in base or one in inside)


def _leaks(world: AccessWorld, cell: Cell, answer: TestResponse) -> list[str]:
    """Cases of which a name or a number reached somebody who may not know it."""
    sent = text_of(answer)
    return [
        f"reads the {what} of {situation}"
        for situation, case in world.cases.items()
        for what, canary in (("naam", case.canary), ("nummer", case.reference), ("bsn", case.bsn))
        if canary.encode() in sent and not _knows(cell, what, situation)
    ]


def _knows(cell: Cell, what: str, situation: str) -> bool:
    sees = cell.person in TABLE["ziet_naam"][situation]
    if what == "bsn":
        return sees and (cell.route in WHOLE or any(part in cell.route for part in TYPED))
    return sees or (what == "nummer" and cell.person in TABLE["kent_nummer"][situation])


def _miscounts(cell: Cell, answer: TestResponse) -> Iterator[str]:
    """A number on the page that counts what this person may not know of."""
    for pattern, counted in ROUTES[cell.route].get("telt", {}).items():
        found = re.search(pattern, answer.text) if answer.status_code == 200 else None
        if found and int(found[1]) != counted.get(cell.person, 0):
            yield f"reads the number {found[1]} in “{pattern}”, not {counted.get(cell.person, 0)}"


def _unseen(world: AccessWorld, cell: Cell, answer: TestResponse) -> Iterator[str]:
    """What this person must find on the page: the number of a case, or a text."""
    for what, persons in ROUTES[cell.route].get("toont", {}).items():
        text = world.cases[what].reference if what in world.cases else what
        if (text in answer.text) is not (cell.person in _persons(persons)) and answer.status_code == 200:
            yield f"“{what}” when it should, or the other way round"


def _dead_ends(world: AccessWorld, cell: Cell, answer: TestResponse) -> Iterator[str]:
    """Forms and links of ours on the page that the table refuses to this person."""
    if answer.status_code >= 400 or answer.mimetype != "text/html" or cell.person in NOBODY:
        return
    found = {(b"POST", one[0]) if one[0] else (b"GET", one[1]) for one in LEADS_TO.findall(answer.data)}
    for method, path in sorted(found):
        way = _way(world, method.decode(), path.decode())
        if way and _refused(ROUTES[way[0]], cell.person, way[1]):
            yield f"{way[0]} of {way[1]}"


def _refused(row: dict[str, Any], person: str, situation: str) -> bool:
    """Whether the table says that this person has no business here; where it names no such situation it is silent."""
    silent = "in" in row and situation not in _situations(row)
    return not silent and wanted(row, person, situation) in {"verboden", "niet gevonden"}


def _way(world: AccessWorld, method: str, path: str) -> tuple[str, str] | None:
    """The route and the situation that an address on a page means; none for what is outside the matrix."""
    try:
        rule, values = world.app.url_map.bind("localhost").match(path, method=method, return_rule=True)
    except (HTTPException, RequestRedirect):
        return None
    route = f"{method} {rule.rule}"
    if "in" not in ROUTES[route]:
        return route, "eigen"
    asked = {str(value) for value in values.values()}
    for situation, case in world.cases.items():
        if asked & {value for name, value in case.ids.items() if name != "place_id"}:
            return route, situation
    return None
