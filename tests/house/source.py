"""The source of the house, parsed once, for the tests that look at it."""

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("config", "forms", "rules", "reports", "intake")


@dataclass(frozen=True)
class Module:
    name: str
    path: Path
    text: str
    tree: ast.Module

    @property
    def place(self) -> str:
        return str(self.path.relative_to(ROOT))


def _name(path: Path) -> str:
    parts = list(path.relative_to(ROOT).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def modules() -> tuple[Module, ...]:
    paths = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]
    paths.append(ROOT / "wsgi.py")
    found = []
    for path in paths:
        text = path.read_text(encoding="utf-8")
        found.append(Module(_name(path), path, text, ast.parse(text)))
    return tuple(found)
