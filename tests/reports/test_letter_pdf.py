"""What the file itself promises: archivable, accessible, closed, the same every time."""

import io
import re
import subprocess
import sys
from datetime import date
from functools import cache
from pathlib import Path

import pikepdf
import pytest

from reports.letters import Geadresseerde, Letter, render_letter
from tests.reports.builders import a_decided_letter, a_letter, a_receipt, a_shielded_letter

LETTERS = {
    "referral": a_letter(),
    "decision": a_decided_letter(),
    "shielded": a_shielded_letter(),
    "receipt": a_receipt(),
}
ROOT = Path(__file__).parents[2]
ONE_LETTER_IN_A_FRESH_PROCESS = """
from reports.letters import render_letter
from tests.reports.builders import a_letter
print(render_letter(a_letter()).sha256)
"""


def opened(letter: Letter) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(printed(letter)))


@cache
def printed(letter: Letter) -> bytes:
    return render_letter(letter).pdf


@pytest.mark.parametrize("name", LETTERS)
def test_the_file_says_it_is_pdf_a_2a_and_pdf_ua_1(name):
    with opened(LETTERS[name]) as pdf, pdf.open_metadata() as xmp:
        assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"]) == ("2", "A")
        assert xmp["pdfuaid:part"] == "1"
        assert xmp["dc:language"] == {"nl"}


@pytest.mark.parametrize("name", LETTERS)
def test_the_file_is_tagged_and_tells_language_and_title(name):
    with opened(LETTERS[name]) as pdf:
        assert pdf.Root.Lang == "nl"
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert pdf.Root.StructTreeRoot.K
        assert pdf.docinfo.Title == "Brief van gemeente Capelle aan den IJssel"
        kinds = {str(o.S) for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/StructElem"}
        assert {"/Document", "/H1", "/H2", "/P"} <= kinds


@pytest.mark.parametrize("name", LETTERS)
def test_the_table_has_headers_and_lists_are_lists(name):
    with opened(LETTERS[name]) as pdf:
        kinds = [str(o.S) for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/StructElem"]
    assert kinds.count("/L") > 0
    assert name == "receipt" or kinds.count("/TH") == 3


@pytest.mark.parametrize("name", LETTERS)
def test_the_metadata_name_nobody(name):
    letter = LETTERS[name]
    with opened(letter) as pdf:
        told = f"{dict(pdf.docinfo.items())} {pdf.Root.Metadata.read_bytes().decode()}"
    assert letter.geadresseerde.naam not in told
    assert letter.kenmerk not in told


@pytest.mark.parametrize("name", LETTERS)
def test_nothing_in_the_file_can_run_open_or_call_out(name):
    with opened(LETTERS[name]) as pdf:
        keys = {key for item in pdf.objects for key in _keys(item)}
    assert not keys & {"/JS", "/JavaScript", "/Launch", "/EmbeddedFile", "/EmbeddedFiles", "/URI", "/OpenAction", "/AA"}
    assert not keys & {"/AcroForm", "/RichMedia", "/GoToR", "/SubmitForm", "/ImportData"}


def _keys(item: object) -> list[str]:
    if isinstance(item, pikepdf.Stream | pikepdf.Dictionary):
        return [*item.keys(), str(item.get("/S", "")), str(item.get("/Type", "")), str(item.get("/Subtype", ""))]
    return []


@pytest.mark.parametrize("name", LETTERS)
def test_every_font_is_ours_and_embedded(name):
    with opened(LETTERS[name]) as pdf:
        fonts = [f for f in pdf.objects if isinstance(f, pikepdf.Dictionary) and f.get("/Type") == "/FontDescriptor"]
        assert fonts
        for font in fonts:
            assert re.match(r"/[A-Z]{6}\+(Noto-Sans|Amiri)", str(font.FontName))
            assert "/FontFile2" in font or "/FontFile3" in font


def test_the_same_letter_gives_the_same_bytes():
    assert render_letter(a_letter()).pdf == render_letter(a_letter()).pdf


def test_another_letter_in_between_changes_nothing():
    first = render_letter(a_letter())
    render_letter(a_letter(geadresseerde=Geadresseerde(naam="ሰላም مرحبا Київ", afhalen_bij="het wijkteam")))
    assert render_letter(a_letter()).pdf == first.pdf


def test_a_fresh_process_gives_the_same_bytes():
    fresh = subprocess.run(
        [sys.executable, "-c", ONE_LETTER_IN_A_FRESH_PROCESS],
        capture_output=True,
        check=True,
        text=True,
        env={"TZ": "Asia/Tokyo", "LANG": "C", "PYTHONHASHSEED": "7", "FONTCONFIG_FILE": "/dev/null", "HOME": "/"},
        cwd=ROOT,
    )
    assert fresh.stdout.strip() == render_letter(a_letter()).sha256
    assert "Traceback" not in fresh.stderr


def test_a_printed_letter_leaves_nothing_behind_on_the_machine(tmp_path):
    subprocess.run(
        [sys.executable, "-c", ONE_LETTER_IN_A_FRESH_PROCESS],
        check=True,
        capture_output=True,
        env={"TMPDIR": str(tmp_path), "HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)},
        cwd=ROOT,
    )
    assert list(tmp_path.iterdir()) == []


def test_another_day_gives_other_bytes():
    assert render_letter(a_letter()).sha256 != render_letter(a_letter(datum=date(2026, 11, 24))).sha256


def test_an_ordinary_letter_is_at_most_two_pages():
    assert {name: render_letter(letter).pages for name, letter in LETTERS.items()} == dict.fromkeys(LETTERS, 2)
