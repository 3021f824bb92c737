"""The states of the two nouns on which everybody waits have one writer each."""

import ast
from collections.abc import Iterator

import pytest

from tests.house.source import modules

CASE, REFERRAL = "intake.case.standing", "intake.referrals.sending.line"
OWN_NAMES = {"Intake": {"case", "intake"}, "Referral": {"referral", "one", "made", "sent"}}
"""What the house calls a row of each; `other.state = ReferralState.…` is caught by its value."""


def _parts(target: ast.expr) -> Iterator[ast.Attribute]:
    if isinstance(target, ast.Tuple | ast.List):
        for one in target.elts:
            yield from _parts(one)
    elif isinstance(target, ast.Attribute) and target.attr == "state":
        yield target


def _names(tree: ast.AST) -> set[str]:
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def _assigned(node: ast.AST) -> list[tuple[ast.Attribute, ast.expr | None]]:
    if isinstance(node, ast.Assign):
        return [(part, node.value) for target in node.targets for part in _parts(target)]
    if isinstance(node, ast.AnnAssign | ast.AugAssign):
        return [(part, node.value) for part in _parts(node.target)]
    return []


def writes(tree: ast.AST, model: str) -> list[int]:
    """The lines that give a row of `model` its state: by assigning, making it, changing many, or `setattr`."""
    found = []
    for node in ast.walk(tree):
        for target, value in _assigned(node):
            named = isinstance(target.value, ast.Name) and target.value.id in OWN_NAMES[model]
            says = value is not None and f"{model}State" in _names(value)
            if named or says:
                found.append(node.lineno)
        if isinstance(node, ast.Call) and "state" in {keyword.arg for keyword in node.keywords}:
            makes = isinstance(node.func, ast.Name) and node.func.id == model
            changes = isinstance(node.func, ast.Attribute) and node.func.attr == "values" and model in _names(node.func)
            if makes or changes:
                found.append(node.lineno)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "setattr":
            to_state = any(isinstance(one, ast.Constant) and one.value == "state" for one in node.args)
            found += [node.lineno] if to_state else []
    return found


def _writers(model: str) -> set[str]:
    return {module.name for module in modules() if f"{model}" in module.text and writes(module.tree, model)}


def test_one_module_writes_the_state_of_a_case():
    assert _writers("Intake") == {CASE}


def test_one_module_writes_the_state_of_a_referral():
    assert _writers("Referral") == {REFERRAL}


@pytest.mark.parametrize(
    ("source", "model"),
    [
        ("case.state = after", "Intake"),
        ("row.state = IntakeState.BESLOTEN", "Intake"),
        ("case.state, case.changed_at = state, now", "Intake"),
        ("Intake(id=1, state=IntakeState.INGEDIEND)", "Intake"),
        ("session.execute(update(Intake).where(Intake.id == 1).values(state='besloten'))", "Intake"),
        ("setattr(case, 'state', after)", "Intake"),
        ("referral.state, referral.active = after, True", "Referral"),
        ("Referral(id=1, state=ReferralState.VERZONDEN)", "Referral"),
    ],
)
def test_every_way_to_write_a_state_is_seen(source, model):
    assert writes(ast.parse(source), model)


@pytest.mark.parametrize("source", ["term.state = DeadlineState.LOOPT", "if case.state is before: pass"])
def test_what_writes_no_state_of_a_case_is_left_alone(source):
    assert not writes(ast.parse(source), "Intake")
