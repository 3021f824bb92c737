"""WeasyPrint, fed by us alone: own fonts, own pictures, no network, no files, no clock.

The only module that imports WeasyPrint; `reports.letters.render` imports it when the first letter is made.
"""

import io
from datetime import date
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from weasyprint import CSS, HTML  # type: ignore[import-untyped]
from weasyprint.css import ColorProfile  # type: ignore[import-untyped]
from weasyprint.css.counters import CounterStyle  # type: ignore[import-untyped]
from weasyprint.text.ffi import ffi, fontconfig, gobject, pangoft2  # type: ignore[import-untyped]
from weasyprint.text.fonts import FontConfiguration  # type: ignore[import-untyped]
from weasyprint.urls import URLFetcher, URLFetcherResponse  # type: ignore[import-untyped]

from reports.letters.errors import RendererUnavailable
from reports.letters.marks import declare_conformance
from reports.letters.theme import Thema
from reports.letters.walk import texts

FONTS: Final = Path(__file__).parent.parent / "fonts"
STYLE: Final = Path(__file__).parent / "templates" / "brief.css"
OWN: Final = "toegang:"  # the scheme of what we serve ourselves
PAPER: Final = "toegang-srgb"
BOX: Final = "\ufffd"
_LINE_END: Final = "\n"
_NO_ADDRESS: Final = "toegang:brief"

ffi.cdef("FcConfig * FcConfigCreate (void);")  # WeasyPrint declares only the one that loads the machine's fonts


class Shelf(URLFetcher):  # type: ignore[misc]  # WeasyPrint is untyped
    """Gives out what lies on our shelf, by name; everything else, wherever it points, is refused."""

    def __init__(self, goods: dict[str, tuple[bytes, str]]) -> None:
        super().__init__(timeout=1, allowed_protocols=(), allow_redirects=False)
        self._goods = goods

    def fetch(self, url: str, headers: object = None) -> Any:  # noqa: ARG002  # WeasyPrint's signature
        """The content with name `url`.

        Raises:
            PermissionError: it is not ours.
        """
        if url not in self._goods:
            raise PermissionError("letters fetch nothing")
        content, kind = self._goods[url]
        return URLFetcherResponse(url, content, {"Content-Type": kind})


class OwnFonts(FontConfiguration):  # type: ignore[misc]  # WeasyPrint is untyped
    """Only these font files, where they lie: the machine's own fonts and settings would change the bytes.

    Raises:
        RendererUnavailable: there are no fonts, or one cannot be read.
    """

    def __init__(self, files: list[Path]) -> None:
        self._config = fontconfig.FcConfigCreate()
        self.font_map = ffi.gc(pangoft2.pango_ft2_font_map_new(), gobject.g_object_unref)
        pangoft2.pango_fc_font_map_set_config(ffi.cast("PangoFcFontMap *", self.font_map), self._config)
        fontconfig.FcConfigDestroy(self._config)  # the font map holds it now
        self._folder = None
        self.strut_layouts: dict[object, object] = {}
        self.font_features: dict[object, object] = {}
        added = [bool(fontconfig.FcConfigAppFontAddFile(self._config, bytes(path))) for path in files]
        pangoft2.pango_fc_font_map_config_changed(ffi.cast("PangoFcFontMap *", self.font_map))
        if not added or not all(added):
            raise RendererUnavailable(f"Brieven kunnen hier nog niet: de lettertypen ontbreken in {FONTS}.")


class Press:
    """Prints pages. Fonts and style are read once and kept, so a later letter is quick."""

    def __init__(self) -> None:
        self._font_config = OwnFonts(sorted(FONTS.glob("*.ttf")))
        self._counters = CounterStyle()
        self._profile = (files("weasyprint.pdf") / "sRGB2014.icc").read_bytes()
        self._style = CSS(
            string=STYLE.read_text(encoding="utf-8"),
            base_url=_NO_ADDRESS,
            font_config=self._font_config,
            counter_style=self._counters,
            url_fetcher=Shelf({}),
        )

    def print(self, html: str, day: date, thema: Thema) -> tuple[bytes, int]:
        """`html` as PDF/A-2a and PDF/UA-1 dated `day`, and its number of pages."""
        pictures = {f"{OWN}logo": (thema.logo.content, thema.logo.kind.value)} if thema.logo else {}
        document = HTML(string=html, base_url=_NO_ADDRESS, url_fetcher=Shelf(pictures)).render(
            font_config=self._font_config,
            counter_style=self._counters,
            color_profiles={PAPER: self._srgb()},
            stylesheets=[self._style],
            output_intent=PAPER,
            pdf_variant="pdf/a-2a",
        )
        document.metadata.created = document.metadata.modified = day.isoformat()
        pdf = document.write_pdf(
            output_intent=PAPER,
            pdf_variant="pdf/a-2a",
            pdf_identifier=True,  # made from the content
            finisher=declare_conformance,
        )
        return pdf, len(document.pages)

    def _srgb(self) -> Any:
        """The colours that the numbers in the file stand for; WeasyPrint's own way leaves its file open."""
        return ColorProfile(io.BytesIO(self._profile), "sRGB2014.icc", "relative-colorimetric", (["r"], ["g"], ["b"]))

    def in_our_fonts(self, text: str) -> str:
        """`text` with a box for each sign that none of our fonts has: PDF/A allows no unknown glyph."""
        return "".join(char if ord(char) in self._signs or char == _LINE_END else BOX for char in text)

    def lacking(self, letter: object) -> tuple[str, ...]:
        """The signs in `letter` that would become a box, sorted."""
        used = {char for _, text in texts(letter) for char in text}
        return tuple(sorted(char for char in used if ord(char) not in self._signs and char != _LINE_END))

    @cached_property
    def _signs(self) -> frozenset[int]:
        return frozenset().union(*(_signs_of(path) for path in FONTS.glob("*-Regular.ttf")))


def _signs_of(font: Path) -> set[int]:
    with TTFont(font, lazy=True) as opened:
        return set(opened.getBestCmap())
