"""The pages of accounts, keys of other systems, and messages."""

from intake.web.people import accounts, api_token, message

BLUEPRINTS = (
    accounts.blueprint,
    api_token.blueprint,
    message.blueprint,
)

__all__ = ["BLUEPRINTS"]
