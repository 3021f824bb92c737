"""What `toegang advies` says, and what it says of input that nobody should send."""

import io
import json

import pytest

from intake.cli import main

OUTSIDE = {"melding_datum": "2026-11-23", "slaapplek_vannacht": "geen", "woonsituatie": "1_buiten"}


@pytest.fixture
def advies(tmp_path, capsys):
    def run(content, *options):
        path = tmp_path / "antwoorden.json"
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        code = main(["advies", str(path), *options])
        return code, *capsys.readouterr()

    return run


def test_an_object_gives_an_object(advies):
    code, out, err = advies(OUTSIDE)
    assert (code, err) == (0, "")
    assert json.loads(out)["overbrugging"] == "tijdelijke_opvang_vandaag"


def test_a_list_gives_a_list(advies):
    code, out, _ = advies([OUTSIDE, OUTSIDE])
    assert code == 0
    assert [item["urgentie"] for item in json.loads(out)] == ["U1", "U1"]
    assert json.loads(advies([])[1]) == []


def test_standard_input_is_read_for_a_dash(monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(json.dumps(OUTSIDE).encode())))
    assert main(["advies", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["peildatum"] == "2026-11-23"


def test_the_text_is_plain_dutch_without_codes(advies):
    code, out, _ = advies(OUTSIDE, "--tekst")
    assert code == 0
    assert "vannacht" in out.lower()
    assert "_" not in out


def test_a_day_without_rules_names_the_last_day_that_has_them(advies):
    code, out, err = advies({"slaapplek_vannacht": "geen"}, "--op", "2099-01-01")
    assert (code, out) == (2, "")
    assert "2027" in err


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"dit is geen json", ["geen JSON"]),
        (b"", ["geen JSON"]),
        (b'"tekst"', ["object"]),
        (b"null", ["object"]),
        ({"slaapplek_vanacht": "geen"}, ["slaapplek_vanacht", "slaapplek_vannacht"]),
        ({"slaapplek_vannacht": "misschien"}, ["slaapplek_vannacht", "misschien", "alleen_vannacht"]),
        ({"geboortedatum": "1990-02-30"}, ["geboortedatum", "1990-02-30"]),
        ({"bsn": "123456789"}, ["bsn"]),
        ({"bsn": "１２３４５６７８２"}, ["bsn"]),
        ({"geboortedatum": "2099-01-01"}, ["geboortedatum", "2099"]),
        ({"woongemeente": "GM9999"}, ["woongemeente", "GM9999"]),
        ({"kinderen_mee": -1}, ["kinderen_mee"]),
        ({"kinderen_mee": True}, ["kinderen_mee"]),
        ({"gevraagd": "opvang"}, ["gevraagd"]),
        ([OUTSIDE, {"niets": 1}], ["nummer 2", "niets"]),
        (b'["' + b"x" * 10_000_000 + b'"]', ["te groot"]),
        (b"[" * 10_000 + b"]" * 10_000, ["te diep"]),
        (b'{"a":' * 10_000 + b"1" + b"}" * 10_000, ["te diep"]),
        (b'{"verhaal": "\\u0000"}', ["verhaal"]),
        (b'{"kinderen_mee": 1, "kinderen_mee": 2}', ["kinderen_mee", "twee keer"]),
        (b"\xff\xfe\x00", ["UTF-8"]),
    ],
)
def test_bad_input_ends_with_one_clear_dutch_message(advies, content, words):
    code, out, err = advies(content)
    assert (code, out) == (2, "")
    assert "Traceback" not in err
    assert err.startswith("toegang: antwoorden.json")
    for word in words:
        assert word in err


@pytest.mark.parametrize("place", ["bestaat-niet.json", ".", "a\0b"])
def test_a_file_that_cannot_be_read_is_named(place, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["advies", place]) == 2
    assert "niet te lezen" in capsys.readouterr().err


def test_an_unknown_region_is_refused_with_the_known_ones(advies):
    code, _, err = advies(OUTSIDE, "--regio", "atlantis")
    assert code == 2
    assert "rotterdam-rijnmond" in err


@pytest.mark.parametrize("day", ["23-11-2026", "2026-02-30", "morgen", "２０２６-01-01", "2026-1-1"])
def test_a_day_that_is_no_day_is_refused(day, capsys):
    with pytest.raises(SystemExit) as stop:
        main(["advies", "-", "--op", day])
    assert stop.value.code == 2
    assert "geen datum" in capsys.readouterr().err


def test_the_help_is_dutch(capsys):
    with pytest.raises(SystemExit):
        main(["advies", "--help"])
    out = capsys.readouterr().out
    assert "gebruik:" in out
    assert "usage" not in out
    assert "options" not in out
