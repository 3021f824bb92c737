"""The page on which a provider keeps its places."""

from intake.access import Action
from intake.web.frame.menu import Entry
from intake.web.places import place

BLUEPRINTS = (place.blueprint,)
ENTRIES = (Entry("Plekken", "place.index", Action.READ_PLACE, frozenset({"place", "stay"})),)

__all__ = ["BLUEPRINTS", "ENTRIES"]
