"""Which cases are restricted (AVG art. 18), and what may be done with them meanwhile.

While it lasts the file is kept and hardly used: the teamleider of the gemeente reads it and, with the privacy officer,
carries out the rights of the client; who opens it in an emergency sees it too. For everybody else it is not there, and
no rule runs on it. This rule wins over every rule that allows.
"""

import uuid

from sqlalchemy import ColumnElement, event, exists, select
from sqlalchemy.orm import InstrumentedAttribute, Session, object_session

from intake.access.action import Action
from intake.access.actor import Actor
from intake.access.rules import Relation, Rule
from intake.tables.access_path import path_of
from intake.tables.account import Role
from intake.tables.draft import Draft
from intake.tables.intake import Intake
from intake.tables.mark import RestrictedCase
from intake.tables.schema import Base

KEEPERS = frozenset({Role.TEAMLEIDER, Role.FG})
"""Whose own rules still hold for a restricted file."""
RIGHTS = frozenset(
    {
        Action.READ_INTAKE,
        Action.READ_DRAFT,
        Action.READ_REFERRAL,
        Action.READ_LETTER,
        Action.READ_REVIEW,
        Action.SHOW_BSN,
        Action.WHO_LOOKED,
        Action.EXPORT_FILE,
        Action.CORRECT_FILE,
        Action.DESTROY_FILE,
        Action.RESTRICT_FILE,
        Action.REVIEW_AUDIT,
    }
)
"""What they may do with it: read, and carry out the rights of the client."""
KNOWN = "toegang_restricted_cases"


def allows(rule: Rule) -> bool:
    """Whether this rule also holds for a case that is restricted."""
    if rule.relation is Relation.EMERGENCY:
        return True
    return rule.relation is Relation.OWN_GEMEENTE and rule.role in KEEPERS and rule.action in RIGHTS


def is_restricted(session: Session, intake_id: uuid.UUID) -> bool:
    """Whether the processing of this case is restricted now."""
    return intake_id in _known(session)


def keeps(session: Session, actor: Actor, case: Intake) -> bool:
    """Whether the case is restricted and the actor is one of those of the gemeente who keep it."""
    own = actor.tenant_id == case.gemeente_id and bool(actor.roles & KEEPERS)
    return own and is_restricted(session, case.id)


def row_is_restricted(row: Base) -> bool:
    """Whether `row` belongs to a case that is restricted now."""
    session, column = object_session(row), _case_column(type(row))
    if session is None or not column:
        return False
    return getattr(row, column) in _known(session)


def not_restricted(model: type[Base]) -> ColumnElement[bool] | None:
    """The rows of `model` that belong to no restricted case; none for a table whose rows belong to no case."""
    column = _case_column(model)
    if not column:
        return None
    case: InstrumentedAttribute[uuid.UUID] = getattr(model, column)
    return ~exists().where(RestrictedCase.intake_id == case)


def forget(session: Session) -> None:
    """Look anew at which cases are restricted."""
    session.info.pop(KNOWN, None)


def _known(session: Session) -> frozenset[uuid.UUID]:
    """The few cases that are restricted now, read once in a transaction."""
    found: frozenset[uuid.UUID] | None = session.info.get(KNOWN)
    if found is None:
        found = session.info[KNOWN] = frozenset(session.scalars(select(RestrictedCase.intake_id)))
    return found


def _case_column(model: type[Base]) -> str:
    return "intake_id" if model is Draft else path_of(model).zaak


for _moment in ("after_commit", "after_rollback"):
    event.listen(Session, _moment, forget)
