"""From a sheet of text to a table: every cell read against the facts, every fault with its place."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from rules.reading.head import TableHead
from rules.reading.sheet import Sheet, SheetRow, read_sheet
from rules.tables.grammar import Constant, Result, read_cell, read_result
from rules.tables.table import Row, Table, build_table
from rules.tables.tree import Reading
from rules.values.cells import ALWAYS, Cell
from rules.values.facts import Fact
from rules.values.findings import Finding, GrammarError, closest, shown

THEN = "dan:"


@dataclass(frozen=True, slots=True)
class Words:
    """What a table may name: facts to ask about, outcomes to give, parameters to fill in."""

    asked: Mapping[str, Fact]
    given: Mapping[str, Fact]
    parameters: Mapping[str, Constant]


def read_table(path: Path, head: TableHead, words: Words, reading: Reading) -> Table | None:
    """The table in a file, or None when something in it is wrong; the findings say what."""
    before = len(reading.findings)
    sheet = read_sheet(path, reading)
    if sheet is None:
        return None
    columns = [fact for name in sheet.heads if not name.startswith(THEN) and (fact := _asked(name, words, reading))]
    outcomes = [fact for name in sheet.heads if name.startswith(THEN) and (fact := _given(name, words, reading))]
    if not outcomes and len(reading.findings) == before:
        reading.wrong("de tabel heeft geen enkele uitkomst", 1, allowed="kolommen als dan:kring")
    rows = [_row(row, columns, outcomes, words, reading) for row in sheet.rows]
    if len(reading.findings) > before:
        return None
    return build_table(head.name, head.title, head.policy, columns=columns, outcomes=outcomes, rows=rows)


def _asked(name: str, words: Words, reading: Reading) -> Fact | None:
    fact = words.asked.get(name)
    if fact is None:
        meant = closest(name, words.asked)
        reading.wrong(f"kolom „{shown(name)}” is geen feit, parameter of eerdere uitkomst", 1, meant=meant)
    return fact


def _given(head: str, words: Words, reading: Reading) -> Fact | None:
    name = head.removeprefix(THEN).strip()
    fact = words.given.get(name)
    if fact is None:
        allowed = ", ".join(THEN + word for word in words.given)
        meant = closest(name, words.given)
        reading.wrong(f"„{shown(head)}” is geen uitkomst", 1, allowed=allowed, meant=THEN + meant if meant else "")
    return fact


def _row(row: SheetRow, columns: list[Fact], outcomes: list[Fact], words: Words, reading: Reading) -> Row:
    results: dict[str, Result] = {}
    for fact in outcomes:
        head = next(
            name for name in row.cells if name.startswith(THEN) and name.removeprefix(THEN).strip() == fact.name
        )
        result = _result(row, head, fact, words, reading)
        if result is not None:
            results[fact.name] = result
    return Row(
        id=row.id,
        line=row.line,
        cells=tuple(condition(row, fact.name, fact, words, reading) for fact in columns),
        results=MappingProxyType(results),
        because=row.cells["omdat"].strip(),
        ground=row.cells["grondslag"].strip(),
        note=row.cells.get("toelichting", "").strip(),
    )


def condition(row: SheetRow, head: str, fact: Fact, words: Words, reading: Reading) -> Cell:
    """One condition cell; a cell that cannot be read is noted and counts as always."""
    try:
        return read_cell(row.cells[head], fact, words.parameters)
    except GrammarError as error:
        note(error, row, head, reading)
        return ALWAYS


def _result(row: SheetRow, head: str, fact: Fact, words: Words, reading: Reading) -> Result | None:
    try:
        return read_result(row.cells[head], fact, words.asked, words.parameters)
    except GrammarError as error:
        note(error, row, head, reading)
        return None


def note(error: GrammarError, row: SheetRow, head: str, reading: Reading) -> None:
    """Note a cell that cannot be read, with its place."""
    written = row.cells[head].strip()
    by_choice = (
        f" (er staat „{shown(written)}”, met de keuzes van de regio ingevuld)"
        if "[" in written and not error.message.startswith("parameter")
        else ""
    )
    message = error.message + by_choice if shown(written) not in error.message else error.message
    finding = Finding(reading.file, message, row.line, row.id, head, error.allowed, error.meant)
    reading.findings.append(finding)


def sheet_rows(sheet: Sheet | None) -> tuple[SheetRow, ...]:
    """The rows of a sheet, none when it could not be read."""
    return sheet.rows if sheet else ()
