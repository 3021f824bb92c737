"""The letter as a page of its own."""

from intake.web.letters import letter

BLUEPRINTS = (letter.blueprint,)

__all__ = ["BLUEPRINTS"]
