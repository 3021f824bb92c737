"""A file or a function that one cannot take in at a glance is split by subject."""

import ast
from pathlib import Path

from tests.house.source import ROOT, modules

MAX_FILE = 300
MAX_STEP = 400
"""A step of the schema lists the columns of its tables once and is never read as a story."""
MAX_FUNCTION = 40


def test_no_file_is_past_300_lines():
    tests = sorted((ROOT / "tests").rglob("*.py"))
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in tests}
    lengths |= {module.path: len(module.text.splitlines()) for module in modules()}
    assert not {str(path.relative_to(ROOT)): length for path, length in lengths.items() if length > most(path)}


def most(path: Path) -> int:
    return MAX_STEP if path.parent.name == "versions" else MAX_FILE


def test_no_function_is_past_40_lines():
    long = [
        f"{module.place}:{node.lineno} {node.name}"
        for module in modules()
        if ".migrations." not in module.name
        for node in ast.walk(module.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 > MAX_FUNCTION
    ]
    assert not long


def test_every_room_says_in_a_sentence_what_it_holds():
    without = [module.place for module in modules() if not ast.get_docstring(module.tree)]
    assert not without
