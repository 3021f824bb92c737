"""How a gemeente's letters look: its colour and logo. Both are the gemeente's own and lie outside this code."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

MIN_CONTRAST: Final = 4.5  # WCAG 2.2, 1.4.3, against white paper
MAX_LOGO: Final = 1_000_000
_NEARLY_BLACK: Final = 0.04045  # below it sRGB is linear


class LogoType(StrEnum):
    """Kinds of picture that a letter can hold."""

    PNG = "image/png"
    SVG = "image/svg+xml"


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture in the head of the letter, with the words that replace it for who cannot see it.

    An SVG of plain shapes and colours; the renderer leaves gradients white, then use a PNG.

    Raises:
        ValueError: without words, or over 1 MB.
    """

    content: bytes
    kind: LogoType
    alt: str

    def __post_init__(self) -> None:
        if not self.alt.strip():
            raise ValueError("Een logo heeft een tekst nodig voor wie het niet kan zien. Vul 'alt' in.")
        if len(self.content) > MAX_LOGO:
            raise ValueError("Het logo is te groot: hooguit 1 MB.")


@dataclass(frozen=True, slots=True)
class Thema:
    """The look of one gemeente's letters.

    Raises:
        ValueError: the colour is not "#rrggbb", or too light to read on white paper.
    """

    naam: str
    kleur: str
    logo: Logo | None = None

    def __post_init__(self) -> None:
        if not re.fullmatch(r"#[0-9a-fA-F]{6}", self.kleur):
            raise ValueError(f"De kleur '{self.kleur}' van thema '{self.naam}' is geen kleur zoals #154273.")
        if contrast_with_white(self.kleur) < MIN_CONTRAST:
            raise ValueError(f"De kleur '{self.kleur}' van thema '{self.naam}' is te licht voor wit papier.")


def contrast_with_white(colour: str) -> float:
    """The WCAG contrast of `colour` ("#rrggbb") against white, between 1 and 21."""
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= _NEARLY_BLACK else float(((channel + 0.055) / 1.055) ** 2.4)


NEUTRAAL: Final = Thema(naam="neutraal", kleur="#1f3a5f")
