"""Tables go out to a spreadsheet and come back the same; nothing in them runs, and no file unpacks without end."""

import io
import zipfile

import pytest

from intake.rulesets.drafts.sheets import KINDS, SheetRefused, from_file, to_file
from rules.editing.sheet import (
    NoSuchRow,
    SheetBroken,
    moved_row,
    read_grid,
    with_new_row,
    with_row,
    without_row,
    write_grid,
)
from rules.shelf.shelf import SETS

TEXTS = {
    path.name: path.read_text(encoding="utf-8")
    for path in sorted((SETS / "rotterdam-rijnmond" / "2026-01-01").glob("T*.csv"))
}
SMALL = {
    "T1-kring.csv": "regel;leeftijd;dan:kring;omdat;grondslag\nT1.1;= 3;jeugd;U bent jong.;Jw\nT1.2;-;binnen;x  y;Wmo\n"
}


def packed(**parts: str) -> bytes:
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return box.getvalue()


def ods(cells: str, extra: str = "") -> bytes:
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("table", "text"))
    row = f"<table:table-row>{cells}</table:table-row>"
    return packed(content_xml=f'{extra}<a {spaces}><table:table table:name="T1-kring">{row}</table:table></a>')


@pytest.mark.parametrize("kind", ["ods", "xlsx"])
def test_all_tables_come_back_from_a_spreadsheet_as_they_went(kind):
    back = from_file(f"regels.{kind}", to_file(kind, TEXTS), tuple(TEXTS))
    assert {name: read_grid(text) for name, text in back.items()} == {
        name: read_grid(text) for name, text in TEXTS.items()
    }


def test_one_table_comes_back_from_csv_as_it_went():
    content = to_file("csv", SMALL)
    assert b"'= 3" in content
    assert b"'-;" in content
    assert read_grid(from_file("T1-kring.csv", content, tuple(SMALL))["T1-kring.csv"]) == read_grid(
        SMALL["T1-kring.csv"]
    )


def test_a_csv_as_it_lies_beside_the_program_is_taken_in_too():
    back = from_file("T1-kring.csv", SMALL["T1-kring.csv"].encode(), tuple(SMALL))
    assert read_grid(back["T1-kring.csv"]) == read_grid(SMALL["T1-kring.csv"])


def test_a_formula_in_a_cell_is_refused():
    with pytest.raises(SheetRefused, match="formule"):
        from_file(
            "x.ods", ods('<table:table-cell table:formula="of:=1+1"><text:p>2</text:p></table:table-cell>'), SMALL
        )


def test_an_xlsx_formula_is_refused():
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    rel = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    content = packed(
        xl__workbook_xml=f'<w {main} {rel}><sheet name="T1-kring" r:id="r1"/></w>',
        **{"xl/_rels/workbook.xml.rels": '<r><R Id="r1" Target="s1.xml"/></r>'},
        **{"xl/s1.xml": f'<s {main}><row><c r="A1"><f>1+1</f><v>2</v></c></row></s>'},
    )
    with pytest.raises(SheetRefused, match="formule"):
        from_file("x.xlsx", content, tuple(SMALL))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"geen zip",
        packed(iets="x"),
        packed(content_xml="<a"),
        packed(content_xml="x" * 21_000_000),
        ods("", '<!DOCTYPE a [<!ENTITY b "bbbb">]>'),
        ods('<table:table-cell table:number-columns-repeated="999999999"><text:p>x</text:p></table:table-cell>'),
        ods(f"<table:table-cell><text:p>{'x' * 30_000}</text:p></table:table-cell>"),
    ],
)
def test_a_file_that_is_broken_or_grows_without_end_is_refused(content):
    for name in ("x.ods", "x.xlsx"):
        with pytest.raises(SheetRefused):
            from_file(name, content, tuple(SMALL))


def test_a_row_that_repeats_without_end_is_refused():
    text = ods("<table:table-cell><text:p>x</text:p></table:table-cell>")
    content = zipfile.ZipFile(io.BytesIO(text)).read("content.xml").decode()
    content = content.replace("<table:table-row>", '<table:table-row table:number-rows-repeated="999999999">')
    with pytest.raises(SheetRefused, match="rijen"):
        from_file("x.ods", packed(content_xml=content), tuple(SMALL))


@pytest.mark.parametrize("name", ["T9.csv", "regels.exe", "T1-kring", "../T1-kring.pdf"])
def test_a_table_or_kind_of_file_that_is_not_there_is_refused(name):
    with pytest.raises(SheetRefused):
        from_file(name, b"regel;omdat\n", tuple(SMALL))


def test_every_kind_of_file_can_be_made():
    assert all(to_file(kind, SMALL) for kind in KINDS)
    with pytest.raises(SheetRefused):
        to_file("pdf", SMALL)


def test_a_rule_is_changed_added_moved_and_taken_out():
    grid = read_grid(SMALL["T1-kring.csv"])
    changed = with_row(grid, "T1.1", {**grid.row("T1.1"), "leeftijd": "< 18"})
    assert changed.row("T1.1")["leeftijd"] == "< 18"
    added = with_new_row(changed, {"regel": "T1.1a", "omdat": "Nieuw."}, after="T1.1")
    assert added.ids == ("T1.1", "T1.1a", "T1.2")
    assert moved_row(added, "T1.2", -1).ids == ("T1.1", "T1.2", "T1.1a")
    assert moved_row(added, "T1.1", -5).ids == added.ids
    assert without_row(added, "T1.1a") == changed
    assert read_grid(write_grid(added)) == added


def test_two_rules_never_get_the_same_id():
    grid = read_grid(SMALL["T1-kring.csv"])
    with pytest.raises(NoSuchRow, match="bestaat al"):
        with_row(grid, "T1.1", {**grid.row("T1.1"), "regel": "T1.2"})
    with pytest.raises(NoSuchRow, match="bestaat al"):
        with_new_row(grid, {"regel": "T1.2"})


@pytest.mark.parametrize("text", ["", "a;b\n1;2;3\n"])
def test_a_text_that_is_no_table_is_refused(text):
    with pytest.raises(SheetBroken):
        read_grid(text)


@pytest.mark.parametrize("way", ["columns", "rows"])
def test_merged_cells_in_ods_are_refused_because_an_empty_cell_always_holds(way):
    cell = f'<table:table-cell table:number-{way}-spanned="2"><text:p>regel</text:p></table:table-cell>'
    with pytest.raises(SheetRefused, match="samengevoegd"):
        from_file("regels.ods", ods(cell), tuple(SMALL))


def test_merged_cells_in_xlsx_are_refused_because_an_empty_cell_always_holds():
    box = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(to_file("xlsx", SMALL))) as old, zipfile.ZipFile(box, "w") as new:
        for name in old.namelist():
            merged = b'</sheetData><mergeCells count="1"><mergeCell ref="B2:C3"/></mergeCells>'
            new.writestr(name, old.read(name).replace(b"</sheetData>", merged))
    with pytest.raises(SheetRefused, match="samengevoegd"):
        from_file("regels.xlsx", box.getvalue(), tuple(SMALL))
