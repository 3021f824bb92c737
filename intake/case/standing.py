"""What stands in a case, read from its rows; and the one place that writes its state (`intake.case.states`)."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.case import timeline
from intake.case.decisions import CLOSED, newest
from intake.case.states import Einde, Traject, Vannacht, state_of
from intake.tables.besluit import BesluitKind
from intake.tables.event import CaseEvent
from intake.tables.expertise import ExpertiseRequest, ExpertiseState
from intake.tables.intake import Intake
from intake.tables.place import Placement, PlacementPurpose, PlacementState
from intake.tables.referral import Referral, ReferralState

ASKED = (ReferralState.VERZONDEN, ReferralState.TERUGGEVRAAGD)
TAKEN = (ReferralState.GEACCEPTEERD, ReferralState.OVERGEDRAGEN)
NOT_SENT = (ReferralState.VOORSTEL, ReferralState.BESPROKEN)


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of a case that tell how it stands.

    `referrals` were sent, first to last; `occupied` are those of them through which the client has a place now;
    `lines` is the timeline, first to last: kind, and the referral that it is about.
    """

    referrals: tuple[Referral, ...]
    occupied: frozenset[uuid.UUID]
    lines: tuple[tuple[str, uuid.UUID | None], ...]

    def of(self, purpose: PlacementPurpose) -> list[Referral]:
        return [one for one in self.referrals if one.purpose == purpose]


def settle(session: Session, case: Intake, *, einde: Einde | None = None) -> None:
    """Let the state of the case follow from what stands now: the last thing that every act on a case does.

    `einde` ends the case; one that has ended stays as it ended. The caller has fetched the case.
    """
    session.flush()
    if case.state in CLOSED:
        return
    rows = _rows(session, case.id)
    decided = newest(session, case.id, BesluitKind.ROUTE)
    traject = _traject(rows, decided.id) if decided else Traject.ONBESLIST
    vannacht = _vannacht(rows, decided=decided is not None)
    case.state = state_of(traject, vannacht, expertise=_asks_expertise(session, case.id), einde=einde)


def _rows(session: Session, intake_id: uuid.UUID) -> _Rows:
    lines = session.execute(
        select(CaseEvent.kind, CaseEvent.referral_id)
        .where(CaseEvent.intake_id == intake_id)
        .order_by(CaseEvent.number, CaseEvent.at)
    )
    told = tuple((row[0], row[1]) for row in lines)
    order = {one: place for place, (_, one) in reversed(list(enumerate(told)))}
    sent = session.scalars(
        select(Referral).where(Referral.intake_id == intake_id, Referral.state.not_in(NOT_SENT))
    ).all()
    occupied = session.scalars(
        select(Placement.referral_id).where(Placement.intake_id == intake_id, Placement.state == PlacementState.BEZET)
    )
    ordered = sorted(sent, key=lambda one: (one.sent_at, order.get(one.id, len(told))))
    return _Rows(tuple(ordered), frozenset(occupied), told)


def _traject(rows: _Rows, besluit_id: uuid.UUID) -> Traject:
    """Under this besluit: a place that the client has counts first, then who is asked, then what came last."""
    sent = [one for one in rows.of(PlacementPurpose.TRAJECT) if one.besluit_id == besluit_id]
    if any(_has_place(rows, one) for one in sent):
        return Traject.GEPLAATST
    if any(one.state in ASKED for one in sent):
        return Traject.VERWEZEN
    if _nowhere(rows, timeline.GEEN_PLEK, after=(timeline.BESLUIT,), sent=sent):
        return Traject.GEEN_PLEK
    is_with_desk = bool(sent) and sent[-1].state in TAKEN and sent[-1].place_id is None
    return Traject.VERWEZEN if is_with_desk else Traject.BESLOTEN


def _vannacht(rows: _Rows, *, decided: bool) -> Vannacht:
    """Of tonight, under whichever besluit. Where no traject was `decided`, nobody having room was about tonight."""
    sent = rows.of(PlacementPurpose.OVERBRUGGING)
    if any(one.state in ASKED or _has_place(rows, one) for one in sent):
        return Vannacht.BED
    kinds = (timeline.GEEN_BED,) if decided else (timeline.GEEN_BED, timeline.GEEN_PLEK)
    again = (timeline.BESLUIT, timeline.OVERBRUGGING)
    none_left = any(_nowhere(rows, kind, after=again, sent=sent) for kind in kinds)
    return Vannacht.GEEN_BED if none_left else Vannacht.NIETS


def _has_place(rows: _Rows, referral: Referral) -> bool:
    accepted = referral.state is ReferralState.GEACCEPTEERD and referral.id in rows.occupied
    return accepted or referral.state is ReferralState.AANGEKOMEN


def _nowhere(rows: _Rows, kind: str, *, after: Collection[str], sent: Sequence[Referral]) -> bool:
    """Whether the last that was told is that nobody had room: no new besluit since, and nobody asked or answering."""
    ids = {one.id for one in sent}
    for told, about in reversed(rows.lines):
        if told == kind:
            return True
        if told in after or about in ids:
            return False
    return False


def _asks_expertise(session: Session, intake_id: uuid.UUID) -> bool:
    asked = select(ExpertiseRequest.id).where(
        ExpertiseRequest.intake_id == intake_id, ExpertiseRequest.state == ExpertiseState.GEVRAAGD
    )
    return session.scalars(asked.limit(1)).first() is not None
