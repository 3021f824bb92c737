"""The pages on which a melding is written and filed."""

from intake.web.melding import draft

BLUEPRINTS = (draft.blueprint,)
ENTRIES = ()

__all__ = ["BLUEPRINTS", "ENTRIES"]
