"""`weergave.yaml`: each table of a set declares where its reasons are read. It decides nothing; no hash counts it."""

from collections.abc import Collection, Mapping
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from rules.tables.tree import Reading, Tree, read_tree
from rules.values.display import Display, Heading, LetterPart, Shown
from rules.values.findings import closest

DISPLAY_FILE = "weergave.yaml"
_KEYS = ("naam", "kopje", "brief")

Word = TypeVar("Word", bound=StrEnum)


def read_display(folder: Path, tables: Collection[str], readings: list[Reading]) -> Display:
    """What the set in `folder` declares of its `tables`; nothing when it has no such file, as older sets have not."""
    path = folder / DISPLAY_FILE
    if not path.is_file():
        return Display()
    reading = Reading(DISPLAY_FILE)
    readings.append(reading)
    keys = reading.mapping(read_tree(path, reading), DISPLAY_FILE)
    reading.only(keys, ("tabellen",), DISPLAY_FILE)
    found: dict[str, Shown] = {}
    for item in reading.items(keys.get("tabellen"), "tabellen"):
        parts = reading.mapping(item, "tabellen")
        reading.only(parts, _KEYS, "tabel")
        name = reading.text(parts.get("naam"), "naam van de tabel", line=item.line)
        if name and name not in tables:
            reading.wrong(f"tabel „{name}” bestaat niet", item.line, meant=closest(name, tables))
        elif name in found:
            reading.wrong(f"tabel {name} staat er twee keer", item.line)
        elif name:
            found[name] = _shown(name, parts, item.line, reading)
    for name in tables:
        if name not in found:
            reading.wrong(f"tabel {name} ontbreekt", allowed="elke tabel van regelset.yaml, met een kopje")
    return Display(MappingProxyType(found))


def _shown(name: str, parts: Mapping[str, Tree], line: int, reading: Reading) -> Shown:
    heading = reading.text(parts.get("kopje"), f"{name}: kopje", line=line)
    headings = _words(Heading, {heading: f"{name}: kopje"} if heading else {}, line, reading)
    asked = reading.texts(parts.get("brief"), f"{name}: brief")
    letter = _words(LetterPart, dict.fromkeys(asked, f"{name}: brief"), line, reading)
    return Shown(headings[0] if headings else Heading.EERST, frozenset(letter))


def _words(kind: type[Word], said: Mapping[str, str], line: int, reading: Reading) -> list[Word]:
    """What was `said`, each with where it was said, as words of this kind; one that is none of them is refused."""
    allowed = [one.value for one in kind]
    for word in (one for one in said if one not in allowed):
        what, meant = f"{said[word]} „{word}” bestaat niet", closest(word, allowed)
        reading.wrong(what, line, allowed=", ".join(allowed), meant=meant)
    return [kind(word) for word in said if word in allowed]
