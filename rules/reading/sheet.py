"""A CSV file of rules as rows of text that know their line; `;` between, UTF-8, heads in the first line."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from rules.tables.tree import Reading, read_text
from rules.values.findings import closest, shown

MAX_BYTES = 1024 * 1024
MAX_ROWS = 1_000
MAX_COLUMNS = 80
FIXED = ("regel", "omdat", "grondslag", "toelichting")
NEEDED = ("regel", "omdat", "grondslag")
LONGEST = MappingProxyType({"omdat": 400, "grondslag": 200, "toelichting": 1_000})
"""The most characters of what people read; `omdat` is one sentence in the letter."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One line of the file: its cells by head."""

    line: int
    cells: Mapping[str, str]

    @property
    def id(self) -> str:
        """The stable id of the rule."""
        return self.cells["regel"].strip()


@dataclass(frozen=True, slots=True)
class SheetCell:
    """One cell, which knows its place in the file."""

    row: SheetRow
    head: str

    @property
    def text(self) -> str:
        """What is written in it."""
        return self.row.cells[self.head]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The heads in order, without the fixed ones, and the rows."""

    heads: tuple[str, ...]
    rows: tuple[SheetRow, ...]


def read_sheet(path: Path, reading: Reading) -> Sheet | None:
    """The rows of a table file, or None when its shape is so broken that rows make no sense."""
    text = read_text(path, reading, MAX_BYTES)
    if text is None:
        return None
    lines = _lines(text, reading)
    if lines is None or not lines:
        if lines is not None:
            reading.wrong("het bestand is leeg", allowed="een kopregel en per regel een rij")
        return None
    heads = [head.strip() for head in lines[0][1]]
    if not _good_heads(heads, reading):
        return None
    rows = [row for line, cells in lines[1:] if (row := _row(line, cells, heads, reading)) is not None]
    if len(rows) > MAX_ROWS:
        reading.wrong(f"te veel rijen ({len(rows)})", allowed=f"hoogstens {MAX_ROWS}")
        return None
    _check_ids(rows, reading)
    if not rows and not reading.findings:
        reading.wrong("de tabel heeft geen enkele rij")
    return Sheet(tuple(head for head in heads if head not in FIXED), tuple(rows))


def _lines(text: str, reading: Reading) -> list[tuple[int, list[str]]] | None:
    found: list[tuple[int, list[str]]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True)
    start = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                found.append((start, cells))
            start = reader.line_num + 1
    except csv.Error:
        reading.wrong("aanhalingstekens kloppen niet of een cel is veel te lang", start)
        return None
    return found


def _good_heads(heads: list[str], reading: Reading) -> bool:
    before = len(reading.findings)
    if len(heads) > MAX_COLUMNS:
        reading.wrong(f"te veel kolommen ({len(heads)})", 1, allowed=f"hoogstens {MAX_COLUMNS}")
    for head in NEEDED:
        if head not in heads:
            reading.wrong(f"kolom „{head}” ontbreekt", 1, meant=closest(head, heads))
    for place, head in enumerate(heads):
        if not head:
            reading.wrong(f"kolom {place + 1} heeft geen kop", 1)
        elif head in heads[:place]:
            reading.wrong(f"kolom „{shown(head)}” staat er twee keer", 1)
    return len(reading.findings) == before


def _row(line: int, cells: list[str], heads: list[str], reading: Reading) -> SheetRow | None:
    if len(cells) != len(heads):
        row = cells[heads.index("regel")].strip() if len(cells) > heads.index("regel") else ""
        message = f"de rij heeft {len(cells)} cellen, de kop {len(heads)}"
        reading.wrong_in(row, message, line, allowed="evenveel cellen als koppen, met ; ertussen")
        return None
    return SheetRow(line, dict(zip(heads, cells, strict=True)))


def _check_ids(rows: list[SheetRow], reading: Reading) -> None:
    seen: dict[str, int] = {}
    for row in rows:
        for head in NEEDED:
            if not row.cells[head].strip():
                reading.wrong_in(row.id, f"„{head}” is leeg", row.line)
        for head, most in LONGEST.items():
            if (long := len(row.cells.get(head, ""))) > most:
                message = f"„{head}” is te lang ({long} tekens)"
                reading.wrong_in(row.id, message, row.line, allowed=f"hoogstens {most} tekens")
        if row.id and row.id in seen:
            message = f"regel {row.id} staat er twee keer, ook op bestandsregel {seen[row.id]}"
            reading.wrong_in(row.id, message, row.line)
        seen.setdefault(row.id, row.line)
