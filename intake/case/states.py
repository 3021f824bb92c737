"""The life of a case: which state it is in follows from what stands, never from who acted last.

Four things stand, and nothing else counts: the traject, tonight, an open question to the expertise function, and the
end. `intake.case.standing` reads them from the rows; which change may follow which act is listed by its test.
"""

from collections.abc import Mapping
from enum import StrEnum

from intake.tables.intake import IntakeState


class Traject(StrEnum):
    """How it stands with the traject, under the newest besluit about it."""

    ONBESLIST = "onbeslist"
    """Nobody decided about it yet."""
    BESLOTEN = "besloten"
    """Decided, and before nobody: to be sent (on)."""
    VERWEZEN = "verwezen"
    """A receiver is asked, or took the case to place the client itself."""
    GEEN_PLEK = "geen_plek"
    GEPLAATST = "geplaatst"
    """The client has the place, or arrived in another region."""


class Vannacht(StrEnum):
    """How it stands with a bed for tonight."""

    NIETS = "niets"
    """No bed was asked, or it was taken back or left."""
    BED = "bed"
    """A bed is asked or agreed."""
    GEEN_BED = "geen_bed"


class Einde(StrEnum):
    """How a case ended; after that it changes no more."""

    AFGESLOTEN = "afgesloten"
    INGETROKKEN = "ingetrokken"


_BY_TRAJECT: Mapping[Traject, IntakeState] = {
    Traject.BESLOTEN: IntakeState.BESLOTEN,
    Traject.VERWEZEN: IntakeState.VERWEZEN,
    Traject.GEEN_PLEK: IntakeState.GEEN_PLEK,
    Traject.GEPLAATST: IntakeState.GEPLAATST,
}


def state_of(traject: Traject, vannacht: Vannacht, *, expertise: bool, einde: Einde | None) -> IntakeState:
    """The one state of a case in which this stands; `expertise`: a question to that function is open.

    The end goes first, then a place to live. Who has no bed anywhere tonight stays in sight as `geen_plek`, however
    far the traject is. A bed for tonight is no place to live: it counts as a step only while nothing else was decided.
    """
    if einde is not None:
        return IntakeState(einde.value)
    if traject is not Traject.GEPLAATST and vannacht is Vannacht.GEEN_BED:
        return IntakeState.GEEN_PLEK
    if traject is not Traject.ONBESLIST:
        return _BY_TRAJECT[traject]
    if vannacht is Vannacht.BED:
        return IntakeState.VERWEZEN
    return IntakeState.IN_EXPERTISE if expertise else IntakeState.INGEDIEND
