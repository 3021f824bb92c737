"""A badge on a page."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """A badge: its words, and the tone that the stylesheet knows."""

    text: str
    tone: str = "quiet"
