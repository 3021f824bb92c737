"""The main menu: each room of pages hands in its entries, and says which pages hang under them."""

from dataclasses import dataclass

from intake.access import Action


@dataclass(frozen=True, slots=True)
class Entry:
    """One way in.

    Attributes:
        endpoint: the page it leads to.
        action: who has no role for it does not see the entry.
        pages: the blueprints, or single endpoints, for which people look under this entry.
    """

    label: str
    endpoint: str
    action: Action
    pages: frozenset[str]

    def holds(self, endpoint: str) -> bool:
        """Whether somebody on this page is in this part of the house."""
        return not self.pages.isdisjoint({endpoint, endpoint.partition(".")[0]})
