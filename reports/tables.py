"""Tables to take along: CSV and ODS (OpenDocument), in which no text is ever read as a formula."""

import csv
import io
import math
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Final
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

Cell = str | int | float | date | None

BEGINS_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "|", "%")
MIMETYPE: Final = "application/vnd.oasis.opendocument.spreadsheet"
_LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)  # the same table gives the same bytes
_OFFICE: Final = "urn:oasis:names:tc:opendocument:xmlns"


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a name, a heading per column and rows of as many cells.

    Raises:
        ValueError: a row has more or fewer cells than there are headings, or a number without end.
    """

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def __post_init__(self) -> None:
        for number, row in enumerate(self.rows, start=1):
            if len(row) != len(self.headings):
                raise ValueError(
                    f"Rij {number} van '{self.title}' heeft {len(row)} vakken; dat moeten er {len(self.headings)} zijn."
                )
            if any(isinstance(cell, float) and not math.isfinite(cell) for cell in row):
                raise ValueError(f"Rij {number} van '{self.title}' bevat een getal dat geen getal is.")


def to_csv(table: Table) -> bytes:
    """`table` for Dutch spreadsheets: UTF-8 with mark, semicolons, decimal comma, ISO dates.

    A text that a spreadsheet would read as a formula gets an apostrophe in front.
    """
    paper = io.StringIO()
    writer = csv.writer(paper, delimiter=";", lineterminator="\r\n")
    writer.writerow([_guarded(heading) for heading in table.headings])
    writer.writerows([_as_csv(cell) for cell in row] for row in table.rows)
    return paper.getvalue().encode("utf-8-sig")


def to_ods(*tables: Table) -> bytes:
    """`tables` as sheets of one OpenDocument file; each cell carries its type, so a text stays a text.

    Raises:
        ValueError: there is no table, or two have the same name.
    """
    names = [_sheet_name(table.title) for table in tables]
    if not names or len(set(names)) < len(names):
        raise ValueError("Een bestand heeft minstens één tabel, en elke tabel een eigen naam.")
    files = {
        "content.xml": _content(dict(zip(names, tables, strict=True))),
        "META-INF/manifest.xml": _MANIFEST,
    }
    box = io.BytesIO()
    with ZipFile(box, "w") as archive:
        archive.writestr(_entry("mimetype", ZIP_STORED), MIMETYPE)  # first and bare, so that the kind can be seen
        for name, text in files.items():
            archive.writestr(_entry(name, ZIP_DEFLATED), text)
    return box.getvalue()


def _as_csv(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "ja" if cell else "nee"
    if isinstance(cell, float):
        return f"{cell:.10g}".replace(".", ",")
    if isinstance(cell, str):
        return _guarded(cell)
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _guarded(text: str) -> str:
    """`text`, with an apostrophe in front when a spreadsheet could run it; full-width signs count too."""
    text = _known(text)
    first = unicodedata.normalize("NFKC", text.lstrip(" \n\u00a0\u200b\ufeff"))[:1]
    return f"'{text}" if first in BEGINS_A_FORMULA and first else text


def _entry(name: str, method: int) -> ZipInfo:
    entry = ZipInfo(name, _LONG_AGO)
    entry.compress_type = method
    return entry


_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_MANIFEST: Final = (
    f'{_HEAD}<manifest:manifest xmlns:manifest="{_OFFICE}:manifest:1.0" manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{MIMETYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)
_DATE_STYLE: Final = (
    '<number:date-style style:name="dag"><number:day number:style="long"/><number:text>-</number:text>'
    '<number:month number:style="long"/><number:text>-</number:text><number:year number:style="long"/>'
    "</number:date-style>"
    '<style:style style:name="datum" style:family="table-cell" style:data-style-name="dag"/>'
    '<style:style style:name="kop" style:family="table-cell">'
    '<style:text-properties fo:font-weight="bold" fo:language="nl" fo:country="NL"/></style:style>'
)


def _content(sheets: dict[str, Table]) -> str:
    spaces = " ".join(f'xmlns:{name}="{_OFFICE}:{name}:1.0"' for name in ("office", "table", "text", "style"))
    return (
        f'{_HEAD}<office:document-content {spaces} xmlns:number="{_OFFICE}:datastyle:1.0"'
        f' xmlns:fo="{_OFFICE}:xsl-fo-compatible:1.0" office:version="1.3">'
        f"<office:automatic-styles>{_DATE_STYLE}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{''.join(_sheet(name, table) for name, table in sheets.items())}"
        "</office:spreadsheet></office:body></office:document-content>"
    )


def _sheet(name: str, table: Table) -> str:
    headings = "".join(_ods_cell(heading, ' table:style-name="kop"') for heading in table.headings)
    rows = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in table.rows)
    return (
        f'<table:table table:name={quoteattr(name)}><table:table-column table:number-columns-repeated="'
        f'{max(1, len(table.headings))}"/><table:table-header-rows><table:table-row>{headings}</table:table-row>'
        f"</table:table-header-rows>{rows}</table:table>"
    )


def _ods_cell(cell: Cell, look: str = "") -> str:
    if cell is None or cell == "":
        return "<table:table-cell/>"
    if isinstance(cell, bool):
        cell = "ja" if cell else "nee"
    if isinstance(cell, int | float):
        kind = f'office:value-type="float" office:value="{cell}"'
        return f"<table:table-cell {kind}><text:p>{cell}</text:p></table:table-cell>"
    if isinstance(cell, date):
        day = cell.isoformat()
        return (
            '<table:table-cell table:style-name="datum" office:value-type="date"'
            f' office:date-value="{day}"><text:p>{day}</text:p></table:table-cell>'
        )
    lines = "".join(f"<text:p>{_xml(line)}</text:p>" for line in cell.splitlines())
    return f'<table:table-cell{look} office:value-type="string">{lines}</table:table-cell>'


def _xml(text: str) -> str:
    """`text` for XML; spaces stay as many as they were."""
    return escape(_known(text)).replace("\t", "<text:tab/>").replace("  ", " <text:s/>")


def _known(text: str) -> str:
    """`text` without the signs that no file can hold; tabs and line ends stay."""
    return "".join(char for char in text if char in "\t\r\n" or unicodedata.category(char) not in {"Cc", "Cs", "Cn"})


def _sheet_name(title: str) -> str:
    """`title` without the signs that spreadsheets refuse in a name, at most 31 long."""
    return "".join(char for char in title if char not in "[]*?:/\\'" and char.isprintable())[:31].strip() or "Tabel"
