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


NAMES: Mapping[Kind, str] = {
    Kind.GAT: "gat",
    Kind.OVERLAP: "overlap",
    Kind.DODE_REGEL: "dode regel",
    Kind.SLAAPT_DOOR_PARAMETER: "slaapt door parameter",
    Kind.ONBEREIKBARE_UITKOMST: "onbereikbare uitkomst",
    Kind.NIET_GEVRAAGD_FEIT: "niet gevraagd feit",
    Kind.ONGEBRUIKT_FEIT: "ongebruikt feit",
    Kind.ONGEBRUIKTE_PARAMETER: "ongebruikte parameter",
    Kind.NIET_GEDEKT: "niet gedekt",
    Kind.WAARBORG: "waarborg",
    Kind.NIET_VASTGESTELD: "niet vastgesteld",
}
"""Each kind in words, as policy staff read it."""
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
        return f"{NAMES[self.kind]} {place}: {self.message}" if place else f"{NAMES[self.kind]}: {self.message}"
