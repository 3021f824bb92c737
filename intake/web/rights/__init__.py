"""The pages for the rights of the client, marks, emergency access, and who looked."""

from intake.web.rights import break_glass, client_rights, mark, who_looked

BLUEPRINTS = (
    break_glass.blueprint,
    client_rights.blueprint,
    mark.blueprint,
    who_looked.blueprint,
)

__all__ = ["BLUEPRINTS"]
