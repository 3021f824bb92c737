"""The pages of one case, and everybody's start page."""

from intake.access import Action
from intake.web.dossier import case, closing, home, term
from intake.web.frame.menu import Entry

BLUEPRINTS = (
    case.blueprint,
    closing.blueprint,
    home.blueprint,
    term.blueprint,
)
ENTRIES = (
    Entry("Start", "home.show", Action.HOME, frozenset({"home", "message"})),
    Entry("Intakes", "intake.index", Action.READ_INTAKE, frozenset({"intake", "draft", "transfer", "term"})),
)

__all__ = ["BLUEPRINTS", "ENTRIES"]
