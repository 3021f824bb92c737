"""The second lock where the database has none of its own (SQLite): a condition added to every query of a bound session.

It says what the policies of PostgreSQL say (migration 0007): rows of the own gemeente, of cases that a living grant
opens, and made by one's own organisation or addressed to it. It catches a query that forgot `intake.policy`; raw SQL
it does not see.
"""

from sqlalchemy import ColumnElement, event, exists, false, or_
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria

from intake.actor import Actor
from intake.tables.access_path import path_of
from intake.tables.grant import Grant
from intake.tables.schema import Base

ACTOR = "toegang_loader_lock"
CONDITIONS = "toegang_loader_lock_conditions"
"""In a session: the condition for each model, made once for the actor to whom the session is bound."""


def bind(session: Session, actor: Actor | None) -> None:
    """From now on this session loads only what the tenant of `actor` may see; everything, for none (a job)."""
    session.info[ACTOR] = actor
    session.info[CONDITIONS] = {}


@event.listens_for(Session, "do_orm_execute")
def _add_condition(state: ORMExecuteState) -> None:
    actor: Actor | None = state.session.info.get(ACTOR)
    if actor is None or not (state.is_select or state.is_update or state.is_delete):
        return
    if state.session.get_bind().dialect.name != "sqlite":
        return
    made = state.session.info[CONDITIONS]
    for mapper in set(state.all_mappers):
        model, path = mapper.class_, path_of(mapper.class_)
        if path.gemeente and path.persoonsgegevens:
            if model not in made:
                made[model] = with_loader_criteria(model, _visible(actor, model), include_aliases=True)
            state.statement = state.statement.options(made[model])


def _visible(actor: Actor, model: type[Base]) -> ColumnElement[bool]:
    path = path_of(model)
    ways: list[ColumnElement[bool]] = [getattr(model, path.gemeente) == actor.tenant_id if actor.tenant_id else false()]
    ways += [getattr(model, name).in_(actor.addressed_as) for name in (path.organisatie, path.ontvanger) if name]
    if path.zaak:
        ways.append(exists().where(Grant.zaak_id == getattr(model, path.zaak), _granted(actor)))
    return or_(*ways)


def _granted(actor: Actor) -> ColumnElement[bool]:
    """A grant that lives at the moment of the request; one that ends within it counts until its end."""
    return (
        Grant.organisation_id.in_(actor.addressed_as)
        & (Grant.valid_from <= actor.moment)
        & or_(Grant.valid_until.is_(None), Grant.valid_until > actor.moment)
        & or_(Grant.withdrawn_at.is_(None), Grant.withdrawn_at >= actor.moment)
    )
