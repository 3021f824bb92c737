"""Asking the policy: may this actor do this to that (`can`), to which rows (`scope`), and the loaders that obey it.

`can` and `scope` read the same rules; a property test keeps them equal on both databases. `fetch` and `fetch_all` are
the only ways by which a row of a client reaches a verb or a page: they refuse what is not there and what is not yours
with the same error, and write the audit row of the reading.
"""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, false, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.orm.interfaces import ORMOption

from intake.access import restriction
from intake.access.action import WITHOUT_RULE, Action, audit_code
from intake.access.actor import Actor
from intake.access.allowed_by import Ruling, remember
from intake.access.audit import audit
from intake.access.relation import condition, holds, those_that_hold
from intake.access.rules import RULES_OF, Rule
from intake.keys.keys import preload_case_keys
from intake.tables.access_path import path_of
from intake.tables.audit import AuditCode, Outcome
from intake.tables.schema import Base

__all__ = ["Action", "Decision", "Forbidden", "NotFound", "can", "fetch", "fetch_all", "may", "require", "scope"]

Row = TypeVar("Row", bound=Base)
_RULES_OF = RULES_OF


class NotFound(LookupError):
    """There is no such row, or it is not yours: the same answer for both. Carries what the audit log must hold."""

    def __init__(self, refusal: audit.Entry) -> None:
        super().__init__("Deze pagina bestaat niet, of is niet voor u.")
        self.refusal = replace(refusal, outcome=Outcome.REFUSED)


class Forbidden(PermissionError):
    """Your role does not do this. Says nothing about any object."""

    def __init__(self, refusal: audit.Entry) -> None:
        super().__init__("Dit hoort niet bij uw rol.")
        self.refusal = replace(refusal, outcome=Outcome.REFUSED)


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer of the policy. True or False by itself; `rule` is what allowed it."""

    allowed: bool
    rule: str = ""

    def __bool__(self) -> bool:
        return self.allowed


def may(actor: Actor, action: Action) -> bool:
    """Whether some role of the actor does this action at all, to whatever object."""
    return action in WITHOUT_RULE or any(_rules(actor, action))


def require(actor: Actor, action: Action) -> None:
    """Go on only if the actor's role does this.

    Raises:
        Forbidden: it does not.
    """
    if not may(actor, action):
        raise Forbidden(audit.refused(actor, action))


def can(actor: Actor, action: Action, obj: Base) -> Decision:
    """Whether the actor may do this to `obj`, a row that is loaded in a session; the first rule that says so."""
    for rule in _rules(actor, action):
        if holds(actor, rule.relation, obj) and (restriction.allows(rule) or not restriction.row_is_restricted(obj)):
            return Decision(allowed=True, rule=rule.id)
    return Decision(allowed=False)


@lru_cache(maxsize=64)
def scope(actor: Actor, action: Action, model: type[Base]) -> ColumnElement[bool]:
    """The rows of `model` to which the actor may do this, as a condition for a query."""
    return or_(false(), *(_rows_by(actor, rule, model) for rule in _rules(actor, action)))


def fetch(
    session: Session, actor: Actor, action: Action, model: type[Row], row_id: uuid.UUID, *, lock: bool = False
) -> Row:
    """The row with this id, if the actor may do `action` to it; a read of personal data is logged.

    Args:
        session: the transaction; the audit row is written in it.
        actor: who asks.
        action: what will be done with the row.
        model: the table.
        row_id: its key.
        lock: hold the row until the commit (SELECT FOR UPDATE).

    Raises:
        NotFound: no such row, or not for this actor.
    """
    query = select(model).where(_key(model) == row_id, scope(actor, action, model))
    row = session.scalars(query.with_for_update() if lock else query).one_or_none()
    if row is None:
        raise NotFound(audit.refused(actor, action, subject_kind=model.__tablename__, object_id=row_id))
    allowed_by = _rules_of_rows(actor, action, [row])
    remember(session, actor, row, Ruling(action, allowed_by.get(_id(row), "")))
    if _is_logged(action, type(row)):
        _log_reading(session, actor, [row], _Read(action, allowed_by))
    return row


def fetch_all(
    session: Session,
    actor: Actor,
    action: Action,
    model: type[Row],
    *where: ColumnElement[bool],
    order_by: Iterable[Any] = (),
    limit: int | None = None,
    offset: int = 0,
    options: Iterable[ORMOption] = (),
) -> list[Row]:
    """The rows that meet `where` and that the actor may do `action` to; one audit row per data subject read."""
    query = select(model).where(scope(actor, action, model), *where).order_by(*order_by).options(*options)
    rows = list(session.scalars(query.limit(limit).offset(offset or None)).unique())
    if rows and _is_logged(action, type(rows[0])):
        _log_reading(session, actor, rows, _Read(action, _rules_of_rows(actor, action, rows)))
    return rows


def _rules(actor: Actor, action: Action) -> Iterable[Rule]:
    if actor.only is not None and action not in actor.only:
        return ()
    return (rule for role in sorted(actor.roles) for rule in _RULES_OF.get((action, role), ()))


def _key(model: type[Base]) -> InstrumentedAttribute[uuid.UUID]:
    key: InstrumentedAttribute[uuid.UUID] = model.id  # type: ignore[attr-defined]
    return key


def _is_logged(action: Action, model: type[Base]) -> bool:
    return audit_code(action) is AuditCode.READ and path_of(model).persoonsgegevens


@dataclass(frozen=True, slots=True)
class _Read:
    """With which action rows were read, and by which rule each of them."""

    action: Action
    allowed_by: Mapping[uuid.UUID, str]


def _log_reading(session: Session, actor: Actor, rows: list[Row], read: _Read) -> None:
    """A row in the log for each data subject that is read, with the rule by which."""
    model = type(rows[0])
    preload_case_keys(session, {getattr(row, path_of(model).zaak or "id") for row in rows})
    for row in rows:
        audit.record(session, actor, read.action, about=row, rule=read.allowed_by.get(_id(row), ""))


def _rules_of_rows(actor: Actor, action: Action, rows: list[Row]) -> dict[uuid.UUID, str]:
    """By which rule each row may be read; as many queries as there are rules, however many rows."""
    found: dict[uuid.UUID, str] = {}
    for rule in _rules(actor, action):
        left = [row for row in rows if _id(row) not in found]
        if not restriction.allows(rule):
            left = [row for row in left if not restriction.row_is_restricted(row)]
        if left:
            found |= dict.fromkeys(those_that_hold(actor, rule.relation, left), rule.id)
    return found


def _rows_by(actor: Actor, rule: Rule, model: type[Base]) -> ColumnElement[bool]:
    """The rows that this rule opens: those of a restricted case only where the rule says so."""
    rows, free = condition(actor, rule.relation, model), restriction.not_restricted(model)
    return rows if free is None or restriction.allows(rule) else rows & free


def _id(row: Base) -> uuid.UUID:
    key: uuid.UUID = row.id  # type: ignore[attr-defined]
    return key
