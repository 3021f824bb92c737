"""The pages of accounts, keys of other systems, and messages."""

from intake.access import Action
from intake.web.frame.menu import Entry
from intake.web.people import accounts, api_token, message, post

BLUEPRINTS = (
    accounts.blueprint,
    api_token.blueprint,
    message.blueprint,
    post.blueprint,
)
ENTRIES = (
    Entry("Accounts", "accounts.index", Action.MANAGE_ACCOUNTS, frozenset({"accounts"})),
    Entry("Koppelingen", "api_token.index", Action.MANAGE_ACCOUNTS, frozenset({"api_token"})),
    Entry("Post", "post.index", Action.MANAGE_ACCOUNTS, frozenset({"post"})),
)

__all__ = ["BLUEPRINTS", "ENTRIES"]
