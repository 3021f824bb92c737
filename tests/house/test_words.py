"""What is listed is worded and coded completely, in one place."""

import ast
import re
from pathlib import Path

import pytest

from intake.access.action import Action
from rules.values import Urgentie
from tests.house.source import ROOT, modules


def table(module_name: str, name: str) -> ast.Dict:
    """The dictionary that a module writes out under `name`."""
    (module,) = [one for one in modules() if one.name == module_name]
    for node in module.tree.body:
        if isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == name and isinstance(node.value, ast.Dict):
            return node.value
    pytest.fail(f"{module_name} writes no table {name}")


def templates() -> list[Path]:
    return [path for room in ("intake", "reports") for path in sorted((ROOT / room).rglob("*.html"))]


def test_every_action_has_its_audit_code_spelled_out_once():
    named = [ast.unparse(key) for key in table("intake.access.action", "_CODES").keys if key]
    assert sorted(named) == sorted(f"Action.{action.name}" for action in Action)


def test_an_urgency_is_spelled_in_one_place():
    code = re.compile(rf"[\"'](?:{'|'.join(Urgentie)})[\"']")
    written = {module.place: module.text for module in modules() if module.name != "rules.values.urgentie"}
    written |= {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in templates()}
    assert not [place for place, text in written.items() if code.search(text)]


def test_no_dutch_is_made_by_taking_the_underscores_out_of_a_code():
    """A code of a closed list has words; only what a rule set coined for itself is spoken as it is written."""
    out_of_code = re.compile(r"""replace\(\s*["']_["'],\s*["'] ["']\s*\)""")
    written = {module.place: module.text for module in modules() if module.name != "rules.values.coined"}
    written |= {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in templates()}
    assert not [place for place, text in written.items() if out_of_code.search(text)]


def test_no_python_names_a_rule_table():
    """A table declares in its own set where its reasons are read; the id of a row needs no table by name either."""
    table_id = re.compile(r"T[0-9]+[a-z]?(?:[-.].*)?", re.DOTALL)
    wrong = [
        f"{module.place}:{node.lineno} {node.value}"
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and table_id.fullmatch(node.value)
    ]
    wrong += [str(path.relative_to(ROOT)) for path in templates() if re.search(r"[\"']T[0-9]", path.read_text("utf-8"))]
    assert not wrong
