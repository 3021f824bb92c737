"""Tables open in a spreadsheet with every number a number, every text a text, and nothing that runs."""

import csv
import io
import zipfile
from datetime import date
from xml.etree import ElementTree as ET

import pytest

from reports.tables import MIMETYPE, Table, to_csv, to_ods

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
RUNNING = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n=1", "＝1+1", "＠x", "|cmd", "%x", "\ufeff=1"]


def a_table(*rows, headings=("Gemeente", "Aantal")):
    return Table("Meldingen", headings, tuple(rows))


def csv_rows(table):
    text = to_csv(table).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def ods_cells(*tables):
    with zipfile.ZipFile(io.BytesIO(to_ods(*tables))) as archive:
        content = ET.fromstring(archive.read("content.xml"))
    return list(content.iter(f"{TABLE}table-cell"))


@pytest.mark.parametrize("text", RUNNING)
def test_a_text_never_runs_in_csv(text):
    assert csv_rows(a_table((text, 1)))[1][0] == f"'{text}"


def test_a_heading_never_runs_either():
    assert csv_rows(a_table(headings=("=1", "x")))[0][0] == "'=1"


@pytest.mark.parametrize("text", RUNNING)
def test_a_text_is_a_text_in_ods(text):
    cell = ods_cells(a_table((text, 1)))[2]
    assert cell.get(f"{OFFICE}value-type") == "string"
    assert not [name for name in cell.attrib if "formula" in name]


def test_numbers_and_days_keep_their_kind():
    table = a_table((-3, 2.5), (date(2026, 11, 23), None))
    assert csv_rows(table)[1:] == [["-3", "2,5"], ["2026-11-23", ""]]
    cells = ods_cells(table)[2:]
    assert [cell.get(f"{OFFICE}value-type") for cell in cells] == ["float", "float", "date", None]
    assert cells[0].get(f"{OFFICE}value") == "-3"
    assert cells[2].get(f"{OFFICE}date-value") == "2026-11-23"


def test_separators_quotes_and_line_ends_survive():
    text = 'Zij zei: "ja; nee"\nen ging.'
    assert csv_rows(a_table((text, 1)))[1] == [text, "1"]
    assert ["".join(part.itertext()) for part in ods_cells(a_table((text, 1)))[2]] == ['Zij zei: "ja; nee"', "en ging."]


def test_markup_and_unknown_signs_do_not_break_the_file():
    cell = ods_cells(a_table(("<b>&\x00\ud800</b>", 1)))[2]
    assert "".join(cell.itertext()) == "<b>&</b>"
    assert csv_rows(a_table(("a\x00\ud800b", 1)))[1][0] == "ab"


def test_excel_sees_that_it_is_utf_8():
    assert to_csv(a_table(("Oekraïne", 1))).startswith(b"\xef\xbb\xbf")


def test_the_kind_of_the_ods_stands_first_and_bare():
    made = to_ods(a_table(("Capelle", 1)))
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert archive.read("mimetype").decode() == MIMETYPE
        assert archive.testzip() is None


def test_the_same_table_gives_the_same_bytes():
    assert to_ods(a_table(("Capelle", 1))) == to_ods(a_table(("Capelle", 1)))


def test_each_table_is_a_sheet_with_its_own_name():
    with pytest.raises(ValueError, match="eigen naam"):
        to_ods(a_table(), a_table())
    with pytest.raises(ValueError, match="minstens"):
        to_ods()
    assert to_ods(a_table(), Table("U/1: [dagen]", ("Dag",), ()))


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_a_number_without_end_is_refused(number):
    with pytest.raises(ValueError, match="geen getal"):
        a_table(("Capelle", number))


def test_a_crooked_table_is_refused():
    with pytest.raises(ValueError, match="Rij 1 van 'Meldingen' heeft 1 vakken"):
        a_table(("Capelle",))
