"""One table says which page or problem is read for which failure: complete, once, in words that end as they should."""

import ast
import importlib
from collections import Counter
from collections.abc import Iterator

import pytest
from sqlalchemy.exc import NoResultFound

from intake.failures import BROKEN, FAILURES, Failure, of_status
from intake.failures.broken import BY_STATUS
from intake.people.systems import NoSuchPerson
from intake.store.outbox import JobPostponed
from tests.house.source import Module, modules
from tests.house.test_rooms import DOORS, faces, offered

INSIDE = {JobPostponed}
"""No failure: what work that is done later says to the outbox."""
ONLY_OF_SYSTEMS = {NoSuchPerson, NoResultFound}
"""What no page raises: a system names who decides; a row that is fetched without a policy is of the program itself."""
LONGEST_NAME = 20
"""Above this many characters a text is a sentence or a title; below it may be a kind."""
KINDS = {
    "aantal-kan-niet": 400,
    "brief-niet-klaar": 409,
    "expertise-kijkt-mee": 409,
    "fout": 500,
    "geen-besluit": 409,
    "geen-expertiseteam": 409,
    "iemand-was-u-voor": 409,
    "keuze-kan-niet": 400,
    "medewerker-onbekend": 400,
    "methode-kan-niet": 405,
    "niet-bereikbaar": 503,
    "niet-gevonden": 404,
    "niet-toegestaan": 403,
    "niets-wijkt-af": 400,
    "ongeldige-invoer": 400,
    "onleesbaar": 400,
    "plek-vergeven": 409,
    "plek-veranderd": 409,
    "reden-ontbreekt": 400,
    "sleutel-hergebruikt": 409,
    "sleutel-ongeldig": 400,
    "sleutels-niet-beschikbaar": 503,
    "te-groot": 413,
    "verwijzing-veranderd": 409,
    "zaak-gesloten": 409,
}
EVERY = [*FAILURES.values(), *BY_STATUS.values(), BROKEN]


def of_door(*doors: str) -> Iterator[Module]:
    return (module for module in modules() if module.place.startswith(tuple(f"intake/{door}/" for door in doors)))


def handled(*doors: str) -> set[str]:
    """The names of what these doors catch, or keep a place on the page for."""
    names: set[str] = set()
    for module in of_door(*doors):
        for node in ast.walk(module.tree):
            keys = (
                [node.type] if isinstance(node, ast.ExceptHandler) else node.keys if isinstance(node, ast.Dict) else []
            )
            inside = [one for key in keys if key is not None for one in ast.walk(key)]
            names |= {one.id for one in inside if isinstance(one, ast.Name)}
            names |= {one.attr for one in inside if isinstance(one, ast.Attribute)}
    return names


def refusals_of_rooms() -> set[type[Exception]]:
    """Every failure that the face of a room offers to the doors."""
    found = [
        getattr(importlib.import_module(name), one)
        for name, face in faces().items()
        for one in offered(face)
        if name.startswith("intake.") and name != "intake.failures"
    ]
    return {one for one in found if isinstance(one, type) and issubclass(one, Exception)}


def texts(failure: Failure) -> Iterator[str]:
    """Every title and sentence of it."""
    yield failure.title
    if failure.person:
        yield from (failure.person.what, failure.person.next)
    if failure.system:
        yield from (failure.system.title, failure.system.detail)


def test_every_failure_that_a_room_offers_is_told_or_handled_where_it_happens():
    here = handled(*DOORS)
    offered_ones = refusals_of_rooms() - INSIDE
    lost = {one for one in offered_ones if not FAILURES.keys() & set(one.__mro__) and one.__name__ not in here}
    assert not lost, "nobody is told what this means"
    assert len(offered_ones) > 50


def test_what_has_no_page_is_handled_by_the_pages_where_it_happens():
    without = {one for one, failure in FAILURES.items() if failure.person is None} - ONLY_OF_SYSTEMS
    assert {one.__name__ for one in without} <= handled("web")


@pytest.mark.parametrize("failure", EVERY, ids=lambda failure: failure.title)
def test_a_title_is_no_sentence_and_what_stands_below_it_is(failure: Failure):
    assert failure.person or failure.system, "told to nobody"
    assert not failure.title.endswith(".")
    if failure.person:
        assert bool(failure.person.what) is bool(failure.person.next), "what happened, and what to do: both or neither"
        assert all(one.endswith(".") for one in (failure.person.what, failure.person.next) if one)
    if failure.system:
        assert not failure.system.title.endswith(".")
        assert failure.system.title != failure.title, "it stands there already"
        assert not failure.system.detail or failure.system.detail.endswith(".")


def test_no_title_and_no_sentence_stands_twice():
    room = [module for module in modules() if module.place.startswith("intake/failures/")]
    written = Counter(
        node.value
        for module in room
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) > LONGEST_NAME
    )
    ours = {text for failure in EVERY for text in texts(failure) if text}
    assert not [text for text in ours if written[text] > 1]
    again = [
        f"{module.place}:{node.lineno} {node.value}"
        for module in of_door(*DOORS)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant) and node.value in ours
    ]
    assert not again


def test_the_kinds_that_are_promised_to_systems_stay_what_they_are():
    told = {(one.system.kind, one.status) for one in EVERY if one.system}
    assert dict(sorted(told)) == KINDS
    assert len(told) == len(KINDS), "one kind has one status"


@pytest.mark.parametrize(("status", "told"), [(404, 404), (415, 400), (499, 400), (500, 500), (502, 500)])
def test_a_status_that_has_no_words_of_its_own_is_told_as_the_nearest_that_has(status: int, told: int):
    assert of_status(status).status == told
