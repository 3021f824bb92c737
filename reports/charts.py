"""Charts as SVG that everybody can read: title and description inside, patterns beside colours, a table beside it.

No script and no style attribute, so a page keeps its strict policy and a print keeps its meaning.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil
from typing import Final

from markupsafe import Markup, escape

from reports.figure import HIDDEN, Figure, nice_top

COLOURS: Final = ("#1f3a5f", "#8a4300", "#2b6636", "#6b2e62")  # each at least 6:1 on white

_WIDTH: Final = 640
_LABELS: Final = 190  # room for the words left of the bars
_BAR: Final = 18
_GAP: Final = 12
_LEGEND: Final = 26
_HEIGHT: Final = 260  # of the field of a line chart
_LETTERS: Final = 26  # that fit beside a bar
_DASHES: Final = ("none", "8 4", "2 3", "10 3 2 3")


@dataclass(frozen=True, slots=True)
class _Field:
    """The field of a line chart: the height at which it begins, the value that its top stands for, its labels."""

    top: float
    highest: float
    count: int

    def point(self, at: int, value: float | None) -> tuple[float, float] | None:
        """Where a value lies above its label; None when it is hidden."""
        return None if value is None else (self.along(at), self.top + _HEIGHT * (1 - value / self.highest))

    def along(self, at: int) -> float:
        """How far to the right a label stands."""
        return 60 + (_WIDTH - 90) * (at / (self.count - 1) if self.count > 1 else 0.5)


def bars(figure: Figure, key: str) -> Markup:
    """Lying bars, a group per label; `key` (letters, digits, hyphens) makes the ids unique on the page."""
    group = _BAR * len(figure.reeksen) + _GAP
    top = _legend_height(figure)
    drawn = Markup("").join(
        _bar(figure, series.waarden[at], _fill(key, number), top + at * group + number * _BAR)
        for at in range(len(figure.labels))
        for number, series in enumerate(figure.reeksen)
    )
    words = Markup("").join(
        _text(_LABELS - 8, top + at * group + (group - _GAP) / 2 + 5, _shortened(label), anchor="end")
        for at, label in enumerate(figure.labels)
    )
    numbers = range(len(figure.reeksen))
    patterns = Markup("<defs>{}</defs>").format(Markup("").join(_pattern(key, number) for number in numbers))
    legend = _legend(figure, [_block(key, number) for number in numbers])
    return _drawing(figure, key, top + group * len(figure.labels), patterns + legend + words + drawn)


def lines(figure: Figure, key: str) -> Markup:
    """A line per series over the labels (such as months), each with its own dashes and marks; a gap where hidden."""
    field = _Field(top=_legend_height(figure) + 10, highest=nice_top(figure), count=len(figure.labels))
    axis = Markup("").join(_grid_line(field, part) for part in range(5))
    names = Markup("").join(_under(field, at, figure.labels[at]) for at in _named(field.count))
    drawn = Markup("").join(
        _line(number, [field.point(at, value) for at, value in enumerate(series.waarden)])
        for number, series in enumerate(figure.reeksen)
    )
    legend = _legend(figure, [_line(number, [(6, 7), (28, 7)]) for number in range(len(figure.reeksen))])
    return _drawing(figure, key, field.top + _HEIGHT + 30, legend + axis + names + drawn)


def _drawing(figure: Figure, key: str, height: float, inside: Markup) -> Markup:
    if not re.fullmatch(r"[a-z][a-z0-9-]*", key):
        raise ValueError(f"'{key}' kan geen naam zijn: gebruik kleine letters, cijfers en streepjes.")
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" class="grafiek" role="img" viewBox="0 0 {width} {height}"'
        ' aria-labelledby="{key}-titel {key}-omschrijving" font-size="14">'
        '<title id="{key}-titel">{title}</title><desc id="{key}-omschrijving">{desc}</desc>'
        "{inside}</svg>"
    ).format(
        width=_WIDTH,
        height=round(height),
        key=key,
        title=figure.titel,
        desc=figure.omschrijving,
        inside=inside,
    )


_MARKS: Final = ("", "M0 8L8 0", "M4 0V8", "M0 0L8 8M0 8L8 0")  # over the colour, in white


def _pattern(key: str, number: int) -> Markup:
    return Markup(
        '<pattern id="{key}-p{number}" width="8" height="8" patternUnits="userSpaceOnUse">'
        '<rect width="8" height="8" fill="{colour}"/><path d="{mark}" stroke="#fff" stroke-width="2"/></pattern>'
    ).format(key=key, number=number, colour=COLOURS[number], mark=_MARKS[number])


def _legend_height(figure: Figure) -> int:
    return _LEGEND * ((len(figure.reeksen) + 1) // 2) if len(figure.reeksen) > 1 else 0


def _legend(figure: Figure, swatches: list[Markup]) -> Markup:
    """The names of the series, two on a line; one series is named by the title."""
    if len(figure.reeksen) == 1:
        return Markup("")
    return Markup("").join(
        Markup('<g transform="translate({x} {y})">{swatch}{name}</g>').format(
            x=_WIDTH // 2 * (number % 2),
            y=_LEGEND * (number // 2),
            swatch=swatch,
            name=_text(40, 12, _shortened(series.naam, 36)),
        )
        for number, (series, swatch) in enumerate(zip(figure.reeksen, swatches, strict=True))
    )


def _block(key: str, number: int) -> Markup:
    return Markup('<rect width="28" height="14" fill="{fill}"/>').format(fill=_fill(key, number))


def _fill(key: str, number: int) -> str:
    return f"url(#{key}-p{number})"


def _bar(figure: Figure, value: float | None, fill: str, y: float) -> Markup:
    if value is None:
        return _text(_LABELS + 4, y + 13, HIDDEN)
    length = (_WIDTH - _LABELS - 80) * value / nice_top(figure)
    return Markup('<rect x="{x}" y="{y}" width="{length}" height="{height}" fill="{fill}"/>').format(
        x=_LABELS, y=_number(y), length=_number(length), height=_BAR - 2, fill=fill
    ) + _text(_LABELS + length + 6, y + 13, _spoken(value))


def _line(number: int, points: list[tuple[float, float] | None]) -> Markup:
    path = " ".join(_stretches(points))
    marks = Markup("").join(
        Markup('<circle cx="{x}" cy="{y}" r="4" fill="{fill}" stroke="{colour}" stroke-width="2"/>').format(
            x=_number(x), y=_number(y), fill="#fff" if number % 2 else COLOURS[number], colour=COLOURS[number]
        )
        for x, y in filter(None, points)
    )
    return (
        Markup(
            '<path d="{path}" fill="none" stroke="{colour}" stroke-width="2.5" stroke-dasharray="{dashes}"/>'
        ).format(path=path, colour=COLOURS[number], dashes=_DASHES[number])
        + marks
    )


def _stretches(points: list[tuple[float, float] | None]) -> Iterator[str]:
    """The line as path commands; after a hidden figure it begins anew."""
    drawing = False
    for point in points:
        if point:
            yield f"{'L' if drawing else 'M'}{_number(point[0])} {_number(point[1])}"
        drawing = point is not None


def _grid_line(field: _Field, part: int) -> Markup:
    y = field.top + _HEIGHT * (1 - part / 4)
    line = Markup('<path d="M60 {y}H{end}" stroke="#767676" stroke-width="{width}"/>').format(
        y=_number(y), end=_WIDTH - 30, width=0.5 if part else 1.5
    )
    return line + _text(52, y + 5, _spoken(field.highest * part / 4), anchor="end")


def _named(count: int) -> range:
    """Which labels stand under a line chart: at most eight, evenly spread."""
    return range(0, count, max(1, ceil(count / 8)))


def _under(field: _Field, at: int, label: str) -> Markup:
    return _text(field.along(at), field.top + _HEIGHT + 22, _shortened(label, 11), anchor="middle")


def _text(x: float, y: float, text: str, *, anchor: str = "start") -> Markup:
    return Markup('<text x="{x}" y="{y}" text-anchor="{anchor}" fill="currentColor">{text}</text>').format(
        x=_number(x), y=_number(y), anchor=anchor, text=escape(text)
    )


def _shortened(text: str, room: int = _LETTERS) -> str:
    """`text`, cut with a mark when it does not fit; the table has it whole."""
    return text if len(text) <= room else f"{text[: room - 1]}…"


def _spoken(value: float) -> str:
    """`value` as the Dutch write it: 1.234,5."""
    plain = f"{value:,.1f}".removesuffix(".0")
    return plain.translate(str.maketrans(",.", ".,"))


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
