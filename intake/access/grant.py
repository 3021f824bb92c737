"""Giving, withdrawing and asking after routed access."""

import uuid
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import Session

from intake.access.actor import Actor
from intake.tables.grant import Grant, GrantKind


def give(
    session: Session,
    actor: Actor,
    *,
    gemeente_id: uuid.UUID,
    zaak_id: uuid.UUID,
    to: uuid.UUID,
    kind: GrantKind,
    ontvanger: str,
    grondslag: str,
    until: datetime | None = None,
    reason: str = "",
) -> Grant:
    """Organisation `to` may look at the case from this moment, as a receiver of kind `ontvanger`.

    A living grant of the same kind to the same organisation stays and is returned; the right does not double.
    """
    living = _living(session, actor, zaak_id, to, kind)
    if living is not None and living.ontvanger == ontvanger and living.valid_until == until:
        return living
    grant = Grant(
        id=uuid.uuid4(),
        gemeente_id=gemeente_id,
        zaak_id=zaak_id,
        organisation_id=to,
        kind=kind,
        ontvanger=ontvanger,
        grondslag=grondslag,
        reason=reason,
        valid_from=actor.moment,
        valid_until=until,
        given_by=actor.account_id,
    )
    session.add(grant)
    session.flush()
    return grant


def _living(session: Session, actor: Actor, zaak_id: uuid.UUID, to: uuid.UUID, kind: GrantKind) -> Grant | None:
    """The grant of this kind that the organisation has already."""
    return session.scalars(
        select(Grant)
        .where(Grant.zaak_id == zaak_id, Grant.organisation_id == to, Grant.kind == kind, Grant.account_id.is_(None))
        .where(is_alive(actor.moment))
        .limit(1)
    ).first()


def withdraw(session: Session, actor: Actor, *, zaak_id: uuid.UUID, to: uuid.UUID, kind: GrantKind) -> int:
    """Organisation `to` no longer looks at the case by grants of this kind; how many were ended."""
    ended = session.execute(
        update(Grant)
        .where(Grant.zaak_id == zaak_id, Grant.organisation_id == to, Grant.kind == kind)
        .where(Grant.withdrawn_at.is_(None))
        .values(withdrawn_at=actor.moment)
        .execution_options(synchronize_session="fetch")
        .returning(Grant.id)
    )
    return len(ended.all())


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
