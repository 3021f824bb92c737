"""The letter as a page of its own."""

from intake.web.letters import letter

BLUEPRINTS = (letter.blueprint,)
ENTRIES = ()

__all__ = ["BLUEPRINTS", "ENTRIES"]
