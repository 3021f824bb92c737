"""Giving, withdrawing and asking after routed access."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlalchemy.orm import Session

from intake.access.actor import Actor
from intake.tables.grant import Grant, GrantKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Right:
    """That the organisation `to` may look at a case, because of one thing."""

    zaak_id: uuid.UUID
    to: uuid.UUID
    kind: GrantKind


@dataclass(frozen=True, slots=True, kw_only=True)
class NewGrant(Right):
    """A right that is to be given: as a receiver of kind `ontvanger`, on which ground, until when."""

    gemeente_id: uuid.UUID
    ontvanger: str
    grondslag: str
    until: datetime | None = None
    reason: str = ""


def give(session: Session, actor: Actor, wanted: NewGrant) -> Grant:
    """The organisation may look at the case from this moment.

    A living grant of the same kind to the same organisation stays and is returned; the right does not double.
    """
    living = _living(session, actor, wanted)
    if living is not None and living.ontvanger == wanted.ontvanger and living.valid_until == wanted.until:
        return living
    grant = Grant(
        id=uuid.uuid4(),
        gemeente_id=wanted.gemeente_id,
        zaak_id=wanted.zaak_id,
        organisation_id=wanted.to,
        kind=wanted.kind,
        ontvanger=wanted.ontvanger,
        grondslag=wanted.grondslag,
        reason=wanted.reason,
        valid_from=actor.moment,
        valid_until=wanted.until,
        given_by=actor.account_id,
    )
    session.add(grant)
    session.flush()
    return grant


def _living(session: Session, actor: Actor, right: Right) -> Grant | None:
    """The grant of this right that the organisation has already."""
    return session.scalars(
        select(Grant).where(_gives(right), Grant.account_id.is_(None)).where(is_alive(actor.moment)).limit(1)
    ).first()


def withdraw(session: Session, actor: Actor, right: Right) -> int:
    """The organisation no longer looks at the case by grants of this right; how many were ended."""
    ended = session.execute(
        update(Grant)
        .where(_gives(right))
        .where(Grant.withdrawn_at.is_(None))
        .values(withdrawn_at=actor.moment)
        .execution_options(synchronize_session="fetch")
        .returning(Grant.id)
    )
    return len(ended.all())


def _gives(right: Right) -> ColumnElement[bool]:
    return and_(Grant.zaak_id == right.zaak_id, Grant.organisation_id == right.to, Grant.kind == right.kind)


def is_alive(moment: datetime) -> ColumnElement[bool]:
    """The grant gives its right at `moment`."""
    return (
        (Grant.valid_from <= moment)
        & Grant.withdrawn_at.is_(None)
        & or_(Grant.valid_until.is_(None), Grant.valid_until > moment)
    )


def receiver_kind(session: Session, actor: Actor, zaak_id: uuid.UUID) -> str | None:
    """As which kind of receiver (`Form.shown`) the actor sees the case; none when by no grant."""
    return session.scalars(
        select(Grant.ontvanger)
        .where(Grant.zaak_id == zaak_id, Grant.organisation_id.in_(actor.addressed_as), is_alive(actor.moment))
        .where(or_(Grant.account_id.is_(None), Grant.account_id == actor.account_id))
        .order_by(Grant.valid_from.desc())
        .limit(1)
    ).first()
