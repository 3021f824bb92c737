"""Why a case is opened with emergency access: one of a list, and words."""

from collections.abc import Mapping
from dataclasses import dataclass

from intake.tables.break_glass import EmergencyReason

SHORTEST_REASON, LONGEST_REASON = 20, 2_000
REASONS: Mapping[EmergencyReason, str] = {
    EmergencyReason.LEVENSGEVAAR: "Iemand is in levensgevaar",
    EmergencyReason.GEWELD: "Iemand wordt geslagen of bedreigd, of dat dreigt nu",
    EmergencyReason.MEDISCH: "Er is nu medische hulp nodig",
    EmergencyReason.KIND: "Een kind is in gevaar",
    EmergencyReason.BED: "Iemand heeft vannacht geen bed, en niemand van het eigen team is bereikbaar",
    EmergencyReason.ANDERS: "Iets anders dat niet kan wachten",
}
"""Each reason in words, as the page, the officer and the client read it."""
NOT_ASKED = "Niet gevraagd"
"""What stands for the kind of an act from before it was asked."""


class EmergencyRefused(ValueError):
    """It cannot be opened so; `field` names what is wrong, the message is Dutch."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class Why:
    """The reason that somebody gives."""

    kind: str
    words: str

    def checked(self) -> tuple[EmergencyReason, str]:
        """The kind and the words, without space around them.

        Raises:
            EmergencyRefused: no kind of the list, or too few or too many words.
        """
        if self.kind not in set(EmergencyReason):
            raise EmergencyRefused("soort", "Kies wat er aan de hand is.")
        words = self.words.strip()
        if not SHORTEST_REASON <= len(words) <= LONGEST_REASON:
            raise EmergencyRefused("reden", "Schrijf in een paar zinnen waarom dit niet kan wachten.")
        return EmergencyReason(self.kind), words


def said(kind: EmergencyReason | None) -> str:
    """The kind in words."""
    return REASONS[kind] if kind is not None else NOT_ASKED
