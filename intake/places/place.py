"""Places: what a provider has, and the one way in which one is reserved, taken and given back.

The count lies in the row of the place and changes in one statement that looks at it too; the database refuses more
than there are, and more than one for a case. Thus a place is never given twice.
"""

import uuid
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import CursorResult, select, update
from sqlalchemy.orm import Session

from config.clock import Clock
from intake.access import policy
from intake.access.act import Act
from intake.access.action import Action
from intake.access.actor import Actor
from intake.access.audit import audit
from intake.places import cover
from intake.tables.place import Place, Placement, PlacementPurpose, PlacementState, PlaceState
from intake.tables.referral import Referral

MOST_PLACES = 1000
MOST_WEEKS = 200
HELD = (PlacementState.GERESERVEERD, PlacementState.BEZET)


class PlaceTaken(RuntimeError):
    """The last place was given away a moment ago, or the provider takes nobody in; the message is Dutch."""

    def __init__(self) -> None:
        super().__init__("Deze plek is net vergeven of dicht. Kies de volgende in de lijst.")


class PlaceConflict(RuntimeError):
    """Somebody changed this place since you opened it; nothing was overwritten."""

    def __init__(self, now: Place) -> None:
        super().__init__("Deze plek is intussen gewijzigd. Kijk naar de nieuwe stand en probeer het opnieuw.")
        self.now = now


class PlaceRefused(ValueError):
    """These numbers cannot be; the message is Dutch and says what is allowed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What a provider has of one kind of place: how many, after how many weeks, and whether people are taken in."""

    capaciteit: int
    wachtweken: int
    state: PlaceState


def my_places(session: Session, actor: Actor) -> list[Place]:
    """The places of the actor's organisation, by name."""
    return policy.fetch_all(
        session, actor, Action.EDIT_PLACE, Place, order_by=[Place.voorziening, Place.naam, Place.id]
    )


def all_places(session: Session, actor: Actor) -> list[Place]:
    """The places that the actor may see: the whole region for who refers."""
    return policy.fetch_all(
        session, actor, Action.READ_PLACE, Place, cover.no_cover(), order_by=[Place.voorziening, Place.naam, Place.id]
    )


def change_place(act: Act, place_id: uuid.UUID, offer: Offer, *, version: int) -> Place:
    """The provider says how many there are, how long the wait is, and whether people are taken in.

    Raises:
        NotFound: no such place, or not of the actor's organisation.
        PlaceConflict: it was changed since the actor looked.
        PlaceRefused: fewer than are occupied, or a number out of range.
    """
    place = policy.fetch(act.session, act.actor, Action.EDIT_PLACE, Place, place_id, lock=True)
    if place.version != version:
        raise PlaceConflict(place)
    if not place.bezet <= offer.capaciteit <= MOST_PLACES:
        raise PlaceRefused(
            f"Er zijn {place.bezet} plekken bezet of gereserveerd. Kies {place.bezet} tot {MOST_PLACES}."
        )
    if not 0 <= offer.wachtweken <= MOST_WEEKS:
        raise PlaceRefused(f"De wachttijd is 0 tot {MOST_WEEKS} weken.")
    place.capaciteit, place.wachtweken, place.state = offer.capaciteit, offer.wachtweken, offer.state
    place.version += 1
    place.changed_at = act.clock.now()
    audit.record(act.session, act.actor, Action.EDIT_PLACE, about=place)
    return place


def take(session: Session, place_id: uuid.UUID, *, clock: Clock) -> None:
    """Take one of these places, before anything else is written; `hold` then says for whom.

    Raises:
        PlaceTaken: there is none left, or it is closed; nothing was changed.
    """
    if not _count(session, place_id, +1, clock):
        raise PlaceTaken


def hold(session: Session, referral: Referral, *, clock: Clock) -> None:
    """The place that was taken is reserved for the case of this referral."""
    placement = Placement(
        id=uuid.uuid4(),
        gemeente_id=referral.gemeente_id,
        intake_id=referral.intake_id,
        place_id=referral.place_id,
        referral_id=referral.id,
        purpose=PlacementPurpose(referral.purpose),
        state=PlacementState.GERESERVEERD,
        since=clock.now(),
    )
    session.add(placement)


def occupy(session: Session, referral: Referral) -> None:
    """The reserved place is taken: the client comes. Nothing happens when the referral has no place."""
    placement = _held(session, referral)
    if placement is not None:
        placement.state = PlacementState.BEZET


def give_back(session: Session, referral: Referral, *, clock: Clock) -> None:
    """The place is free again; nothing happens when the referral holds none."""
    placement = _held(session, referral)
    if placement is not None:
        end(session, placement, clock=clock)


def end(session: Session, placement: Placement, *, clock: Clock) -> None:
    """This stay ends, and its place is free; one that ended already stays as it was."""
    if placement.state in HELD:
        placement.state, placement.ended_at = PlacementState.VRIJGEGEVEN, clock.now()
        _count(session, placement.place_id, -1, clock)


def stays_of(session: Session, intake_id: uuid.UUID) -> tuple[tuple[Placement, Place], ...]:
    """What the case holds or held, newest first; the caller has fetched the case."""
    query = select(Placement, Place).join(Place, Place.id == Placement.place_id).where(Placement.intake_id == intake_id)
    return tuple((row[0], row[1]) for row in session.execute(query.order_by(Placement.since.desc())))


def held_by(session: Session, intake_id: uuid.UUID, purpose: PlacementPurpose) -> Place | None:
    """The place that the case holds for this purpose, reserved or occupied; the caller has fetched the case."""
    holds = (Placement.intake_id == intake_id, Placement.purpose == purpose, Placement.state.in_(HELD))
    return session.scalars(select(Place).join(Placement, Placement.place_id == Place.id).where(*holds)).one_or_none()


def _count(session: Session, place_id: uuid.UUID, change: int, clock: Clock) -> bool:
    """Add or take one in a single statement; False when none is left (or the place takes nobody in)."""
    place_id = cover.true_place(session, place_id)
    statement = update(Place).where(Place.id == place_id)
    if change > 0:
        statement = statement.where(Place.bezet < Place.capaciteit, Place.state == PlaceState.OPEN)
    statement = statement.values(bezet=Place.bezet + change, version=Place.version + 1, changed_at=clock.now())
    result = session.execute(statement, execution_options={"synchronize_session": False})
    loaded = session.identity_map.get(session.identity_key(Place, place_id))
    if loaded is not None:
        session.expire(loaded, ["bezet", "version", "changed_at"])
    return cast("CursorResult[Any]", result).rowcount == 1


def _held(session: Session, referral: Referral) -> Placement | None:
    query = select(Placement).where(Placement.referral_id == referral.id, Placement.state.in_(HELD))
    return session.scalars(query.with_for_update()).one_or_none()
