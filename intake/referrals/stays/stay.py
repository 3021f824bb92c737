"""Who stays where at a provider, and the end of a stay: the place is free, and the case is the sender's again."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from config.calendar import add_working_days
from config.clock import AMSTERDAM
from forms import INTAKE_FORM
from forms.client import client_name
from intake.access import grant, policy
from intake.access.act import Act
from intake.access.action import Action
from intake.access.actor import Actor
from intake.access.audit import audit
from intake.access.paging import Listed, Part, fetch_page
from intake.advice import region
from intake.keys import sealing
from intake.people.messages import message
from intake.people.messages.kind import MessageKind, Told
from intake.places import cover, place
from intake.places.leaving import Vertrek
from intake.referrals.sending.line import changed
from intake.referrals.sending.steps import ACTIVE
from intake.tables.grant import GrantKind
from intake.tables.intake import Intake
from intake.tables.place import Place, Placement, PlacementPurpose, PlacementState
from intake.tables.referral import Referral

PAGE_SIZE = 50
NAME = "achternaam"


class NotYetAccepted(ValueError):
    """The place is only reserved; the message is Dutch and says what to do."""

    def __init__(self) -> None:
        super().__init__("Deze plek is nog niet bezet. Beantwoord eerst de verwijzing.")


@dataclass(frozen=True, slots=True)
class Stay:
    """One client at one place; `name` is empty for a provider that is not to know it.

    `look_again_on`: when the longest stay that the region has in mind is over; none when it says nothing of it.
    """

    id: uuid.UUID
    place_id: uuid.UUID
    plek: str
    referral_id: uuid.UUID
    reference: str
    name: str
    state: PlacementState
    since: datetime
    start_on: date | None
    tonight: bool
    look_again_on: date | None


@dataclass(frozen=True, slots=True)
class StayList:
    """One page of the stays, and how many there are in all."""

    stays: tuple[Stay, ...]
    page: int
    pages: int
    total: int


def stays(session: Session, actor: Actor, *, page: int = 1, size: int = PAGE_SIZE) -> StayList:
    """Who holds a place of the actor's organisation, by place; each case that is shown is logged as read."""
    listed = Listed(
        action=Action.READ_REFERRAL,
        model=Referral,
        where=(Referral.receiver_id.in_(actor.addressed_as), _holds_a_place()),
        order_by=(Referral.place_id, Referral.sent_at, Referral.id),
    )
    found = fetch_page(session, actor, listed, Part(page, size))
    return StayList(_stays(session, actor, found.rows), found.number, found.pages, found.total)


def leave(act: Act, place_id: uuid.UUID, placement_id: uuid.UUID, *, reden: Vertrek) -> None:
    """The client left: the place is free, who sent the client is told, the provider looks no longer. Once is enough.

    Raises:
        NotFound: no such place or stay, or not of the actor's organisation.
        NotYetAccepted: the referral was not answered yet.
    """
    true_place = cover.true_place(act.session, place_id)
    kept = policy.fetch(act.session, act.actor, Action.EDIT_PLACE, Place, true_place, lock=True)
    query = select(Placement).where(Placement.id == placement_id, Placement.place_id == place_id)
    stay = act.session.scalars(query.with_for_update()).one_or_none()
    if stay is None:
        raise policy.NotFound(audit.entry(act.actor, Action.EDIT_PLACE, about=kept))
    if stay.state is PlacementState.GERESERVEERD:
        raise NotYetAccepted
    if stay.state is not PlacementState.BEZET:
        return
    case = act.session.get_one(Intake, stay.intake_id, with_for_update=True)
    referral = act.session.get_one(Referral, stay.referral_id)
    place.end(act.session, stay, clock=act.clock)
    audit.record(act.session, act.actor, Action.EDIT_PLACE, about=kept)
    gone = Told(MessageKind.CLIENT_WEG, referral.receiver_id, {"reden": reden.value})
    changed(act, case, referral, gone, action=Action.ANSWER_REFERRAL)
    _tell_team(act, case, referral, gone)
    _look_no_longer(act.session, act.actor, referral)


def _stays(session: Session, actor: Actor, rows: Sequence[Referral]) -> tuple[Stay, ...]:
    ids = [row.id for row in rows]
    query = select(Placement, Place).join(Place, Place.id == Placement.place_id)
    held = session.execute(query.where(Placement.referral_id.in_(ids), Placement.state.in_(place.HELD)))
    places = {row[0].referral_id: (row[0], row[1]) for row in held}
    found = session.scalars(select(Intake).where(Intake.id.in_({row.intake_id for row in rows})))
    cases = {case.id: case for case in found}
    may_know = actor.organisation_kind in INTAKE_FORM.question(NAME).ontvangers
    shown = [(cases[row.intake_id], _stay(session, row, cases[row.intake_id], places[row.id])) for row in rows]
    return tuple(replace(one, name=_name(session, case)) if may_know else one for case, one in shown)


def _name(session: Session, case: Intake) -> str:
    return client_name(sealing.get(session, case, "answers"))


def _stay(session: Session, row: Referral, case: Intake, where: tuple[Placement, Place]) -> Stay:
    """One stay, still without the client's name: that is opened for who may know it only."""
    held, kept = where
    return Stay(
        id=held.id,
        place_id=kept.id,
        plek=cover.place_name(session, kept),
        referral_id=row.id,
        reference=case.reference,
        name="",
        state=held.state,
        since=held.since,
        start_on=row.start_on,
        tonight=held.purpose is PlacementPurpose.OVERBRUGGING,
        look_again_on=_look_again_on(session, row, case, where),
    )


def _look_again_on(session: Session, row: Referral, case: Intake, where: tuple[Placement, Place]) -> date | None:
    """The next working day for a bed for tonight; else when the region's longest stay is over."""
    held, kept = where
    since = row.start_on or _day(held.since)
    if held.purpose is PlacementPurpose.OVERBRUGGING:
        return add_working_days(since, 1)
    return region.look_again_on(session, case, kept.voorziening, since)


def _day(moment: datetime) -> date:
    return moment.astimezone(AMSTERDAM).date()


def _holds_a_place() -> ColumnElement[bool]:
    return exists().where(Placement.referral_id == Referral.id, Placement.state.in_(place.HELD))


def _tell_team(act: Act, case: Intake, referral: Referral, told: Told) -> None:
    """The team of the case hears it too when another, a desk, had sent the client on."""
    if case.organisation_id == referral.organisation_id:
        return
    message.tell_worker(act.session, case, told, clock=act.clock)


def _look_no_longer(session: Session, actor: Actor, referral: Referral) -> None:
    """The provider's right to read ends, unless it has or is asked for another place for the same client."""
    session.flush()
    others = select(Referral.id).where(
        Referral.intake_id == referral.intake_id,
        Referral.receiver_id == referral.receiver_id,
        Referral.id != referral.id,
        Referral.state.in_(ACTIVE) | _holds_a_place(),
    )
    if session.scalars(others.limit(1)).first() is None:
        grant.withdraw(
            session, actor, grant.Right(zaak_id=referral.intake_id, to=referral.receiver_id, kind=GrantKind.VERWIJZING)
        )
