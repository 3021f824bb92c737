"""How soon it must be, as the rules say it and everybody else sorts by it."""

from enum import StrEnum


class Urgentie(StrEnum):
    """The urgencies, most urgent first: `min` of some is the one that cannot wait. A database sorts them alike."""

    NU = "U0"
    """Now, by phone."""
    VANDAAG = "U1"
    """Today (Wmo 2015 art. 2.3.3: onverwijld)."""
    HOOG = "U2"
    VERHOOGD = "U3"
    REGULIER = "U4"

    @property
    def is_today(self) -> bool:
        """Whether an answer counts in hours: now, or today."""
        return self in TODAY


TODAY = (Urgentie.NU, Urgentie.VANDAAG)
"""Urgencies in which an answer counts in hours."""
