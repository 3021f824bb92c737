"""The pages on which the log is read and reviewed."""

from intake.access import Action
from intake.web.frame.menu import Entry
from intake.web.log import log

BLUEPRINTS = (log.blueprint,)
ENTRIES = (Entry("Logboek", "log.index", Action.READ_AUDIT, frozenset({"log"})),)

__all__ = ["BLUEPRINTS", "ENTRIES"]
