"""The page on which a provider keeps its places."""

from intake.web.places import place

BLUEPRINTS = (place.blueprint,)

__all__ = ["BLUEPRINTS"]
