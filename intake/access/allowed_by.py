"""Which rule of the policy allowed an act: what the audit log says of it (autorisatieProtocol).

The policy remembers by which rule it gave a row; an act on that row, or on the case that it belongs to, is allowed by
that rule. What the policy was not asked about in this transaction is looked up in the same table of rules.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from intake.access.action import Action
from intake.access.actor import Actor
from intake.access.relation import holds
from intake.access.rules import RULES_OF, Rule
from intake.tables.access_path import path_of
from intake.tables.schema import Base

DECIDED = "toegang_decided"
_Decisions = dict[tuple[uuid.UUID | None, Action | None, uuid.UUID | None], str]


@dataclass(frozen=True, slots=True)
class Ruling:
    """What was asked of the policy, and the rule by which it said yes."""

    action: Action
    rule: str


def rules_of(actor: Actor, action: Action) -> Iterable[Rule]:
    """The rules by which some role of the actor does this action."""
    return (rule for role in sorted(actor.roles) for rule in RULES_OF.get((action, role), ()))


def remember(session: Session, actor: Actor, row: Base, given: Ruling) -> None:
    """The policy gave this row to the actor for this action by this rule."""
    decided: _Decisions = session.info.setdefault(DECIDED, {})
    action, rule = given.action, given.rule
    for one in (*_ids(row), None):
        decided[actor.account_id, action, one] = decided[actor.account_id, None, one] = rule


def rule_for(session: Session, actor: Actor, action: Action, about: Base | None) -> str:
    """The rule by which the actor did this to `about`; empty for what needs no rule (logging in)."""
    decided: _Decisions = session.info.get(DECIDED, {})
    who, ids = actor.account_id, () if about is None else _ids(about)
    for one in ids:
        if decided.get((who, action, one)):
            return decided[who, action, one]
    own = [rule for rule in rules_of(actor, action) if about is None or holds(actor, rule.relation, about)]
    if own:
        return own[0].id
    following = [decided[who, None, one] for one in (*ids, None) if decided.get((who, None, one))]
    return following[0] if following else next((rule.id for rule in rules_of(actor, action)), "")


def _ids(row: Base) -> tuple[uuid.UUID, ...]:
    """The row, and the case that it belongs to."""
    names = ("id", path_of(type(row)).zaak)
    return tuple(dict.fromkeys(getattr(row, name) for name in names if name and hasattr(row, name)))
