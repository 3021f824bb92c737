"""From a sheet of text to a table: every cell read against the facts, every fault with its place."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from rules.reading.head import TableHead
from rules.reading.sheet import Sheet, SheetCell, SheetRow, read_sheet
from rules.tables.grammar import Constant, Result, read_cell, read_result
from rules.tables.table import Grid, Row, Table, build_table
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


@dataclass(frozen=True, slots=True)
class _Heads:
    """The columns of a sheet with what each is about, in order: those that ask and those that give an outcome."""

    asked: Mapping[str, Fact]
    given: Mapping[str, Fact]


def read_table(path: Path, head: TableHead, words: Words, reading: Reading) -> Table | None:
    """The table in a file, or None when something in it is wrong; the findings say what."""
    before = len(reading.findings)
    sheet = read_sheet(path, reading)
    if sheet is None:
        return None
    heads = _heads(sheet, words, reading)
    if not heads.given and len(reading.findings) == before:
        reading.wrong("de tabel heeft geen enkele uitkomst", 1, allowed="kolommen als dan:kring")
    rows = [_row(row, heads, words, reading) for row in sheet.rows]
    if len(reading.findings) > before:
        return None
    grid = Grid(columns=tuple(heads.asked.values()), outcomes=tuple(heads.given.values()), rows=rows)
    return build_table(head.name, head.title, head.policy, grid)


def _heads(sheet: Sheet, words: Words, reading: Reading) -> _Heads:
    asking = [head for head in sheet.heads if not head.startswith(THEN)]
    asked = {head: fact for head in asking if (fact := _asked(head, words, reading))}
    given: dict[str, Fact] = {}
    for head in sheet.heads:
        fact = _given(head, words, reading) if head.startswith(THEN) else None
        if fact and fact not in given.values():  # of `dan:kring` and `dan: kring` the first counts
            given[head] = fact
    return _Heads(asked, given)


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


def _row(row: SheetRow, heads: _Heads, words: Words, reading: Reading) -> Row:
    results: dict[str, Result] = {}
    for head, fact in heads.given.items():
        result = _result(SheetCell(row, head), fact, words, reading)
        if result is not None:
            results[fact.name] = result
    return Row(
        id=row.id,
        line=row.line,
        cells=tuple(condition(SheetCell(row, head), fact, words, reading) for head, fact in heads.asked.items()),
        results=MappingProxyType(results),
        because=row.cells["omdat"].strip(),
        ground=row.cells["grondslag"].strip(),
        note=row.cells.get("toelichting", "").strip(),
    )


def condition(cell: SheetCell, fact: Fact, words: Words, reading: Reading) -> Cell:
    """One condition cell; a cell that cannot be read is noted and counts as always."""
    try:
        return read_cell(cell.text, fact, words.parameters)
    except GrammarError as error:
        _note(error, cell, reading)
        return ALWAYS


def _result(cell: SheetCell, fact: Fact, words: Words, reading: Reading) -> Result | None:
    try:
        return read_result(cell.text, fact, words.asked, words.parameters)
    except GrammarError as error:
        _note(error, cell, reading)
        return None


def _note(error: GrammarError, cell: SheetCell, reading: Reading) -> None:
    written = cell.text.strip()
    by_choice = (
        f" (er staat „{shown(written)}”, met de keuzes van de regio ingevuld)"
        if "[" in written and not error.message.startswith("parameter")
        else ""
    )
    message = error.message + by_choice if shown(written) not in error.message else error.message
    finding = Finding(reading.file, message, cell.row.line, cell.row.id, cell.head, error.allowed, error.meant)
    reading.findings.append(finding)


def sheet_rows(sheet: Sheet | None) -> tuple[SheetRow, ...]:
    """The rows of a sheet, none when it could not be read."""
    return sheet.rows if sheet else ()
