"""The pages of one case, and everybody's start page."""

from intake.web.dossier import case, closing, home, term

BLUEPRINTS = (
    case.blueprint,
    closing.blueprint,
    home.blueprint,
    term.blueprint,
)

__all__ = ["BLUEPRINTS"]
