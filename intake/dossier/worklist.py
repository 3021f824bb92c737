"""Lists of cases for the people who work on them: most urgent first, a page at a time, and how many there are.

A list shows the client's name, so every case that it shows is logged as read.
"""

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from forms.client import client_name
from intake.access import policy
from intake.access.action import Action
from intake.access.actor import Actor
from intake.access.paging import Listed, Part, fetch_page
from intake.keys import sealing
from intake.tables.besluit import Besluit
from intake.tables.deadline import Deadline, DeadlineKind, DeadlineState
from intake.tables.intake import Intake, IntakeState
from intake.tables.place import PlacementPurpose
from intake.tables.referral import Referral, ReferralState
from rules.values import BED_TONIGHT, Urgentie

PAGE_SIZE = 25
OPEN_STATES = (
    IntakeState.INGEDIEND,
    IntakeState.IN_EXPERTISE,
    IntakeState.BESLOTEN,
    IntakeState.VERWEZEN,
    IntakeState.GEEN_PLEK,
)
"""The states in which a case is not done."""
OUR_TURN = (IntakeState.INGEDIEND, IntakeState.BESLOTEN, IntakeState.GEEN_PLEK)
"""The states in which the next step is ours: deciding, sending it on, finding a place. See also `our_turn`."""


class Order(StrEnum):
    """How a list is sorted."""

    URGENTIE = "urgentie"
    NIEUWSTE = "nieuwste"
    OUDSTE = "oudste"


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case in a list. `due_on` is the first day that a running term ends, of kind `due_kind`."""

    id: uuid.UUID
    reference: str
    name: str
    state: IntakeState
    urgentie: Urgentie
    melding_datum: date
    due_on: date | None
    due_kind: DeadlineKind | None
    mine: bool


@dataclass(frozen=True, slots=True)
class CaseList:
    """One page of a list of cases, and how many there are in all."""

    lines: tuple[CaseLine, ...]
    page: int
    pages: int
    total: int


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers of cases, by state and urgency."""

    by: Mapping[tuple[IntakeState, Urgentie], int]

    def of(self, *states: IntakeState, urgenties: Collection[Urgentie] = ()) -> int:
        """How many are in one of these states, of these urgencies (all, when none is named)."""
        return sum(
            many
            for (state, urgentie), many in self.by.items()
            if state in states and (not urgenties or urgentie in urgenties)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which cases a list shows: in these states, of these urgencies (all, when none is named), sorted so."""

    states: Collection[IntakeState] = OPEN_STATES
    urgenties: Collection[Urgentie] = ()
    order: Order = Order.URGENTIE


def cases(session: Session, actor: Actor, wanted: Selection, *, page: int = 1) -> CaseList:
    """The selected cases that the actor may read, a page at a time; past the end, the last page."""
    where = tuple(_conditions(wanted.states, wanted.urgenties))
    return _page(session, actor, _listed(where, wanted.order), Part(page, PAGE_SIZE))


def our_turn(session: Session, actor: Actor, *, size: int = PAGE_SIZE) -> CaseList:
    """The cases in which the next step is ours, most urgent first.

    Of the cases that were sent on: those that our own desk accepted and still has to place (a bed for tonight is no
    place to live), and those in which a bed was decided for tonight that nobody is asked for (any more).
    """
    sent_on = or_(
        and_(Intake.state.in_((IntakeState.VERWEZEN, IntakeState.GEPLAATST)), _at_our_desk(actor)),
        and_(Intake.state == IntakeState.VERWEZEN, _bed_asked_of_nobody()),
    )
    listed = _listed((or_(Intake.state.in_(OUR_TURN), sent_on),), Order.URGENTIE)
    return _page(session, actor, listed, Part(1, size))


def _listed(where: tuple[ColumnElement[bool], ...], order: Order) -> Listed[Intake]:
    return Listed(action=Action.READ_INTAKE, model=Intake, where=where, order_by=_ORDERS[order])


def _page(session: Session, actor: Actor, listed: Listed[Intake], part: Part) -> CaseList:
    found = fetch_page(session, actor, listed, part)
    return CaseList(_lines(session, actor, found.rows), found.number, found.pages, found.total)


def _at_our_desk(actor: Actor) -> ColumnElement[bool]:
    accepted = and_(Referral.intake_id == Intake.id, Referral.state == ReferralState.GEACCEPTEERD)
    ours = exists().where(accepted, Referral.receiver_id.in_(actor.addressed_as), Referral.place_id.is_(None))
    placed = exists().where(accepted, Referral.purpose == PlacementPurpose.TRAJECT, Referral.place_id.is_not(None))
    asked = exists().where(
        Referral.intake_id == Intake.id, Referral.purpose == PlacementPurpose.TRAJECT, Referral.active
    )
    return and_(ours, ~placed, ~asked)


def _bed_asked_of_nobody() -> ColumnElement[bool]:
    last = select(func.max(Besluit.number)).where(Besluit.intake_id == Intake.id).correlate(Intake).scalar_subquery()
    wanted = exists().where(Besluit.intake_id == Intake.id, Besluit.number == last, Besluit.overbrugging == BED_TONIGHT)
    a_bed = or_(Referral.purpose == PlacementPurpose.OVERBRUGGING, Referral.place_id.is_not(None))
    stands = or_(Referral.active, Referral.state == ReferralState.GEACCEPTEERD)
    return and_(wanted, ~exists().where(Referral.intake_id == Intake.id, a_bed, stands))


def counts(session: Session, actor: Actor) -> Counts:
    """How many cases the actor may read, by state and urgency; asked once, however many numbers a page shows."""
    query = select(Intake.state, Intake.urgentie, func.count()).where(policy.scope(actor, Action.READ_INTAKE, Intake))
    rows = session.execute(query.group_by(Intake.state, Intake.urgentie))
    return Counts({(row[0], row[1]): row[2] for row in rows})


def _conditions(states: Collection[IntakeState], urgenties: Collection[Urgentie]) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [Intake.state.in_(states)]
    if urgenties:
        found.append(Intake.urgentie.in_(urgenties))
    return found


def _lines(session: Session, actor: Actor, rows: Sequence[Intake]) -> tuple[CaseLine, ...]:
    due = _first_due(session, [row.id for row in rows])
    return tuple(
        CaseLine(
            id=row.id,
            reference=row.reference,
            name=client_name(sealing.get(session, row, "answers")),
            state=row.state,
            urgentie=row.urgentie,
            melding_datum=row.melding_datum,
            due_on=due[row.id][0] if row.id in due else None,
            due_kind=due[row.id][1] if row.id in due else None,
            mine=row.worker_id == actor.account_id,
        )
        for row in rows
    )


def _first_due(session: Session, ids: Iterable[uuid.UUID]) -> Mapping[uuid.UUID, tuple[date, DeadlineKind]]:
    """Per case the running term that ends first; the objection term is the client's, not ours."""
    query = select(Deadline.intake_id, Deadline.due_on, Deadline.kind).where(
        Deadline.intake_id.in_(list(ids)),
        Deadline.state == DeadlineState.LOOPT,
        Deadline.kind != DeadlineKind.BEZWAAR,
    )
    found: dict[uuid.UUID, tuple[date, DeadlineKind]] = {}
    for intake_id, due_on, kind in session.execute(query.order_by(Deadline.due_on)):
        found.setdefault(intake_id, (due_on, kind))
    return found


_ORDERS: Mapping[Order, tuple[ColumnElement[Any] | InstrumentedAttribute[Any], ...]] = {
    Order.URGENTIE: (Intake.state.in_(OPEN_STATES).desc(), Intake.urgentie, Intake.melding_datum, Intake.id),
    Order.NIEUWSTE: (Intake.submitted_at.desc(), Intake.id),
    Order.OUDSTE: (Intake.submitted_at, Intake.id),
}
