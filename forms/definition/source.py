"""Question files read as text with line numbers, so that every fault can be told with its place."""

from collections.abc import Iterator
from dataclasses import dataclass

import yaml

MAX_DEPTH = 10
_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same YAML, ten times as fast


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault in a question file: which file, which line, and in Dutch what is wrong and what is allowed."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}, regel {self.line}: {self.text}"


class FormErrors(Exception):
    """A form definition that cannot be used; `findings` holds every fault that was found, in order of file and line."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = tuple(sorted(findings, key=lambda finding: (finding.file, finding.line, finding.text)))
        super().__init__("\n".join(map(str, self.findings)))


@dataclass(frozen=True, slots=True)
class Node:
    """One value of a file: text, a list or a mapping, with the line on which it starts."""

    file: str
    line: int
    text: str | None = None
    items: tuple["Node", ...] | None = None
    entries: dict[str, "Node"] | None = None

    def wrong(self, text: str) -> Finding:
        """A finding at this place."""
        return Finding(self.file, self.line, text)


def read_source(file: str, text: str, findings: list[Finding]) -> Node | None:
    """The content of one YAML file; faults (no YAML, a key twice, an anchor) go to `findings`. None when unreadable."""
    try:
        refused = _refused_event(text)
        if refused:
            findings.append(Finding(file, *refused))
            return None
        composed = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        findings.append(
            Finding(file, _line_of(error), "dit is geen leesbare YAML; kijk inspringing en aanhalingstekens na")
        )
        return None
    if composed is None:
        findings.append(Finding(file, 1, "dit bestand is leeg"))
        return None
    return _node(file, composed, findings)


def _refused_event(text: str) -> tuple[int, str] | None:
    """The line and fault of what we do not take from YAML: references, and nesting that no question file needs."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        line = event.start_mark.line + 1 if event.start_mark else 1
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.AliasEvent):
            return line, "verwijzingen (*naam) mogen niet; schrijf de waarde uit"
        if depth > MAX_DEPTH:
            return line, f"hier is dieper genest dan {MAX_DEPTH} niveaus"
    return None


def _node(file: str, node: yaml.Node, findings: list[Finding]) -> Node:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        return Node(file, line, items=tuple(_node(file, item, findings) for item in node.value))
    if isinstance(node, yaml.MappingNode):
        return Node(file, line, entries=dict(_entries(file, node, findings)))
    return Node(file, line, text=str(node.value))


def _entries(file: str, node: yaml.MappingNode, findings: list[Finding]) -> Iterator[tuple[str, Node]]:
    seen: set[str] = set()
    for key, value in node.value:
        name = str(key.value)
        if name in seen:
            findings.append(Finding(file, key.start_mark.line + 1, f"“{name}” staat er twee keer"))
        seen.add(name)
        yield name, _node(file, value, findings)


def _line_of(error: yaml.YAMLError) -> int:
    mark = getattr(error, "problem_mark", None)
    return mark.line + 1 if mark else 1
