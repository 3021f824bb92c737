"""Which changes of a case may occur: by which act, from which state, to which. No others do."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product

import pytest

from intake.case.states import Einde, Traject, Vannacht, state_of
from intake.tables.intake import IntakeState


@dataclass(frozen=True)
class Stands:
    """What stands in a case."""

    traject: Traject
    vannacht: Vannacht
    expertise: bool
    einde: Einde | None

    @property
    def state(self) -> IntakeState:
        return state_of(self.traject, self.vannacht, expertise=self.expertise, einde=self.einde)


EVERYTHING = tuple(Stands(*one) for one in product(Traject, Vannacht, (False, True), (None, *Einde)))


def traject(*after: Traject, when: Iterable[Traject]) -> Callable[[Stands], Iterator[Stands]]:
    """An act that is possible when the traject stands so, and moves it to any of these."""
    return lambda now: (replace(now, traject=one) for one in after if now.traject in when)


def vannacht(*after: Vannacht, when: Iterable[Vannacht] = Vannacht) -> Callable[[Stands], Iterator[Stands]]:
    return lambda now: (replace(now, vannacht=one) for one in after if now.vannacht in when)


def decided(now: Stands) -> Iterator[Stands]:
    """A new besluit: what hung under the old one counts no more, a bed that stands does."""
    for one in over_tonight(now):
        yield replace(one, traject=Traject.BESLOTEN)


def over_tonight(now: Stands) -> Iterator[Stands]:
    yield replace(now, vannacht=Vannacht.NIETS) if now.vannacht is Vannacht.GEEN_BED else now


def arrived(now: Stands) -> Iterator[Stands]:
    """In another region; every place here is free again."""
    if now.traject is Traject.VERWEZEN:
        gone = Vannacht.NIETS if now.vannacht is Vannacht.BED else now.vannacht
        yield replace(now, traject=Traject.GEPLAATST, vannacht=gone)


def asked(*, expertise: bool) -> Callable[[Stands], Iterator[Stands]]:
    return lambda now: iter([replace(now, expertise=expertise)])


def ended(einde: Einde) -> Callable[[Stands], Iterator[Stands]]:
    return lambda now: iter([replace(now, einde=einde)])


_T, _V = Traject, Vannacht
VERBS: Mapping[str, Callable[[Stands], Iterator[Stands]]] = {
    "besluiten over het traject": decided,
    "besluiten over vannacht": over_tonight,
    "verwijzen": traject(_T.VERWEZEN, _T.GEEN_PLEK, when={_T.BESLOTEN, _T.VERWEZEN, _T.GEEN_PLEK}),
    "accepteren": traject(_T.VERWEZEN, _T.GEPLAATST, when={_T.VERWEZEN}),
    "weigeren of zwijgen": traject(_T.VERWEZEN, _T.GEEN_PLEK, _T.BESLOTEN, when={_T.VERWEZEN}),
    "verwijzing intrekken": traject(_T.BESLOTEN, _T.VERWEZEN, when={_T.VERWEZEN, _T.GEEN_PLEK, _T.GEPLAATST}),
    "vertrekken": traject(_T.BESLOTEN, when={_T.GEPLAATST}),
    "aankomen in een andere regio": arrived,
    "bed vragen": vannacht(_V.BED, _V.GEEN_BED),
    "bed accepteren": vannacht(_V.BED, when={_V.BED}),
    "bed weigeren of zwijgen": vannacht(_V.BED, _V.GEEN_BED, when={_V.BED}),
    "bed intrekken of verlaten": vannacht(_V.NIETS, when={_V.BED}),
    "expertise vragen": asked(expertise=True),
    "expertise antwoordt of is niet meer nodig": asked(expertise=False),
    "afsluiten": ended(Einde.AFGESLOTEN),
    "melding intrekken": ended(Einde.INGETROKKEN),
}

OPEN = "ingediend in_expertise besloten verwezen geen_plek geplaatst"
CHANGES: Mapping[str, Mapping[str, str]] = {
    "besluiten over het traject": {"ingediend in_expertise verwezen geen_plek geplaatst": "besloten"},
    "besluiten over vannacht": {"geen_plek": "ingediend in_expertise besloten verwezen"},
    "verwijzen": {"besloten verwezen": "geen_plek verwezen", "geen_plek": "verwezen"},
    "accepteren": {"verwezen": "geplaatst", "geen_plek": "geplaatst"},
    "weigeren of zwijgen": {"verwezen": "besloten geen_plek"},
    "verwijzing intrekken": {
        "verwezen": "besloten",
        "geen_plek": "besloten verwezen",
        "geplaatst": "besloten verwezen geen_plek",
    },
    "vertrekken": {"geplaatst": "besloten geen_plek"},
    "aankomen in een andere regio": {"verwezen geen_plek": "geplaatst"},
    "bed vragen": {
        "ingediend in_expertise": "verwezen geen_plek",
        "besloten verwezen": "geen_plek",
        "geen_plek": "verwezen besloten",
    },
    "bed accepteren": {},
    "bed weigeren of zwijgen": {"besloten verwezen": "geen_plek"},
    "bed intrekken of verlaten": {"verwezen": "ingediend in_expertise"},
    "expertise vragen": {"ingediend": "in_expertise"},
    "expertise antwoordt of is niet meer nodig": {"in_expertise": "ingediend"},
    "afsluiten": {OPEN: "afgesloten"},
    "melding intrekken": {OPEN: "ingetrokken"},
}
"""Per act: from any of these states to any of those. What an act leaves as it is, is not listed."""


def listed(verb: str) -> set[tuple[str, str]]:
    rows = CHANGES[verb].items()
    every = {pair for before, after in rows for pair in product(before.split(), after.split())}
    return {(before, after) for before, after in every if before != after}


@pytest.mark.parametrize("verb", VERBS)
def test_an_act_changes_a_case_as_listed_and_in_no_other_way(verb):
    living = [now for now in EVERYTHING if now.einde is None]
    made = {(now.state.value, after.state.value) for now in living for after in VERBS[verb](now)}
    assert {(before, after) for before, after in made if before != after} == listed(verb)


def test_every_act_is_listed():
    assert set(CHANGES) == set(VERBS)


@pytest.mark.parametrize("verb", [verb for verb in VERBS if verb not in ("afsluiten", "melding intrekken")])
def test_no_act_changes_a_case_that_ended(verb):
    over = [now for now in EVERYTHING if now.einde is not None]
    assert {now.state for now in over} == {IntakeState.AFGESLOTEN, IntakeState.INGETROKKEN}
    assert all(after.state is now.state for now in over for after in VERBS[verb](now))


def test_every_combination_has_one_state_and_every_state_is_reached_from_the_first():
    first = Stands(Traject.ONBESLIST, Vannacht.NIETS, expertise=False, einde=None)
    assert first.state is IntakeState.INGEDIEND
    reached, todo = {first}, [first]
    while todo:
        now = todo.pop()
        fresh = {after for act in VERBS.values() if now.einde is None for after in act(now)} - reached
        reached |= fresh
        todo += fresh
    assert {one.state for one in reached} == set(IntakeState) == {one.state for one in EVERYTHING}


def test_a_place_to_live_goes_before_everything_but_the_end():
    placed = [now for now in EVERYTHING if now.traject is Traject.GEPLAATST and now.einde is None]
    assert {now.state for now in placed} == {IntakeState.GEPLAATST}


def test_no_bed_tonight_is_in_sight_until_there_is_a_bed_or_a_place():
    without = [now for now in EVERYTHING if now.vannacht is Vannacht.GEEN_BED and now.einde is None]
    assert {now.state for now in without if now.traject is not Traject.GEPLAATST} == {IntakeState.GEEN_PLEK}
