"""Breaking the policy on purpose: one rule gone or opened wide, one use of it skipped, one declaration forgotten."""

import ast
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, true

from intake import access
from intake.access import policy, relation, row_security
from intake.access.action import WITHOUT_RULE, Action
from intake.access.rules import RULES, Relation, Rule
from intake.tables.account import Role
from intake.web.frame.access import ATTRIBUTE, RouteWithoutAction, guard
from tests.house.source import ROOT, modules

LOCKS = ("fetch", "fetch_all", "scope", "can")
"""The functions of `intake.access.policy` that look at rows; `require` looks at roles only, as each route does before
it."""
NAMES = {one.__name__.rpartition(".")[2] for one in (policy, access)}
"""By which names the house calls the room that keeps the locks: the module inside, its face outside."""
FOR_ALL = frozenset({Relation.ANYWHERE, Relation.SYSTEM})
"""Relations in which everybody, or nobody, stands to every row."""


@dataclass(frozen=True, slots=True, order=True)
class Site:
    """One place in the house where the policy is asked."""

    place: str
    line: int
    lock: str
    verb: str = field(compare=False)
    about: str = field(compare=False, default="")
    """For which action, and for rows of which table: as it is written there."""

    @property
    def name(self) -> str:
        """What it is called as long as the verb stays what it is, whatever line it stands on."""
        return f"{self.lock} {self.about} in {self.place} {self.verb}"

    def __str__(self) -> str:
        return f"{self.name}, line {self.line}"


@dataclass(slots=True)
class Watched:
    """What the policy was asked while it was watched: where, and about which actions."""

    sites: dict[Site, set[Action]] = field(default_factory=dict)
    actions: set[Action] = field(default_factory=set)


@cache
def sites() -> frozenset[Site]:
    """Every place that asks one of the locks."""
    return frozenset(
        Site(module.place, asked.lineno, asked.func.attr, verb.name, _about(asked, asked.func.attr))
        for module in modules()
        for verb in module.tree.body
        if isinstance(verb, ast.FunctionDef)
        for asked in asks(verb)
        if isinstance(asked.func, ast.Attribute)
    )


def asks(tree: ast.AST) -> Iterator[ast.Call]:
    """Every call in this source that asks one of the locks."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in LOCKS:
            room = node.func.value
            if isinstance(room, ast.Name) and room.id in NAMES:
                yield node


def _about(asked: ast.Call, lock: str) -> str:
    """What is asked, without who asks, in which transaction, and which row."""
    first, last = {"can": (1, 2), "scope": (1, 3)}.get(lock, (2, 4))
    return " ".join(ast.unparse(one).removeprefix("Action.") for one in asked.args[first:last])


def rule_mutations(action: Action) -> Iterator[tuple[str, Role, tuple[Rule, ...]]]:
    """Each rule of the action gone; each role given every row, where the rows belong to somebody."""
    own = [rule for rule in RULES if rule.action is action and rule.role is not Role.SYSTEEM]
    for rule in own:
        yield f"without {rule.id}", rule.role, tuple(one for one in RULES if one != rule)
    for role in sorted({rule.role for rule in own if rule.relation not in FOR_ALL}):
        yield f"{action} open for {role}", role, (*RULES, Rule(action, role, Relation.SYSTEM))


def belongs_to_nobody(action: Action) -> bool:
    """Whether everybody who does this act does it to every row: there is nothing to keep apart."""
    return all(rule.relation in FOR_ALL for rule in RULES if rule.action is action)


@contextmanager
def instead(rules: tuple[Rule, ...]) -> Iterator[None]:
    """These rules in place of ours, and the relation `systeem` true for everybody."""
    index: dict[tuple[Action, Role], tuple[Rule, ...]] = {}
    for rule in rules:
        index[rule.action, rule.role] = (*index.get((rule.action, rule.role), ()), rule)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(policy, "_RULES_OF", index)
        patch.setitem(relation._CONDITIONS, Relation.SYSTEM, lambda actor, kind, model: true())
        patch.setitem(relation._OWN, Relation.SYSTEM, lambda actor, path, row: True)
        policy.scope.cache_clear()
        yield
    policy.scope.cache_clear()


@contextmanager
def without_second_lock() -> Iterator[None]:
    """The policy alone, without the lock of the database behind it."""
    with pytest.MonkeyPatch.context() as patch:
        for holder in (row_security, access):
            patch.setattr(holder, "bind", lambda session, actor: None)
        yield


@contextmanager
def watched() -> Iterator[Watched]:
    """Note where the policy is asked, and about what."""
    seen = Watched()

    def noting(lock: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def ask(*args: Any, **kwargs: Any) -> Any:
            about = {one for one in args if isinstance(one, Action)}
            seen.sites.setdefault(_caller(lock), set()).update(about)
            seen.actions.update(about)
            return real(*args, **kwargs)

        return ask

    with pytest.MonkeyPatch.context() as patch:
        for lock in (*LOCKS, "require"):
            _replace(patch, lock, noting(lock, getattr(policy, lock)))
        yield seen


@contextmanager
def skipped(site: Site) -> Iterator[None]:
    """At this one place the policy lets everybody through."""
    real, wide = getattr(policy, site.lock), WIDE[site.lock]

    def ask(*args: Any, **kwargs: Any) -> Any:
        return (wide if _caller(site.lock) == site else real)(*args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        _replace(patch, site.lock, ask)
        yield


def _replace(patch: pytest.MonkeyPatch, lock: str, ask: Callable[..., Any]) -> None:
    """Another lock, in the room and in its face."""
    patch.setattr(policy, lock, ask)
    if hasattr(access, lock):
        patch.setattr(access, lock, ask)


def starts_without(app: Flask, endpoint: str) -> bool:
    """Whether the application would start with this declaration forgotten."""
    view = app.view_functions[endpoint]
    declared = getattr(view, ATTRIBUTE)
    delattr(view, ATTRIBUTE)
    try:
        guard(app)
    except RouteWithoutAction:
        return False
    finally:
        setattr(view, ATTRIBUTE, declared)
    return True


def _caller(lock: str) -> Site:
    """The place two frames up: who asked the policy. A call over more lines counts from its first."""
    frame = sys._getframe(2)
    place = frame.f_code.co_filename.removeprefix(f"{ROOT}/")
    positions = list(frame.f_code.co_positions())[frame.f_lasti // 2]
    return Site(place, positions[0] or frame.f_lineno, lock, frame.f_code.co_name)


def _fetch(session: Any, actor: Any, action: Any, model: Any, row_id: Any, *, lock: bool = False) -> Any:
    del lock
    row = session.scalars(select(model).where(model.id == row_id)).one_or_none()
    if row is None:
        return policy.fetch(session, actor, action, model, row_id)
    return row


def _fetch_all(
    session: Any, actor: Any, action: Any, model: Any, *where: Any, order_by: Any = (), limit: Any = None,
    offset: int = 0, options: Any = (),
) -> Any:  # fmt: skip
    del actor, action
    query = select(model).where(*where).order_by(*order_by).options(*options).limit(limit).offset(offset or None)
    return list(session.scalars(query).unique())


WIDE: dict[str, Callable[..., Any]] = {
    "fetch": _fetch,
    "fetch_all": _fetch_all,
    "scope": lambda *args: true(),
    "can": lambda *args: policy.Decision(allowed=True),
}
ACTIONS = tuple(action for action in Action if action not in WITHOUT_RULE)
