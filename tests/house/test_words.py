"""What is listed is worded and coded completely, in one place."""

import ast

import pytest

from intake.access.action import Action
from tests.house.source import modules


def table(module_name: str, name: str) -> ast.Dict:
    """The dictionary that a module writes out under `name`."""
    (module,) = [one for one in modules() if one.name == module_name]
    for node in module.tree.body:
        if isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == name and isinstance(node.value, ast.Dict):
            return node.value
    pytest.fail(f"{module_name} writes no table {name}")


def test_every_action_has_its_audit_code_spelled_out_once():
    named = [ast.unparse(key) for key in table("intake.access.action", "_CODES").keys if key]
    assert sorted(named) == sorted(f"Action.{action.name}" for action in Action)
