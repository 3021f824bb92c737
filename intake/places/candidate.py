"""Who could receive a case: desks and providers of the register, with what fits and what does not, best first (T8)."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.places.desk import desks_for
from intake.tables.besluit import Besluit
from intake.tables.organisation import Organisation, OrganisationKind
from intake.tables.place import Place, PlacementPurpose, PlaceState
from rules.values import FAMILY_SHELTERS, SHELTERS

PROVIDERS = frozenset({OrganisationKind.AANBIEDER, OrganisationKind.VROUWENOPVANG})
LACKS: Mapping[str, str] = {
    "rolstoel": "rolstoel",
    "begane_grond": "begane grond",
    "eenpersoons": "eenpersoons",
    "vrouwen": "vrouwen",
    "mannen": "mannen",
    "lhbti_veilig": "lhbti veilig",
    "paar": "paar",
    "huisdier": "huisdier",
    "gebruik_toegestaan": "gebruik toegestaan",
    "nachtdienst": "nachtdienst",
}
"""What a place is said not to have, by the needs of the form (`plaatsingseisen`)."""
UNKNOWN_AGE = 30
"""Whoever does not tell the age is taken for an adult of an age that every adult place takes."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One possible receiver.

    Attributes:
        vrij: places free now; none for a desk, which has no places.
        past_niet: why it does not fit, in Dutch; empty when it fits.
        uitgesloten: it must not be chosen at all (unsafe gemeente, wrong age, no children taken in).
    """

    organisation_id: uuid.UUID
    place_id: uuid.UUID | None
    naam: str
    gemeente_code: str
    voorziening: str
    vrij: int | None
    wachtweken: int
    past_niet: tuple[str, ...]
    uitgesloten: bool

    @property
    def key(self) -> tuple[uuid.UUID, uuid.UUID | None]:
        """What names it in a form."""
        return self.organisation_id, self.place_id

    @property
    def first_choice(self) -> bool:
        """Whether it can be taken without a person weighing it."""
        return not self.past_niet and self.vrij != 0


@dataclass(frozen=True, slots=True)
class Needs:
    """What of the facts matters to placing somebody."""

    leeftijd: int
    kinderen: int
    eisen: frozenset[str]
    onveilig: frozenset[str]
    woongemeente: str


def needs_of(facts: Mapping[str, Any], today: date) -> Needs:
    """The placing needs in the facts; what is unknown excludes nothing."""
    children = facts.get("kinderen_mee", 0)
    return Needs(
        leeftijd=_age(facts.get("geboortedatum"), today),
        kinderen=children if isinstance(children, int) else 0,
        eisen=_strings(facts.get("plaatsingseisen")),
        onveilig=_strings(facts.get("onveilige_gemeenten")),
        woongemeente=str(facts.get("woongemeente", "")),
    )


def candidates_for(
    session: Session, besluit: Besluit, needs: Needs, purpose: PlacementPurpose, *, own: frozenset[uuid.UUID]
) -> tuple[Candidate, ...]:
    """Who could receive this, best first.

    A besluit that names a desk goes to that desk; when the sender (`own`) is that desk, or when it names a provider, it
    goes to the providers with places of what was decided. Tonight's shelter goes straight to a provider.
    """
    if purpose is PlacementPurpose.OVERBRUGGING:
        return _with_places(session, shelters(besluit, needs), needs)
    desks = () if besluit.bestemming_soort in PROVIDERS else desks_for(session, besluit)
    if besluit.bestemming_soort in PROVIDERS or _is_meant(desks, besluit, own):
        return _with_places(session, tuple(besluit.voorzieningen[:1]), needs)
    return tuple(_desk(desk, besluit) for desk in desks)


def is_own_desk(session: Session, besluit: Besluit, own: frozenset[uuid.UUID]) -> bool:
    """Whether the besluit leaves the case with one of these organisations: the one it means, not any of that kind."""
    return _is_meant(desks_for(session, besluit), besluit, own)


def has_places(session: Session, voorziening: str) -> bool:
    """Whether anybody in the register has places of this kind; what has none is done by the one who decided."""
    return session.scalars(select(Place.id).where(Place.voorziening == voorziening).limit(1)).first() is not None


def shelters(besluit: Besluit, needs: Needs) -> tuple[str, ...]:
    """What could be tonight's bed: what was decided when that is a shelter, else any that fits the household."""
    decided = tuple(one for one in besluit.voorzieningen if one in SHELTERS)
    if decided:
        return decided
    return FAMILY_SHELTERS[:1] if needs.kinderen else SHELTERS[:2]


def _is_meant(desks: Sequence[Organisation], besluit: Besluit, own: frozenset[uuid.UUID]) -> bool:
    """Whether one of these desks is the sender itself; of the gemeenten only the one that is named."""
    named = besluit.bestemming_gemeente if besluit.bestemming_soort == OrganisationKind.GEMEENTE else None
    return any(desk.id in own and named in (None, desk.gemeente_code) for desk in desks)


def _desk(desk: Organisation, besluit: Besluit) -> Candidate:
    product = besluit.voorzieningen[0] if besluit.voorzieningen else besluit.overbrugging
    return Candidate(desk.id, None, desk.naam, desk.gemeente_code or "", product, None, 0, (), uitgesloten=False)


def _with_places(session: Session, voorzieningen: tuple[str, ...], needs: Needs) -> tuple[Candidate, ...]:
    query = (
        select(Place, Organisation)
        .join(Organisation, Organisation.id == Place.organisation_id)
        .where(Place.voorziening.in_(voorzieningen), Organisation.closed_at.is_(None))
    )
    found = [
        (_provider(row[0], row[1], needs), voorzieningen.index(row[0].voorziening)) for row in session.execute(query)
    ]
    found.sort(key=lambda pair: _rank(*pair, needs=needs))
    return tuple(candidate for candidate, _ in found)


def _provider(place: Place, provider: Organisation, needs: Needs) -> Candidate:
    barred = tuple(_barred(place, needs))
    misfits = tuple(_misfits(place, needs))
    return Candidate(
        organisation_id=provider.id,
        place_id=place.id,
        naam=f"{provider.naam} – {place.naam}",
        gemeente_code=place.gemeente_code,
        voorziening=place.voorziening,
        vrij=max(0, place.capaciteit - place.bezet) if place.state is PlaceState.OPEN else 0,
        wachtweken=place.wachtweken,
        past_niet=barred + misfits,
        uitgesloten=bool(barred),
    )


def _barred(place: Place, needs: Needs) -> Iterable[str]:
    """What no weighing can lift."""
    if place.gemeente_code in needs.onveilig:
        yield "ligt in een gemeente waar de cliënt niet veilig is"
    if not place.min_leeftijd <= needs.leeftijd <= place.max_leeftijd:
        yield f"is voor mensen van {place.min_leeftijd} tot en met {place.max_leeftijd} jaar"
    if needs.kinderen and not place.kinderen:
        yield "neemt geen kinderen op"


def _misfits(place: Place, needs: Needs) -> Iterable[str]:
    """What a person may weigh."""
    missing = sorted(needs.eisen - set(place.kenmerken))
    if missing:
        yield "heeft niet: " + ", ".join(LACKS[one] for one in missing)
    if place.state is PlaceState.DICHT:
        yield "neemt nu niemand op"


def _rank(candidate: Candidate, wanted: int, *, needs: Needs) -> tuple[Any, ...]:
    """What fits first; then free, near home, short wait, most room; the name settles the rest."""
    return (
        candidate.uitgesloten,
        len(candidate.past_niet),
        candidate.vrij == 0,
        wanted,
        candidate.gemeente_code != needs.woongemeente,
        candidate.wachtweken,
        -(candidate.vrij or 0),
        candidate.naam,
        str(candidate.place_id),
    )


def _age(born: object, today: date) -> int:
    if not isinstance(born, str) or born == "onbekend":
        return UNKNOWN_AGE
    birth = date.fromisoformat(born)
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))


def _strings(value: object) -> frozenset[str]:
    return frozenset(str(one) for one in value) if isinstance(value, list | tuple) else frozenset()
