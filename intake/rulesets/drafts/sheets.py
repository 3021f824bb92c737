"""The tables of a draft out to a spreadsheet and back in: ODS, XLSX and CSV, in which nothing is ever run.

What comes in is text and nothing else: a cell with a formula is refused, and so is a file that unpacks to more than a
rule set can hold.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Final
from xml.etree import ElementTree as ET

import xlsxwriter  # type: ignore[import-untyped]

from reports.tables import BEGINS_A_FORMULA, Table, to_csv, to_ods
from rules.editing import SheetBroken, grid_of, read_grid, write_grid
from rules.reading import MAX_COLUMNS, MAX_ROWS

ODS, XLSX, CSV = "ods", "xlsx", "csv"
KINDS: Final = (ODS, XLSX, CSV)
MAX_UNPACKED = 20_000_000
MAX_ENTRIES = 300
MOST_CELL = 20_000
MERGED = "In het bestand zijn cellen samengevoegd: wat in de andere stond is weg. Splits ze weer en vul ze in."
"""An empty cell is „altijd”: a merge would make a rule hold for more people, without a word."""
_OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_TABLE, _TEXT = _OFFICE % "table", _OFFICE % "text"
_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_COLUMN: Final = re.compile(r"([A-Z]{1,3})[0-9]+")

Lines = list[list[str]]


class SheetRefused(ValueError):
    """The file cannot be taken in; the message is Dutch and says why and what can."""


def to_file(kind: str, files: Mapping[str, str]) -> bytes:
    """The tables in these texts as one spreadsheet; CSV holds the first only.

    Raises:
        SheetBroken: a text is no table.
        SheetRefused: there is no such kind of file.
    """
    tables = [_table(name, text) for name, text in files.items()]
    if kind == ODS:
        return to_ods(*tables)
    if kind == CSV:
        return to_csv(tables[0])
    if kind == XLSX:
        return _to_xlsx(tables)
    raise SheetRefused(f"Kies uit: {', '.join(KINDS)}.")


def from_file(filename: str, content: bytes, known: Sequence[str]) -> dict[str, str]:
    """The table texts in a spreadsheet, by file name.

    Args:
        filename: the name under which it was sent; tells the kind, and for CSV which table.
        content: the bytes.
        known: the file names of the tables there are; a sheet with another name is refused.

    Raises:
        SheetRefused: it is no such file, has a formula, is too large, or names a table that is not there.
    """
    kind = filename.rpartition(".")[2].lower()
    stem = filename.rpartition("/")[2].rpartition("\\")[2].rpartition(".")[0]
    if kind == CSV:
        sheets = {stem: _csv_lines(content)}
    elif kind in (ODS, XLSX):
        with _opened(content) as archive:
            sheets = _ods_sheets(archive) if kind == ODS else _xlsx_sheets(archive)
    else:
        raise SheetRefused("Stuur een bestand dat eindigt op .ods, .xlsx of .csv.")
    return {_known(name, known): _text(name, lines) for name, lines in sheets.items() if lines}


def _table(name: str, text: str) -> Table:
    grid = read_grid(text)
    return Table(name.removesuffix(".csv"), grid.heads, grid.rows)


def _to_xlsx(tables: Sequence[Table]) -> bytes:
    box = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(box, options) as book:
        bold = book.add_format({"bold": True, "num_format": "@"})
        plain = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        for table in tables:
            sheet = book.add_worksheet(table.title[:31])
            sheet.freeze_panes(1, 1)
            for place, heading in enumerate(table.headings):
                sheet.write_string(0, place, heading, bold)
            for number, row in enumerate(table.rows, start=1):
                for place, cell in enumerate(row):
                    sheet.write_string(number, place, str(cell), plain)
    return box.getvalue()


def _text(name: str, lines: Lines) -> str:
    if len(lines) > MAX_ROWS + 1:
        raise SheetRefused(f"Blad {name[:40]} heeft te veel rijen; er mogen er {MAX_ROWS} zijn.")
    if max(map(len, lines)) > MAX_COLUMNS:
        raise SheetRefused(f"Blad {name[:40]} heeft te veel kolommen; er mogen er {MAX_COLUMNS} zijn.")
    try:
        return write_grid(grid_of(lines))
    except SheetBroken as error:
        raise SheetRefused(f"Blad {name[:40]}: {error}") from error


def _known(name: str, known: Sequence[str]) -> str:
    wanted = f"{name}.csv"
    if wanted not in known:
        tables = ", ".join(item.removesuffix(".csv") for item in known)
        raise SheetRefused(f"Er is geen tabel {name[:40]}. De tabellen zijn: {tables}.")
    return wanted


def _csv_lines(content: bytes) -> Lines:
    try:
        text = content.decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True))
    except UnicodeDecodeError as error:
        raise SheetRefused("Het CSV-bestand is geen UTF-8. Bewaar het als “CSV UTF-8”.") from error
    except csv.Error as error:
        raise SheetRefused("De aanhalingstekens in het CSV-bestand kloppen niet.") from error
    return [[_unguarded(cell) for cell in row] for row in rows]


def _unguarded(text: str) -> str:
    """The cell without the apostrophe that keeps a spreadsheet from running it."""
    return text[1:] if text.startswith("'") and text[1:].lstrip().startswith(BEGINS_A_FORMULA) else text


def _opened(content: bytes) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OverflowError) as error:
        raise SheetRefused("Dit is geen leesbaar ODS- of XLSX-bestand.") from error
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise SheetRefused("Dit bestand is uitgepakt te groot.")
    return archive


def _part(archive: zipfile.ZipFile, name: str) -> ET.Element:
    """One XML part; without document type, so without entities that could grow."""
    try:
        with archive.open(name) as file:
            content = file.read(MAX_UNPACKED + 1)
        text = content.decode("utf-8-sig")
    except (KeyError, zipfile.BadZipFile, RuntimeError, NotImplementedError, UnicodeDecodeError, OSError) as error:
        raise SheetRefused("Dit bestand is beschadigd, of is geen ODS- of XLSX-bestand.") from error
    if len(content) > MAX_UNPACKED or "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise SheetRefused("Dit bestand bevat iets dat niet in een tabel hoort.")
    try:
        return ET.fromstring(text)  # noqa: S314 - a text with a document type was refused above
    except ET.ParseError as error:
        raise SheetRefused("Dit bestand is beschadigd.") from error


def _ods_sheets(archive: zipfile.ZipFile) -> dict[str, Lines]:
    found = {}
    for sheet in _part(archive, "content.xml").iter(f"{_TABLE}table"):
        found[sheet.get(f"{_TABLE}name", "")] = list(_ods_lines(sheet))
    return found


def _ods_lines(sheet: ET.Element) -> Iterator[list[str]]:
    count = 0
    for row in sheet.iter(f"{_TABLE}table-row"):
        cells = list(_ods_cells(row))
        while cells and not cells[-1]:
            cells.pop()
        times = _repeated(row, "number-rows-repeated") if cells else 1
        for _ in range(times):
            count += 1
            if count > MAX_ROWS * 2:
                raise SheetRefused(f"Een blad heeft te veel rijen; er mogen er {MAX_ROWS} zijn.")
            yield cells


def _ods_cells(row: ET.Element) -> Iterator[str]:
    count = 0
    for cell in row:
        if cell.get(f"{_TABLE}formula"):
            raise SheetRefused("In het bestand staat een formule. Zet er gewone tekst voor in de plaats.")
        if any(cell.get(f"{_TABLE}number-{way}-spanned", "1") != "1" for way in ("columns", "rows")):
            raise SheetRefused(MERGED)
        text = "\n".join(_ods_text(line) for line in cell.findall(f"{_TEXT}p"))
        if len(text) > MOST_CELL:
            raise SheetRefused("Een cel is te lang.")
        times = _repeated(cell, "number-columns-repeated")
        for _ in range(min(times, MAX_COLUMNS + 1)):
            count += 1
            if count > MAX_COLUMNS * 2:
                return
            yield text


def _ods_text(line: ET.Element) -> str:
    parts = [line.text or ""]
    for element in line:
        if element.tag == f"{_TEXT}s":
            parts.append(" " * min(_number(element.get(f"{_TEXT}c", "1")), MOST_CELL))
        elif element.tag == f"{_TEXT}tab":
            parts.append("\t")
        else:
            parts.append(_ods_text(element))
        parts.append(element.tail or "")
    return "".join(parts)


def _repeated(element: ET.Element, name: str) -> int:
    return max(1, _number(element.get(f"{_TABLE}{name}", "1")))


def _number(text: str) -> int:
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else 1


def _xlsx_sheets(archive: zipfile.ZipFile) -> dict[str, Lines]:
    names = set(archive.namelist())
    shared = _strings(_part(archive, "xl/sharedStrings.xml")) if "xl/sharedStrings.xml" in names else []
    targets = {
        relation.get("Id", ""): relation.get("Target", "").removeprefix("/xl/")
        for relation in _part(archive, "xl/_rels/workbook.xml.rels")
    }
    found = {}
    for sheet in _part(archive, "xl/workbook.xml").iter(f"{_MAIN}sheet"):
        root = _part(archive, f"xl/{targets.get(sheet.get(_REL, ''), '')}")
        found[sheet.get("name", "")] = list(_xlsx_lines(root, shared))
    return found


def _strings(root: ET.Element) -> list[str]:
    return ["".join(part.text or "" for part in item.iter(f"{_MAIN}t")) for item in root.iter(f"{_MAIN}si")]


def _xlsx_lines(root: ET.Element, shared: Sequence[str]) -> Iterator[list[str]]:
    if root.find(f"{_MAIN}mergeCells") is not None:
        raise SheetRefused(MERGED)
    for row in root.iter(f"{_MAIN}row"):
        cells: list[str] = []
        for cell in row.iter(f"{_MAIN}c"):
            if cell.find(f"{_MAIN}f") is not None:
                raise SheetRefused("In het bestand staat een formule. Zet er gewone tekst voor in de plaats.")
            place = _column(cell.get("r", ""), len(cells))
            if place > MAX_COLUMNS * 2:
                raise SheetRefused(f"Een blad heeft te veel kolommen; er mogen er {MAX_COLUMNS} zijn.")
            cells += [""] * (place - len(cells))
            cells.append(_xlsx_text(cell, shared))
        yield cells


def _xlsx_text(cell: ET.Element, shared: Sequence[str]) -> str:
    if cell.get("t") == "inlineStr":
        return "".join(part.text or "" for part in cell.iter(f"{_MAIN}t"))
    value = cell.findtext(f"{_MAIN}v", "")
    if cell.get("t") == "s":
        number = _number(value)
        return shared[number] if value.isdecimal() and number < len(shared) else ""
    return value


def _column(reference: str, otherwise: int) -> int:
    match = _COLUMN.fullmatch(reference)
    if match is None:
        return otherwise
    number = 0
    for letter in match[1]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
