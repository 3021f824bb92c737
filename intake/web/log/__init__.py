"""The pages on which the log is read and reviewed."""

from intake.web.log import log

BLUEPRINTS = (log.blueprint,)

__all__ = ["BLUEPRINTS"]
