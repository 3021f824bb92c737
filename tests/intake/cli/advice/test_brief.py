"""The letter for an answers file: readable, without a hole, and nothing stored."""

import io
import json

import pytest
from pypdf import PdfReader

from intake.cli import main

HIS_CAR = {
    "melding_datum": "2026-11-23",
    "melding_gemeente": "GM0502",
    "nationaliteit": "nederlands",
    "geboortedatum": "1981-06-15",
    "slaapplek_vannacht": "geen",
    "woonsituatie": "5_niet_conventioneel",
    "handhaaft_zich": "nee",
    "verhaal": "Ik slaap al drie nachten in mijn auto.",
}


@pytest.fixture
def brief(tmp_path, capsys):
    def run(answers, *options):
        place, letter = tmp_path / "antwoorden.json", tmp_path / "brief.pdf"
        place.write_text(json.dumps(answers), encoding="utf-8")
        code = main(["brief", str(place), "-o", str(letter), *options])
        content = letter.read_bytes() if letter.exists() else b""
        return code, content, capsys.readouterr().err

    return run


def text_of(content):
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


def test_the_letter_says_where_one_sleeps_and_that_it_decides_nothing(brief):
    code, content, _ = brief(HIS_CAR, "--soort", "verwijzing", "--taal", "nl", "--telefoon", "010 555 01 00")
    text = text_of(content)
    assert code == 0
    for words in ("Waar slaapt u vannacht?", "drie nachten in mijn auto", "geen besluit", "010 555 01 00", "Capelle"):
        assert words in text
    assert "_" not in text


def test_nothing_known_still_gives_a_letter(brief):
    code, content, _ = brief({"slaapplek_vannacht": "geen"}, "--op", "2026-11-23")
    assert code == 0
    assert "Waar slaapt u vannacht?" in text_of(content)


def test_who_flees_from_violence_gets_a_letter_without_a_place(brief):
    code, content, _ = brief({**HIS_CAR, "geweld_afhankelijkheidsrelatie": "ja", "onveilige_gemeenten": ["GM0502"]})
    assert code == 0
    assert "Rotterdam" not in text_of(content)


def test_the_same_answers_give_the_same_bytes(brief):
    assert brief(HIS_CAR)[1] == brief(HIS_CAR)[1]


def test_a_list_is_refused(brief):
    code, content, err = brief([HIS_CAR])
    assert (code, content) == (2, b"")
    assert "geen lijst" in err


def test_a_place_that_cannot_be_written_is_named(tmp_path, capsys):
    place = tmp_path / "antwoorden.json"
    place.write_text(json.dumps(HIS_CAR), encoding="utf-8")
    assert main(["brief", str(place), "-o", str(tmp_path / "geen" / "brief.pdf")]) == 2
    assert "niet te schrijven" in capsys.readouterr().err
