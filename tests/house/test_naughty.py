"""A crawler fills every form of every page, as everybody who can open it, with text that breaks software.

Nothing falls over, nothing comes back as markup, and nothing changes for whom the sender is a stranger.
"""

import re
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urljoin

import pytest
from lxml import html
from sqlalchemy import select
from werkzeug.test import TestResponse

from intake.access.row_security import bind_system
from intake.tables.draft import Draft
from intake.tables.intake import Intake
from intake.tables.referral import Referral
from tests.house.access.cells import ROUTES, by_role, path_of, wanted
from tests.house.access.test_matrix import world
from tests.house.access.world import EVERYBODY, AccessWorld
from tests.house.naughty import MARK, STRINGS

__all__ = ["world"]

ROUNDS = 3
KEPT = frozenset({"csrf_token", "sleutel"})
"""What proves that the form is ours; without it every answer would be the same refusal."""
OPEN = ("GET /inloggen", "GET /inloggen/vergeten")
SLOW = frozenset({"/regels/proberen"})
"""One round is enough where each answer takes long."""


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a page, with the fields that a browser would send."""

    action: str
    method: str
    fields: tuple[tuple[str, str], ...]


def test_no_text_breaks_a_form_or_gets_out_of_its_field(world: AccessWorld):
    tried, sent = set(), 0
    for person, path in pages(world):
        with world.undone():
            shown = world.ask(person, "GET", path)
        for form in forms(shown, path) if shown.mimetype == "text/html" else ():
            known = (person, re.sub(r"[0-9a-f-]{36}", "…", form.action), tuple(name for name, _ in form.fields))
            if known not in tried:
                tried.add(known)
                sent += fill(world, person, form, start=len(tried))
    assert len({action for _, action, _ in tried}) > 50, "the crawler found hardly any form"
    assert sent > 500


def pages(world: AccessWorld) -> Iterator[tuple[str, str]]:
    """Each page for everybody who may open it: the first object of which that is true."""
    for route in OPEN:
        yield "anoniem", route.partition(" ")[2]
    for route, row in ROUTES.items():
        if route.startswith("GET ") and not row.get("openbaar"):
            for person in (one for one in EVERYBODY if one in by_role(row)):
                found = [where for where in world.cases if wanted(row, person, where) == "binnen"]
                if found and not ("<" in route and "in" not in row):
                    yield person, path_of(world, route, found[0])


def forms(shown: TestResponse, path: str) -> list[Form]:
    """The forms of a page."""
    root = html.document_fromstring(shown.data, parser=html.HTMLParser(encoding="utf-8"))
    return [
        Form(urljoin(path, form.get("action") or path), (form.get("method") or "get").upper(), tuple(_fields(form)))
        for form in root.iter("form")
        if form.get("action") != "/uitloggen"
    ]


def _fields(form: html.HtmlElement) -> Iterator[tuple[str, str]]:
    for field in form.iter():
        name, kind = field.get("name") or "", field.get("type") or ""
        if not name or field.tag not in {"input", "select", "textarea", "button"} or kind == "file":
            continue
        chosen = next((one.get("value") or "" for one in field.iter("option")), "")
        yield name, field.get("value") or chosen


def fill(world: AccessWorld, person: str, form: Form, *, start: int) -> int:
    """Send the form a few times: each field with its own text, then with its next; the rest of the form as it was."""
    names = list(dict.fromkeys(name for name, _ in form.fields))
    rounds = 1 if form.action in SLOW else ROUNDS
    for turn in range(rounds):
        bad = {name: STRINGS[(start * 7 + place * 5 + turn * 19) % len(STRINGS)] for place, name in enumerate(names)}
        data = {**dict(form.fields), **bad} if turn % 2 else _some(dict(form.fields), bad, turn)
        data |= {name: value for name, value in form.fields if name in KEPT}
        send(world, person, form, data)
    return rounds


def _some(filled: Mapping[str, str], bad: Mapping[str, str], turn: int) -> dict[str, str]:
    """The form as the page gave it, with bad text in its empty fields and in one other."""
    one = list(bad)[turn % len(bad)] if bad else ""
    return {name: bad[name] if not value or name == one else value for name, value in filled.items()}


def send(world: AccessWorld, person: str, form: Form, data: Mapping[str, str]) -> None:
    """One form sent: no failure, no markup of ours in the answer, and nothing of a stranger's changed."""
    client = world.app.test_client()
    if person in world.tokens:
        client.set_cookie("toegang", world.tokens[person])
    with world.undone():
        before = _of_strangers(world, person)
        how = {"query_string": data} if form.method == "GET" else {"data": data}
        with client.open(form.action, method=form.method, headers={"Origin": "http://localhost"}, **how) as answer:
            answer.get_data()
        told = f"{person} {form.method} {form.action} {dict(data)!r:.1500}"
        assert answer.status_code < 500, f"{answer.status_code}: {told}"
        assert MARK.encode() not in answer.data, f"markup: {told}"
        assert not re.search(r"[\r\n]", answer.headers.get("Location", "")), told
        assert _of_strangers(world, person) == before, f"changed what is not theirs: {told}"


def _of_strangers(world: AccessWorld, person: str) -> list[tuple[object, ...]]:
    """How everything stands of the gemeente that this person's work does not touch."""
    there = "ander" if person in {"worker", "leader"} else "eigen"
    if person in {"desk", "elders"}:
        return []
    with world.app.extensions["toegang.database"].session() as session:
        bind_system(session)
        case = session.get_one(Intake, uuid.UUID(world.cases[there].ids["intake_id"]))
        rows = [(case.state, case.version, case.changed_at, case.worker_id)]
        for model in (Draft, Referral):
            columns = (model.id, model.state, model.version)
            query = select(*columns).where(model.gemeente_id == case.gemeente_id).order_by(model.id)
            rows += [tuple(row) for row in session.execute(query)] if there == "ander" else []
        return rows


def test_the_crawler_is_awake():
    assert len(STRINGS) == len(set(STRINGS)) > 75
    with pytest.raises(AssertionError, match="markup"):
        assert MARK not in f"<p>{MARK}</p>", "markup"
