"""What a check finds: which kind, where, in Dutch, and an example case that shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from rules.values.facts import Known


class Kind(StrEnum):
    """The kinds of findings."""

    GAT = "gat"
    OVERLAP = "overlap"
    DODE_REGEL = "dode_regel"
    SLAAPT_DOOR_PARAMETER = "slaapt_door_parameter"
    ONBEREIKBARE_UITKOMST = "onbereikbare_uitkomst"
    NIET_GEVRAAGD_FEIT = "niet_gevraagd_feit"
    ONGEBRUIKT_FEIT = "ongebruikt_feit"
    ONGEBRUIKTE_PARAMETER = "ongebruikte_parameter"
    NIET_GEDEKT = "niet_gedekt"
    WAARBORG = "waarborg"
    NIET_VASTGESTELD = "niet_vastgesteld"


SERIOUS = frozenset({Kind.GAT, Kind.OVERLAP, Kind.DODE_REGEL, Kind.NIET_GEVRAAGD_FEIT, Kind.WAARBORG})


@dataclass(frozen=True, slots=True)
class CheckFinding:
    """One finding. `example`: facts with which `toegang advies` shows it; None when it is not about a case."""

    kind: Kind
    table: str
    row: str
    message: str
    example: Mapping[str, Known] | None = None

    @property
    def serious(self) -> bool:
        """Whether a set with this finding should not come into force."""
        return self.kind in SERIOUS

    def __str__(self) -> str:
        """One Dutch sentence with the place in front."""
        place = " ".join(part for part in (self.table, self.row) if part)
        return f"{self.kind.replace('_', ' ')} {place}: {self.message}" if place else f"{self.kind}: {self.message}"
