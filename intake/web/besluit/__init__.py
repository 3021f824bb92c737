"""The pages of the expertise function."""

from intake.web.besluit import expertise

BLUEPRINTS = (expertise.blueprint,)

__all__ = ["BLUEPRINTS"]
