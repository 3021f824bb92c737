"""Imports run downhill only, without circles, wherever in a file they stand."""

import ast
import graphlib
import subprocess
import sys
from pathlib import Path

from tests.house.source import ROOT, Module, modules

SLOW_TO_IMPORT = {"weasyprint", "reports.letters.press"}  # press imports weasyprint


def imported(module: Module) -> set[str]:
    names = set()
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module.place}:{node.lineno} imports relatively"
            names |= {node.module or ""} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def test_no_modules_import_each_other_in_a_circle():
    known = {module.name for module in modules()}
    graph = {module.name: (imported(module) & known) - {module.name} for module in modules()}
    for name, targets in graph.items():
        # Importing a module runs its packages first; a package that gathers its own modules is no circle.
        graph[name] = {
            target for target in targets if not target.startswith(f"{name}.") and not name.startswith(f"{target}.")
        }
    graphlib.TopologicalSorter(graph).prepare()


def test_no_function_imports_but_what_is_slow_to_import():
    wrong = []
    for module in modules():
        for outer in ast.walk(module.tree):
            if not isinstance(outer, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            for node in ast.walk(outer):
                if isinstance(node, ast.Import):
                    names = {alias.name for alias in node.names}
                elif isinstance(node, ast.ImportFrom):
                    names = {f"{node.module}.{alias.name}" for alias in node.names} | {node.module or ""}
                else:
                    continue
                if not names & SLOW_TO_IMPORT:
                    wrong.append(f"{module.place}:{node.lineno}")
    assert not wrong


def test_the_import_contracts_hold():
    command = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run([command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout
