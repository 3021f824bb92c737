"""What the house promises about its own source."""

import ast
import re
import subprocess

from config.settings import NAMES, PREFIX
from tests.house.source import ROOT, modules

FORBIDDEN_CALLS = {"eval", "exec", "compile", "render_template_string", "__import__"}
FORBIDDEN_ATTRIBUTES = {
    ("pickle", "loads"),
    ("pickle", "load"),
    ("yaml", "load"),
    ("yaml", "unsafe_load"),
    ("os", "system"),
    ("marshal", "loads"),
}
CLOCK_READERS = {
    ("date", "today"),
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("time", "time"),
    ("datetime", "today"),
}
MACHINE_PATH = re.compile(r"(?<![A-Za-z0-9_.])/(?:work|root|home/[a-z]+)/")
PATH_OF_OURS = re.compile(r"(?<![\w/])(?:config|forms|intake|reports|rules|tests)/[\w./-]*\w")


def tracked() -> list[str]:
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [name for name in listing.split("\0") if name and (ROOT / name).is_file()]


def attribute_calls(tree: ast.Module) -> list[tuple[int, tuple[str, str]]]:
    return [
        (node.lineno, (node.func.value.id, node.func.attr))
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name)
    ]


def is_markup_of_data(node: ast.AST) -> bool:
    """Markup of a literal is a template whose `format` escapes; Markup of anything else trusts data."""
    named = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Markup"
    return named and not all(isinstance(argument, ast.Constant) for argument in node.args)


def test_no_text_is_ever_run_as_code_or_trusted_as_markup():
    wrong = []
    for module in modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FORBIDDEN_CALLS:
                wrong.append(f"{module.place}:{node.lineno} {node.func.id}")
            if is_markup_of_data(node):
                wrong.append(f"{module.place}:{node.lineno} Markup")
            if (
                isinstance(node, ast.keyword)
                and node.arg in {"shell", "verify"}
                and isinstance(node.value, ast.Constant)
            ):
                assert (node.arg, node.value.value) not in {("shell", True), ("verify", False)}, module.place
        wrong += [
            f"{module.place}:{line} {call}"
            for line, call in attribute_calls(module.tree)
            if call in FORBIDDEN_ATTRIBUTES
        ]
    assert not wrong


def test_no_template_switches_escaping_off():
    templates = [path for room in ("intake", "reports") for path in (ROOT / room).rglob("*.html")]
    assert templates
    wrong = [
        str(path.relative_to(ROOT))
        for path in templates
        if re.search(r"\|\s*safe\b|autoescape\s+false", path.read_text(encoding="utf-8"))
    ]
    assert not wrong


def test_only_the_clock_reads_the_clock():
    wrong = [
        f"{module.place}:{line} {call}"
        for module in modules()
        if module.name != "config.clock"
        for line, call in attribute_calls(module.tree)
        if call in CLOCK_READERS
    ]
    assert not wrong


def test_only_the_front_doors_read_the_environment():
    allowed = {"wsgi", "intake.cli.frame.environment", "intake.migrations.env"}
    wrong = [module.place for module in modules() if "os.environ" in module.text and module.name not in allowed]
    assert not wrong


def test_no_tracked_file_names_a_path_of_one_machine():
    wrong = []
    for name in tracked():
        try:
            text = (ROOT / name).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        if name != "tests/house/test_promises.py" and MACHINE_PATH.search(text):
            wrong.append(name)
    assert not wrong


def test_every_setting_is_in_the_readme():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert not [name for name in NAMES if f"`{PREFIX}{name}`" not in readme]


def test_no_error_is_swallowed():
    outlives_its_jobs = "intake.store.outbox.job"  # notes what failed, tries again later, and lives on
    wrong = []
    for module in modules():
        if module.name == outlives_its_jobs:
            continue
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ExceptHandler):
                broad = node.type is None or (
                    isinstance(node.type, ast.Name) and node.type.id in {"Exception", "BaseException"}
                )
                if broad and not any(isinstance(inner, ast.Raise) for inner in ast.walk(node)):
                    wrong.append(f"{module.place}:{node.lineno}")
    assert not wrong, "tell in one place what happens to a failure that nobody foresaw"


def test_every_path_that_the_documentation_names_is_there():
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    lost = [
        f"{page.name}: {named}"
        for page in pages
        for named in PATH_OF_OURS.findall(page.read_text(encoding="utf-8"))
        if not (ROOT / named).exists()
    ]
    assert not lost
