"""Why a stay ended: one list of reasons, which hold nothing personal and can be counted."""

from collections.abc import Mapping
from enum import StrEnum


class Vertrek(StrEnum):
    """Why a stay ended."""

    EIGEN_WONING = "eigen_woning"
    ANDERE_PLEK = "andere_plek"
    ZELF_VERTROKKEN = "zelf_vertrokken"
    NIET_GEKOMEN = "niet_gekomen"
    BEEINDIGD = "beeindigd"
    OPNAME = "opname"
    DETENTIE = "detentie"
    OVERLEDEN = "overleden"


REASONS: Mapping[Vertrek, str] = {
    Vertrek.EIGEN_WONING: "Naar een eigen woning",
    Vertrek.ANDERE_PLEK: "Naar een andere plek",
    Vertrek.ZELF_VERTROKKEN: "Zelf vertrokken",
    Vertrek.NIET_GEKOMEN: "Niet gekomen",
    Vertrek.BEEINDIGD: "Wij hebben het verblijf beëindigd",
    Vertrek.OPNAME: "Opgenomen in een ziekenhuis of kliniek",
    Vertrek.DETENTIE: "In detentie",
    Vertrek.OVERLEDEN: "Overleden",
}
"""Each reason in words."""
