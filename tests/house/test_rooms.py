"""Rooms: a folder that one can take in at a glance, with a face that says what its doors may use."""

import ast
import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from intake.web import app
from tests.house.source import ROOT, Module, modules

MOST_MODULES = 15
LISTS = {"intake/tables", "intake/migrations/versions"}
"""Folders that are a list by nature: a module per table, a module per step of the schema."""
MOST_NAMES = 16
SIBLINGS = 2
DOORS = ("web", "api", "cli", "worker", "demo")
FLOORS = {"tables", "migrations"}
"""Packages without a face: the ground floor, which everybody reads."""
LONGEST_TEMPLATE_LINE = 200
NAMED = re.compile(r"`((?:config|forms|rules|reports|intake)(?:\.\w+)+)`")


def folders() -> dict[str, list[Module]]:
    found: dict[str, list[Module]] = defaultdict(list)
    for module in modules():
        if module.path.name != "__init__.py" and module.path.parent != ROOT:
            found[str(module.path.parent.relative_to(ROOT))].append(module)
    return dict(found)


def faces() -> dict[str, Module]:
    """The face of each room of the domain and of the rules."""
    return {
        module.name: module
        for module in modules()
        if module.path.name == "__init__.py" and _is_room(module.name.split("."))
    }


def _is_room(parts: list[str]) -> bool:
    if parts[0] == "rules":
        return len(parts) == 2
    return parts[0] == "intake" and len(parts) > 1 and parts[1] not in {*DOORS, *FLOORS}


def offered(module: Module) -> list[str]:
    """The written list of a face; empty when it writes none."""
    for node in module.tree.body:
        if isinstance(node, ast.Assign) and [ast.unparse(one) for one in node.targets] == ["__all__"]:
            return list(ast.literal_eval(node.value))
    return []


def test_a_folder_holds_no_more_modules_than_one_can_take_in():
    crowded = {name: len(found) for name, found in folders().items() if len(found) > MOST_MODULES}
    assert set(crowded) <= LISTS, crowded


def test_no_three_siblings_begin_with_the_same_word():
    rows = []
    for folder, found in folders().items():
        words = Counter(module.path.stem.split("_")[0] for module in found)
        rows += [f"{folder}: {word}" for word, count in words.items() if count > SIBLINGS and folder not in LISTS]
    assert not rows, "a room that wants to be born"


@pytest.mark.parametrize("name", sorted(faces()))
def test_a_face_says_in_a_sentence_what_the_room_holds_and_lists_what_it_offers(name):
    face = faces()[name]
    lines = (ast.get_docstring(face.tree) or "").splitlines()
    assert lines, name
    assert lines[0].endswith((".", ":")), lines[0]
    names = offered(face)
    assert len(names) <= MOST_NAMES, "this room wants to split"
    imported = {
        alias.asname or alias.name
        for node in face.tree.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert imported == set(names), "what is imported is what is offered"
    others = [node for node in face.tree.body if not isinstance(node, ast.ImportFrom | ast.Expr | ast.Assign)]
    assert not others, "a face only hands names on"


def test_no_face_offers_a_name_that_hides_a_module_of_its_own():
    rows = []
    for name, face in faces().items():
        inside = {path.stem for path in face.path.parent.iterdir() if path.suffix == ".py" or path.is_dir()}
        rows += [f"{name}.{one}" for one in offered(face) if one in inside]
    assert not rows


def test_doors_import_only_what_a_face_lists():
    """The contracts keep inner modules from the doors; this keeps their names from coming round by the face."""
    known, wrong = faces(), []
    for module in modules():
        parts = module.name.split(".")
        if module.name != "wsgi" and not (parts[0] == "intake" and len(parts) > 1 and parts[1] in DOORS):
            continue
        for node in ast.walk(module.tree):
            if not isinstance(node, ast.ImportFrom) or node.module is None:
                continue
            if _is_room(node.module.split(".")) and node.module not in known:
                wrong.append(f"{module.place}:{node.lineno} imports {node.module}, which is inner")
            elif node.module in known and node.module.startswith("intake."):
                may = {*offered(known[node.module]), *_rooms_inside(node.module)}
                wrong += [f"{module.place}:{node.lineno} {one.name}" for one in node.names if one.name not in may]
    assert not wrong


def _rooms_inside(name: str) -> set[str]:
    return {one.rpartition(".")[2] for one in faces() if one.rpartition(".")[0] == name}


def test_every_name_that_a_face_offers_is_used_outside_it():
    used: dict[str, set[str]] = defaultdict(set)
    for module in modules():
        heads = {}
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ImportFrom) and node.module:
                for alias in node.names:
                    used[node.module].add(alias.name)
                    heads[alias.asname or alias.name] = f"{node.module}.{alias.name}"
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in heads:
                used[heads[node.value.id]].add(node.attr)
    idle = [f"{name}.{one}" for name, face in faces().items() for one in offered(face) if one not in used[name]]
    assert not idle


def test_what_a_docstring_names_is_there():
    known = {module.name for module in modules()}
    lost = []
    for module in modules():
        for line, text in enumerate(module.text.splitlines(), 1):
            for name in NAMED.findall(text):
                parent, _, last = name.rpartition(".")
                owner = name if name in known else parent if parent in known else parent.rpartition(".")[0]
                rest = name.removeprefix(owner).strip(".").split(".")[0]
                if owner not in known or (rest and not re.search(rf"\b{re.escape(rest)}\b", _text(owner))):
                    lost.append(f"{module.place}:{line} {name} ({last})")
    assert not lost


def _text(name: str) -> str:
    return next(module.text for module in modules() if module.name == name)


def test_no_template_line_runs_off_the_screen():
    templates = [path for room in ("intake", "reports") for path in (ROOT / room).rglob("*.html")]
    assert templates
    assert not [row for path in templates for row in _long_lines(path)]


def _long_lines(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    place = path.relative_to(ROOT)
    return [f"{place}:{at}" for at, line in enumerate(lines, 1) if len(line) > LONGEST_TEMPLATE_LINE]


def test_templates_lie_in_rooms_that_have_pages():
    folder = ROOT / "intake" / "web" / "templates"
    rooms = {path.name for path in (ROOT / "intake" / "web").iterdir() if (path / "__init__.py").is_file()}
    assert {path.name for path in folder.iterdir()} <= rooms


def test_every_room_with_pages_is_served_and_hands_in_its_part_of_the_menu():
    packages = {module.name: module for module in modules() if _is_room_of_pages(module)}
    with_pages = {name for name, face in packages.items() if "BLUEPRINTS" in offered(face)}
    assert {room.__name__ for room in app.ROOMS} == with_pages
    assert all(offered(packages[name]) == ["BLUEPRINTS", "ENTRIES"] for name in with_pages)
    labels = [entry.label for entry in app.MENU]
    assert len(labels) == len(set(labels))


def _is_room_of_pages(module: Module) -> bool:
    return module.path.name == "__init__.py" and module.name.startswith("intake.web.")
