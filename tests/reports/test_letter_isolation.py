"""Nothing comes in from outside, whatever somebody types or a theme holds; without Pango the house stands."""

import http.server
import io
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from reports.letters import Logo, RendererUnavailable, Thema, available, render_letter
from reports.letters.theme import LogoType, contrast_with_white
from tests.reports.builders import AFZENDER, a_letter
from tests.reports.reading import text_of

ROOT = Path(__file__).parents[2]
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d494844520000000100000001080600000"
    "01f15c4890000000d49444154789c63606060f80f0001040100"
    "5fe5c34b0000000049454e44ae426082"
)
WITHOUT_PANGO = """
import cffi
whole = cffi.FFI.dlopen
def gone(self, name, *flags):
    if "pango" in str(name):
        raise OSError("cannot load library " + str(name))
    return whole(self, name, *flags)
cffi.FFI.dlopen = gone
from reports.letters import RendererUnavailable, available, render_letter
from tests.reports.builders import a_letter
print(available())
try:
    render_letter(a_letter())
except RendererUnavailable as refused:
    print(refused)
"""


@pytest.fixture
def listener():
    """A server on this machine that writes down who calls."""
    calls: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            calls.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args):
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", calls
    server.shutdown()
    thread.join()
    server.server_close()


def test_markup_that_somebody_types_is_printed_as_typed(listener):
    address, calls = listener
    typed = (
        f"<img src='{address}/a.png'> <link rel=stylesheet href={address}/b.css>"
        f"<style>@import '{address}/c.css'</style> {{{{ letter }}}} {{% raw %}}"
        "<link rel=attachment href='file:///etc/passwd'><a href='javascript:1'>x</a>"
    )
    text = text_of(a_letter(vraag=typed, vannacht=typed, afzender=replace(AFZENDER, team=typed)))
    assert "<img src='" in text
    assert "{{ letter }}" in text
    assert "root:" not in text
    assert calls == []


@pytest.mark.parametrize("reference", ["{address}/x.png", "file:///etc/passwd", "x.png", "data:image/png;base64,AA"])
def test_a_logo_fetches_nothing(listener, reference):
    address, calls = listener
    target = reference.format(address=address)
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="40" height="40">'
        f'<?xml-stylesheet href="{target}"?><style>@import url({target}); rect {{ fill: url({target}) }}</style>'
        f'<image href="{target}" xlink:href="{target}" width="9" height="9"/><use href="{target}#a"/>'
        '<rect width="10" height="10"/></svg>'
    )
    theme = Thema("test", "#154273", Logo(drawing.encode(), LogoType.SVG, "Wapen"))
    assert render_letter(a_letter(), thema=theme).pages == 2
    assert calls == []


def test_a_broken_logo_does_not_hold_up_the_letter():
    theme = Thema("test", "#154273", Logo(b"not a picture", LogoType.PNG, "Wapen van Capelle"))
    assert render_letter(a_letter(), thema=theme).pages == 2


def test_a_logo_is_printed_with_words_for_who_cannot_see_it():
    theme = Thema("test", "#154273", Logo(PIXEL, LogoType.PNG, "Wapen van Capelle"))
    with pikepdf.open(io.BytesIO(render_letter(a_letter(), thema=theme).pdf)) as pdf:
        figures = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure"]
        pictures = [
            item for item in pdf.objects if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image"
        ]
    assert [str(figure.Alt) for figure in figures] == ["Wapen van Capelle"]
    assert pictures
    assert not any(picture.get("/Interpolate", False) for picture in pictures)  # PDF/A-2, 6.2.8


@pytest.mark.parametrize("colour", ["red", "#12345", "#154273;}", "#ffff00"])
def test_a_theme_colour_must_be_a_colour_that_one_can_read(colour):
    with pytest.raises(ValueError, match="kleur"):
        Thema("test", colour)


def test_contrast_is_that_of_wcag():
    assert contrast_with_white("#000000") == pytest.approx(21)
    assert contrast_with_white("#767676") == pytest.approx(4.54, abs=0.01)


def test_a_logo_needs_words_and_has_a_measure():
    with pytest.raises(ValueError, match="tekst"):
        Logo(PIXEL, LogoType.PNG, " ")
    with pytest.raises(ValueError, match="groot"):
        Logo(b"x" * 1_000_001, LogoType.PNG, "Wapen")


def test_signs_that_cannot_be_printed_do_not_stop_a_letter():
    letter = a_letter(vraag="Hulp\x00 \ud800\u202e\u200b graag \U0001f600 \u6f22\ufdd0")
    made = render_letter(letter)
    assert made.vervangen == ("\u6f22", "\U0001f600")
    assert "Hulp graag" in text_of(letter)


def test_letters_are_possible_here():
    assert available() is None


def test_without_pango_the_house_stands_and_says_what_to_install():
    told = subprocess.run(
        [sys.executable, "-c", WITHOUT_PANGO], capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout.splitlines()
    assert len(told) == 2
    assert told[0] == told[1]
    assert told[0].startswith("Brieven kunnen hier nog niet")
    assert "apt-get install libpango-1.0-0" in told[0]
    assert issubclass(RendererUnavailable, Exception)
