"""What a chart shows, apart from how: checked figures, with the table that stands beside every chart."""

from dataclasses import dataclass
from math import ceil, log10
from typing import Final

from reports.tables import Table

MAX_SERIES: Final = 4
HIDDEN: Final = "niet getoond"
_ROUND: Final = (1, 2, 2.5, 3, 4, 5, 7.5, 10)


@dataclass(frozen=True, slots=True)
class Series:
    """One row of figures; None is a figure too small to show (somebody could be recognised)."""

    naam: str
    waarden: tuple[int | float | None, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """What a chart shows.

    Attributes:
        titel: what it is about, in a few words.
        omschrijving: what one sees, in a sentence or two, for who does not see it.
        labels: what each figure belongs to, such as the gemeenten or the months.

    Raises:
        ValueError: no figures, too many series, a negative figure, or series of another length than the labels.
    """

    titel: str
    omschrijving: str
    labels: tuple[str, ...]
    reeksen: tuple[Series, ...]
    eerste_kop: str = ""

    def __post_init__(self) -> None:
        if not self.titel.strip() or not self.omschrijving.strip():
            raise ValueError("Een grafiek heeft een titel en een omschrijving nodig.")
        if not self.labels or not 1 <= len(self.reeksen) <= MAX_SERIES:
            raise ValueError(f"Een grafiek heeft labels en 1 tot {MAX_SERIES} reeksen nodig.")
        for series in self.reeksen:
            if len(series.waarden) != len(self.labels):
                raise ValueError(f"Reeks '{series.naam}' heeft niet evenveel getallen als er labels zijn.")
            if any(value is not None and value < 0 for value in series.waarden):
                raise ValueError(f"Reeks '{series.naam}' heeft een getal onder nul.")


def table_of(figure: Figure) -> Table:
    """The same figures as a table, to stand beside the chart and to take along."""
    rows = zip(figure.labels, *(series.waarden for series in figure.reeksen), strict=True)
    return Table(
        title=figure.titel,
        headings=(figure.eerste_kop, *(series.naam for series in figure.reeksen)),
        rows=tuple(tuple(HIDDEN if cell is None else cell for cell in row) for row in rows),
    )


def nice_top(figure: Figure) -> float:
    """A round number at or above the highest figure, that divides well by four."""
    highest = max((value for series in figure.reeksen for value in series.waarden if value), default=4)
    step = highest / 4
    size: float = 10 ** (ceil(log10(step)) - 1) if step > 1 else 1
    return 4 * next(size * nice for nice in _ROUND if size * nice >= step)
