"""YAML as a tree that knows its lines: no double keys, no aliases, no depth bombs, no tags that build objects."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeAlias

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode

from rules.values.findings import Finding, closest, shown

MAX_BYTES = 256 * 1024
MAX_DEPTH = 12
MAX_NODES = 20_000

Scalar: TypeAlias = str | int | float | bool | date | None


@dataclass(frozen=True, slots=True)
class Tree:
    """One value of a YAML file with the line on which it stands."""

    value: "Scalar | Mapping[str, Tree] | Sequence[Tree]"
    line: int


@dataclass(slots=True)
class Reading:
    """Reads typed values from one file and gathers everything that is wrong with it."""

    file: str
    findings: list[Finding] = field(default_factory=list)

    def wrong(self, message: str, line: int = 0, *, allowed: str = "", meant: str = "") -> None:
        """Note one thing that is wrong."""
        self.findings.append(Finding(self.file, message, line, allowed=allowed, meant=meant))

    def wrong_in(self, row: str, message: str, line: int, *, allowed: str = "") -> None:
        """Note one thing that is wrong in a row of a sheet."""
        self.findings.append(Finding(self.file, message, line, row, allowed=allowed))

    def mapping(self, tree: Tree | None, what: str) -> Mapping[str, Tree]:
        """The keys under `tree`; empty when it is absent or something else."""
        if tree is None or tree.value is None:
            return {}
        if isinstance(tree.value, Mapping):
            return tree.value
        self.wrong(f"{what} moet uit sleutels met waarden bestaan", tree.line)
        return {}

    def items(self, tree: Tree | None, what: str) -> Sequence[Tree]:
        """The items of a list; empty when it is absent or something else."""
        if tree is None or tree.value is None:
            return ()
        if isinstance(tree.value, Sequence) and not isinstance(tree.value, str):
            return tree.value
        self.wrong(f"{what} moet een lijst zijn", tree.line, allowed="[a, b, c]")
        return ()

    def text(self, tree: Tree | None, what: str, *, needed: bool = True, line: int = 0) -> str:
        """A text; `ja` and numbers count as text too."""
        if tree is None or tree.value is None or tree.value == "":
            if needed:
                self.wrong(f"{what} ontbreekt", tree.line if tree else line)
            return ""
        value = tree.value
        if isinstance(value, bool):
            return "ja" if value else "nee"
        if isinstance(value, str | int | date):
            return str(value)
        self.wrong(f"{what} moet tekst zijn", tree.line)
        return ""

    def texts(self, tree: Tree | None, what: str) -> tuple[str, ...]:
        """A list of texts; one text alone counts as a list of one."""
        if tree is not None and isinstance(tree.value, str):
            return (tree.value,)
        return tuple(self.text(item, what) for item in self.items(tree, what))

    def number(self, tree: Tree | None, what: str) -> int | None:
        """A whole number, or None when it is absent or wrong."""
        if tree is None or tree.value is None:
            return None
        if isinstance(tree.value, int) and not isinstance(tree.value, bool):
            return tree.value
        self.wrong(f"{what} moet een geheel getal zijn", tree.line)
        return None

    def day(self, tree: Tree | None, what: str) -> date:
        """A date; the first day of all when it is absent or wrong."""
        if tree is not None and type(tree.value) is date:
            return tree.value
        self.wrong(f"{what} moet een datum zijn", tree.line if tree else 0, allowed="een datum als 2026-01-01")
        return date.min

    def only(self, keys: Mapping[str, Tree], allowed: Sequence[str], what: str) -> None:
        """Note each key that has no meaning here."""
        for key, tree in keys.items():
            if key not in allowed:
                message = f"{what} kent geen „{shown(key)}”"
                self.wrong(message, tree.line, allowed=", ".join(allowed), meant=closest(key, allowed))


def read_tree(path: Path, reading: Reading) -> Tree | None:
    """The tree in a file, or None with a finding that says why it cannot be read."""
    text = read_text(path, reading, MAX_BYTES)
    if text is None:
        return None
    try:
        if not _is_plain(text, reading):
            return None
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        reading.wrong("dit is geen leesbare YAML", mark.line + 1 if mark else 0)
        return None
    if node is None:
        reading.wrong("het bestand is leeg")
        return None
    return _Builder(reading).build(node)


def read_text(path: Path, reading: Reading, limit: int) -> str | None:
    """The text of a file, or None with a finding."""
    try:
        with path.open("rb") as file:
            raw = file.read(limit + 1)
    except OSError:
        reading.wrong("het bestand bestaat niet of is niet te lezen")
        return None
    if len(raw) > limit:
        reading.wrong(f"het bestand is te groot, hoogstens {limit // 1024} kB")
        return None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        reading.wrong("het bestand is geen UTF-8", raw[: error.start].count(b"\n") + 1)
        return None
    if "\0" in text:
        reading.wrong("het bestand bevat een nulteken", text[: text.index("\0")].count("\n") + 1)
        return None
    return text


def _is_plain(text: str, reading: Reading) -> bool:
    depth = nodes = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        line = event.start_mark.line + 1 if event.start_mark else 0
        nodes += isinstance(event, yaml.NodeEvent)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            reading.wrong("verwijzingen met & en * mogen niet", line)
            return False
        if depth > MAX_DEPTH or nodes > MAX_NODES:
            reading.wrong("het bestand is te diep of te groot opgebouwd", line)
            return False
        if isinstance(event, yaml.DocumentStartEvent) and event.explicit and nodes:
            reading.wrong("er staat meer dan één document in het bestand", line)
            return False
    return True


@dataclass(slots=True)
class _Builder:
    reading: Reading
    maker: yaml.SafeLoader = field(default_factory=lambda: yaml.SafeLoader(""))

    def build(self, node: Node) -> Tree:
        line = node.start_mark.line + 1
        if isinstance(node, MappingNode):
            return Tree(dict(self._pairs(node)), line)
        if isinstance(node, ScalarNode):
            return Tree(self._scalar(node, line), line)
        return Tree([self.build(item) for item in node.value], line)

    def _pairs(self, node: MappingNode) -> Iterator[tuple[str, Tree]]:
        seen: set[str] = set()
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            key = str(key_node.value) if isinstance(key_node, ScalarNode) else ""
            if not key:
                self.reading.wrong("een sleutel moet een woord zijn", line)
            elif key in seen:
                self.reading.wrong(f"sleutel „{shown(key)}” staat er twee keer", line)
            else:
                seen.add(key)
                yield key, Tree(self.build(value_node).value, line)

    def _scalar(self, node: ScalarNode, line: int) -> Scalar:
        try:
            value = self.maker.construct_object(node, deep=True)
        except (yaml.YAMLError, ValueError, OverflowError):
            self.reading.wrong(f"„{shown(str(node.value))}” kan niet gelezen worden", line)
            return None
        if value is None or isinstance(value, str | int | float | bool | date):
            return value
        self.reading.wrong(f"„{shown(str(node.value))}” is geen tekst, getal of datum", line)
        return None
