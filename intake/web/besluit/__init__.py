"""The pages of the expertise function."""

from intake.access import Action
from intake.web.besluit import expertise
from intake.web.frame.menu import Entry

BLUEPRINTS = (expertise.blueprint,)
ENTRIES = (Entry("Expertise", "expertise.index", Action.GIVE_REVIEW, frozenset({"expertise"})),)

__all__ = ["BLUEPRINTS", "ENTRIES"]
