"""The second lock where the database has none of its own (SQLite): a condition added to every query of a bound session.

It says what the policies of PostgreSQL say (migration 0007): rows of the own gemeente, of cases that a living grant
opens, and made by one's own organisation or addressed to it. It catches a query that forgot `intake.access.policy`; raw
SQL it does not see.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Uuid, bindparam, event, exists, or_
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria
from sqlalchemy.sql.base import ExecutableOption

from intake.access.actor import Actor
from intake.tables.access_path import path_of
from intake.tables.grant import Grant
from intake.tables.schema import Base, UtcDateTime

ACTOR = "toegang_loader_lock"
VALUES = "toegang_loader_lock_values"
"""In a session: what the conditions compare with, for the actor to whom the session is bound."""

Values = Mapping[str, Any]
_LOCKS: dict[type[Base], ExecutableOption] = {}


def bind(session: Session, actor: Actor | None) -> None:
    """From now on this session loads only what the tenant of `actor` may see; everything, for none (a job)."""
    session.info[ACTOR] = actor
    session.info[VALUES] = {} if actor is None else _values(actor)


@event.listens_for(Session, "do_orm_execute")
def _add_condition(state: ORMExecuteState) -> None:
    actor: Actor | None = state.session.info.get(ACTOR)
    if actor is None or not (state.is_select or state.is_update or state.is_delete):
        return
    if state.session.get_bind().dialect.name != "sqlite":
        return
    locked = [model for model in {mapper.class_ for mapper in state.all_mappers} if _holds_clients(model)]
    if not locked:
        return
    values = state.session.info[VALUES]
    if state.is_select:
        state.statement = state.statement.options(*(_lock(model) for model in locked))
        state.parameters = {**(state.parameters or {}), **values}  # type: ignore[dict-item]
    else:
        state.statement = state.statement.options(*(_lock_with(model, values) for model in locked))


def _values(actor: Actor) -> Values:
    return {
        "slot_gemeente": actor.log_id,
        "slot_organisaties": sorted(actor.addressed_as),
        "slot_moment": actor.moment,
    }


def _holds_clients(model: type[Base]) -> bool:
    path = path_of(model)
    return bool(path.gemeente) and path.persoonsgegevens


def _lock(model: type[Base]) -> ExecutableOption:
    """The condition on a query, made once for all sessions; what it compares with comes along as parameters."""
    if model not in _LOCKS:
        _LOCKS[model] = _lock_with(model, {})
    return _LOCKS[model]


def _lock_with(model: type[Base], values: Values) -> ExecutableOption:
    """The condition with its values in it: for a change, which the session also holds against what it has loaded."""
    return with_loader_criteria(model, _visible(model, values), include_aliases=True)


def _visible(model: type[Base], values: Values) -> ColumnElement[bool]:
    """Rows of the tenant, made by or addressed to the organisation, or of a case that a living grant opens.

    Who works for no tenant compares with NULL, which is never true.
    """
    path = path_of(model)
    addressed = _parameter("slot_organisaties", Uuid(), values, expanding=True)
    ways: list[ColumnElement[bool]] = [getattr(model, path.gemeente) == _parameter("slot_gemeente", Uuid(), values)]
    ways += [getattr(model, name).in_(addressed) for name in (path.organisatie, path.ontvanger) if name]
    if path.zaak:
        ways.append(exists().where(Grant.zaak_id == getattr(model, path.zaak), _granted(addressed, values)))
    return or_(*ways)


def _granted(addressed: BindParameter[Any], values: Values) -> ColumnElement[bool]:
    """A grant that lives at the moment of the request; one that ends within it counts until its end."""
    moment = _parameter("slot_moment", UtcDateTime(), values)
    return (
        Grant.organisation_id.in_(addressed)
        & (Grant.valid_from <= moment)
        & or_(Grant.valid_until.is_(None), Grant.valid_until > moment)
        & or_(Grant.withdrawn_at.is_(None), Grant.withdrawn_at >= moment)
    )


def _parameter(name: str, kind: Any, values: Values, *, expanding: bool = False) -> BindParameter[Any]:
    return bindparam(name, values.get(name), type_=kind, expanding=expanding, required=name not in values)
