"""The pages for logging in, the own account, and where an organisation logs in."""

from intake.access import Action
from intake.web.frame.menu import Entry
from intake.web.login import account, invitation, login, passkey, providers, sso

BLUEPRINTS = (
    account.blueprint,
    invitation.blueprint,
    login.blueprint,
    passkey.blueprint,
    providers.blueprint,
    sso.blueprint,
)
ENTRIES = (Entry("Inlogdienst", "oidc_settings.index", Action.MANAGE_SIGN_IN, frozenset({"oidc_settings", "oidc"})),)

__all__ = ["BLUEPRINTS", "ENTRIES"]
