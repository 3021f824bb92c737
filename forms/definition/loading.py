"""Reads a folder of question files into one form, or refuses it with every fault it found."""

from importlib.resources.abc import Traversable
from pathlib import Path

from forms.definition.checks import check_relations
from forms.definition.sections import Head, Placed, read_head, read_section
from forms.definition.source import Finding, FormErrors, read_source
from forms.form import Form
from forms.values.question import Section

HEAD = "formulier.yaml"


def load_form(folder: Path | Traversable) -> Form:
    """The form that the files in `folder` write: `formulier.yaml` and one file per section, in order of file name.

    Raises:
        FormErrors: with every fault, each with its file and line.
    """
    findings: list[Finding] = []
    texts = {
        entry.name: entry.read_text(encoding="utf-8") for entry in folder.iterdir() if entry.name.endswith(".yaml")
    }
    head = _head(texts.pop(HEAD, ""), findings)
    sections, placed = _sections(texts, head, findings)
    findings.extend(check_relations(placed))
    if findings:
        raise FormErrors(findings)
    return Form(head.titel, sections, head.bewaren)


def _head(text: str, findings: list[Finding]) -> Head:
    node = read_source(HEAD, text, findings)
    return read_head(node, findings) if node else Head()


def _sections(
    texts: dict[str, str], head: Head, findings: list[Finding]
) -> tuple[tuple[Section, ...], tuple[Placed, ...]]:
    sections: list[Section] = []
    placed: list[Placed] = []
    for name in sorted(texts):
        node = read_source(name, texts[name], findings)
        if node is None:
            continue
        section, questions = read_section(node, head, findings)
        if section.key in {earlier.key for earlier in sections}:
            findings.append(node.wrong(f"sectie “{section.key}” is er al in een ander bestand"))
        sections.append(section)
        placed.extend(questions)
    return tuple(sections), tuple(placed)
