"""How an actor stands to a row: once asked of a loaded row (`holds`), once as a condition for a query (`condition`)."""

import uuid
from collections.abc import Callable, Mapping, Sequence

from sqlalchemy import ColumnElement, exists, false, select, true
from sqlalchemy.orm import InstrumentedAttribute, object_session

from intake.access.actor import Actor
from intake.access.grant import is_alive
from intake.access.rules import GRANT_OF, Relation
from intake.keys.keys import NO_TENANT
from intake.tables.access_path import AccessPath, path_of
from intake.tables.account import Role
from intake.tables.audit import AuditEvent
from intake.tables.grant import Grant, GrantKind
from intake.tables.intake import Intake
from intake.tables.log_review import LogReview
from intake.tables.organisation import OrganisationKind
from intake.tables.referral import Referral
from intake.tables.schema import Base

Column = InstrumentedAttribute[uuid.UUID]


def condition(actor: Actor, relation: Relation, model: type[Base]) -> ColumnElement[bool]:
    """The rows of `model` to which the actor stands in `relation`; none when the table cannot tell."""
    return _CONDITIONS[relation](actor, relation, model)


def holds(actor: Actor, relation: Relation, row: Base) -> bool:
    """Whether the actor stands in `relation` to `row`; false when the row is in no session and a query is needed."""
    return bool(those_that_hold(actor, relation, [row]))


def those_that_hold(actor: Actor, relation: Relation, rows: Sequence[Base]) -> set[uuid.UUID]:
    """The keys of the rows, all of one table, to which the actor stands in `relation`; by one query at most."""
    if not rows:
        return set()
    model = type(rows[0])
    own = _OWN.get(relation) if relation is not Relation.OWN_ORGANISATION or path_of(model).organisatie else None
    if own is not None:
        return {_key(row) for row in rows if own(actor, path_of(model), row)}
    session = object_session(rows[0])
    if session is None:
        return set()
    keys = _column(model, "id")
    return set(
        session.scalars(select(keys).where(keys.in_([_key(row) for row in rows]), condition(actor, relation, model)))
    )


def _own_gemeente(actor: Actor, relation: Relation, model: type[Base]) -> ColumnElement[bool]:
    del relation
    return _equals(model, path_of(model).gemeente, actor.tenant_id)


def _own_organisation(actor: Actor, relation: Relation, model: type[Base]) -> ColumnElement[bool]:
    del relation
    path = path_of(model)
    if path.organisatie or not path.zaak:
        return _equals(model, path.organisatie, actor.organisation_id)
    if actor.organisation_id is None:
        return false()
    zaak = _column(model, path.zaak)
    return exists().where(Intake.id == zaak, Intake.organisation_id == actor.organisation_id)


def _granted(actor: Actor, relation: Relation, model: type[Base]) -> ColumnElement[bool]:
    path = path_of(model)
    if not path.zaak:
        return false()
    return exists().where(Grant.zaak_id == _column(model, path.zaak), _to(actor, GRANT_OF[relation]))


def _addressed(actor: Actor, relation: Relation, model: type[Base]) -> ColumnElement[bool]:
    path = path_of(model)
    if path.ontvanger:
        mine: ColumnElement[bool] = _column(model, path.ontvanger).in_(actor.addressed_as)
    elif path.verwijzing:
        receiver = _column(Referral, path_of(Referral).ontvanger)
        mine = exists().where(Referral.id == _column(model, path.verwijzing), receiver.in_(actor.addressed_as))
    else:
        return false()
    return mine & _granted(actor, relation, model)


def _anywhere(actor: Actor, relation: Relation, model: type[Base]) -> ColumnElement[bool]:
    del actor, relation
    return false() if path_of(model).persoonsgegevens else true()


def _system(actor: Actor, relation: Relation, model: type[Base]) -> ColumnElement[bool]:
    del relation, model
    return true() if Role.SYSTEEM in actor.roles and actor.account_id is None else false()


def _region_log(actor: Actor, relation: Relation, model: type[Base]) -> ColumnElement[bool]:
    del relation
    return _equals(model, path_of(model).gemeente, NO_TENANT if _keeps_region_log(actor, model) else None)


def _keeps_region_log(actor: Actor, model: type[object]) -> bool:
    return actor.organisation_kind is OrganisationKind.REGIO and issubclass(model, AuditEvent | LogReview)


_CONDITIONS: Mapping[Relation, Callable[[Actor, Relation, type[Base]], ColumnElement[bool]]] = {
    Relation.OWN_GEMEENTE: _own_gemeente,
    Relation.OWN_ORGANISATION: _own_organisation,
    Relation.ADDRESSED: _addressed,
    Relation.REFERRAL: _granted,
    Relation.ROUTED: _granted,
    Relation.REGION: _granted,
    Relation.EMERGENCY: _granted,
    Relation.ANYWHERE: _anywhere,
    Relation.REGION_LOG: _region_log,
    Relation.SYSTEM: _system,
}


def _is(row: Base, column: str, wanted: uuid.UUID | None) -> bool:
    return bool(column) and wanted is not None and _value(row, column) == wanted


_OWN: Mapping[Relation, Callable[[Actor, AccessPath, Base], bool]] = {
    Relation.OWN_GEMEENTE: lambda actor, path, row: _is(row, path.gemeente, actor.tenant_id),
    Relation.OWN_ORGANISATION: lambda actor, path, row: _is(row, path.organisatie, actor.organisation_id),
    Relation.ANYWHERE: lambda _actor, path, _row: not path.persoonsgegevens,
    Relation.REGION_LOG: lambda actor, path, row: (
        _keeps_region_log(actor, type(row)) and _is(row, path.gemeente, NO_TENANT)
    ),
    Relation.SYSTEM: lambda actor, _path, _row: Role.SYSTEEM in actor.roles and actor.account_id is None,
}
"""Relations that need nothing but the row; that of the organisation when the row itself says whose it is."""


def _to(actor: Actor, kind: GrantKind) -> ColumnElement[bool]:
    """A living grant of this kind to the actor: emergency access to the person, all else to the organisation."""
    to_whom = Grant.account_id == actor.account_id if kind is GrantKind.DOORBREKEN else Grant.account_id.is_(None)
    return (Grant.kind == kind) & Grant.organisation_id.in_(actor.addressed_as) & to_whom & is_alive(actor.moment)


def _equals(model: type[Base], column: str, wanted: uuid.UUID | None) -> ColumnElement[bool]:
    return false() if not column or wanted is None else _column(model, column) == wanted


def _column(model: type[Base], name: str) -> Column:
    column: Column = getattr(model, name)
    return column


def _key(row: Base) -> uuid.UUID:
    key: uuid.UUID = row.id  # type: ignore[attr-defined]
    return key


def _value(row: Base, name: str) -> uuid.UUID | None:
    found: uuid.UUID | None = getattr(row, name)
    return found
