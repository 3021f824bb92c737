"""The document as plain text, for the command line and for whoever wants to keep it."""

import textwrap
from collections.abc import Iterator

from rules.publish.document import Document, RuleText, TableText

WIDTH = 100


def plain_text(document: Document, *, table: str = "") -> str:
    """The document, or only the table whose name begins with `table`."""
    chosen = [item for item in document.tables if item.name.lower().startswith(table.lower())]
    lines: list[str] = []
    if not table:
        lines += _head(document)
    for item in chosen:
        lines += _table(item)
    return "\n".join(lines)


def _head(document: Document) -> Iterator[str]:
    yield f"{document.title} ({document.id})"
    yield f"Geldig van {document.valid_from} tot en met {document.valid_to}. Status: {document.status}."
    yield f"Kenmerk: {document.hash}"
    yield from (f"Bron: {source}" for source in document.sources)
    yield ""
    yield "Keuzes van de regio"
    for item in document.parameters:
        yield from _wrapped(f"{item.name}: {item.value}" + (f". {item.note}" if item.note else ""), "  ")
    if document.guards:
        yield ""
        yield "Waarborgen: geen regel mag hiervan afwijken"
        for guard in document.guards:
            yield from _wrapped(f"{guard.id}: {guard.because} ({guard.ground})", "  ")


def _table(table: TableText) -> Iterator[str]:
    yield ""
    yield f"{table.name}: {table.title}"
    yield table.policy
    for rule in table.rules:
        yield from _rule(rule)


def _rule(rule: RuleText) -> Iterator[str]:
    marks = [mark for mark, there in (("voorlopig", rule.provisional), ("slaapt", rule.sleeps)) if there]
    yield ""
    yield f"  {rule.id}" + (f" ({', '.join(marks)})" if marks else "")
    for part in rule.when:
        yield from _wrapped(f"als   {part.label}: {part.text}", "    ")
    if not rule.when:
        yield "    altijd"
    for part in rule.then:
        yield from _wrapped(f"dan   {part.label}: {part.text}", "    ")
    yield from _wrapped(f"omdat {rule.because} ({rule.ground})", "    ")
    if rule.note:
        yield from _wrapped(f"let op: {rule.note}", "    ")


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=f"{indent}      ")
