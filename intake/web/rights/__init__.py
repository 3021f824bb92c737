"""The pages for the rights of the client, marks, emergency access, and who looked."""

from intake.access import Action
from intake.web.frame.menu import Entry
from intake.web.rights import break_glass, client_rights, mark, who_looked

BLUEPRINTS = (
    break_glass.blueprint,
    client_rights.blueprint,
    mark.blueprint,
    who_looked.blueprint,
)
ENTRIES = (
    Entry("Spoedtoegang", "break_glass.index", Action.WHO_LOOKED, frozenset({"break_glass"})),
    Entry("Bewaren", "client_rights.destructions", Action.DESTROY_FILE, frozenset({"client_rights.destructions"})),
)

__all__ = ["BLUEPRINTS", "ENTRIES"]
